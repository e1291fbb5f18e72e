package dev.filigree.cli.train;

import dev.filigree.cli.run.CheckpointSettings;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How often a run is saved so that it can go on, and which run goes on. */
public final class CheckpointOptions {
    private static final String EVERY = "--checkpoint-every";
    private static final String MINUTES = "--checkpoint-minutes";
    private static final String KEEP = "--keep-checkpoints";
    private static final String SHARE = "--checkpoint-share";

    @Option(names = "--resume", paramLabel = "DIR", //
            description = "Continue the run in DIR from its newest whole checkpoint, with its own settings: the result is "
                    + "that of a run that was never stopped, to the bit. --epochs is the new total then. Beside it only "
                    + Resumption.CHANGEABLE_TEXT + " are allowed.")
    private @Nullable Path resume;

    @Option(names = EVERY, paramLabel = "N", //
            description = "Write a checkpoint after the last step of every Nth epoch; 0 for none of these.")
    private int everyEpochs = TrainDefaults.CHECKPOINT_EVERY;

    @Option(names = MINUTES, paramLabel = "T", //
            description = "Write a checkpoint when T minutes have passed since the last one, within epochs too; 0 for none "
                    + "of these. If both are 0 there are no checkpoints at all, also not on Ctrl-C.")
    private double everyMinutes = TrainDefaults.CHECKPOINT_MINUTES;

    @Option(names = KEEP, paramLabel = "K", description = "How many of the last checkpoints stay.")
    private int keep = TrainDefaults.KEEP_CHECKPOINTS;

    @Option(names = SHARE, paramLabel = "S", //
            description = "Share of the training's time that checkpoints may take: one that would take more waits until it "
                    + "does not.")
    private double mostShare = TrainDefaults.CHECKPOINT_SHARE;

    /** For picocli. */
    public CheckpointOptions() {}

    /** The settings, checked. */
    CheckpointSettings settings(OptionCheck check) {
        return checked(new CheckpointSettings(everyEpochs, everyMinutes, keep, mostShare), check);
    }

    /** Another run's settings, but for the options that are given. */
    CheckpointSettings settings(CheckpointSettings own, OptionCheck check) {
        return checked(new CheckpointSettings(check.isGiven(EVERY) ? everyEpochs : own.everyEpochs(),
                check.isGiven(MINUTES) ? everyMinutes : own.everyMinutes(),
                check.isGiven(KEEP) ? keep : own.keep(), check.isGiven(SHARE) ? mostShare : own.mostShare()), check);
    }

    private static CheckpointSettings checked(CheckpointSettings settings, OptionCheck check) {
        check.require(settings.everyEpochs() >= 0, EVERY, settings.everyEpochs(), "0 or more");
        check.requireNotNegative(MINUTES, settings.everyMinutes());
        check.requirePositive(KEEP, settings.keep());
        check.requireAboveZero(SHARE, settings.mostShare());
        return settings;
    }

    /** The run to continue; null for a new one. */
    @Nullable
    Path resume() {
        return resume;
    }
}
