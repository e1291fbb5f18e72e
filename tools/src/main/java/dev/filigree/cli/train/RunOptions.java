package dev.filigree.cli.train;

import dev.filigree.cli.run.ComputeSettings;
import dev.filigree.cli.run.DataSettings;
import dev.filigree.cli.run.EvolutionSettings;
import dev.filigree.cli.run.NetworkSettings;
import dev.filigree.cli.run.RunSettings;
import dev.filigree.cli.run.StartSettings;
import dev.filigree.cli.run.TrainingSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;

/** Seed, threads, and where the run goes. */
public final class RunOptions {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd-HHmmss", Locale.ROOT);

    @Option(names = "--seed", paramLabel = "N", //
            description = "Seed of everything random. The same seed gives the same bits, whatever the number of "
                    + "threads.")
    private long seed = TrainDefaults.SEED;

    @Option(names = "--threads", paramLabel = "N", showDefaultValue = Visibility.NEVER, //
            description = "Worker threads (default: all processors).")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(names = "--out", paramLabel = "DIR", //
            description = "Where the run is saved (default: runs/<data>-<date>-<time>). A directory that holds files is "
                    + "refused.")
    private @Nullable Path out;

    @Option(names = "--overwrite", //
            description = "Replace an older run in DIR: its run.json, history.csv, checkpoints and topology/epoch_*. Any "
                    + "other file in DIR stays.")
    private boolean overwrite;

    @Option(names = "--snapshot-every", paramLabel = "N", //
            description = "Save the network after every Nth epoch; before training and after the last epoch it is "
                    + "always saved, with 0 only then.")
    private int snapshotEvery = TrainDefaults.SNAPSHOT_EVERY;

    @Mixin
    private CheckpointOptions checkpoints = new CheckpointOptions();

    /** For picocli. */
    public RunOptions() {}

    /** The settings, checked. */
    public RunSettings settings(OptionCheck check, DataSettings data, NetworkSettings network,
            TrainingSettings training, EvolutionSettings evolution, ComputeSettings compute,
            @Nullable StartSettings start) {
        check.requireThreads(threads);
        check.require(snapshotEvery >= 0, "--snapshot-every", snapshotEvery, "0 or more");
        return new RunSettings(data, network, training, evolution, compute, seed, threads, snapshotEvery,
                checkpoints.settings(check), start);
    }

    /**
     * The run to continue.
     *
     * @param given the options of the command line
     * @param epochs of these
     * @param dataDirectory of these; null where none is given
     * @return null for a new run
     * @throws IOException if there is no run that could go on
     */
    @Nullable
    Resumption resumption(ParseResult given, OptionCheck check, int epochs, @Nullable Path dataDirectory)
            throws IOException {
        Path path = checkpoints.resume();
        if (path == null) {
            return null;
        }
        for (OptionSpec option : given.matchedOptions()) {
            if (!Resumption.ALLOWED.contains(option.longestName())) {
                throw check.error("%s is not possible with --resume, which keeps the settings of the run; expected "
                        .formatted(option.longestName()) + Resumption.CHANGEABLE_TEXT + " alone");
            }
        }
        check.requirePositive("--epochs", epochs);
        check.requireThreads(threads);
        check.require(snapshotEvery >= 0, "--snapshot-every", snapshotEvery, "0 or more");
        checkpoints.settings(check);
        return Resumption.of(path, own -> new RunSettings(Resumption.data(own.data(), dataDirectory), own.network(),
                check.isGiven("--epochs") ? own.training().withEpochs(epochs) : own.training(), own.evolution(),
                own.compute(), own.seed(), check.isGiven("--threads") ? threads : own.threads(),
                check.isGiven("--snapshot-every") ? snapshotEvery : own.snapshotEvery(),
                checkpoints.settings(own.checkpoints(), check), own.start()));
    }

    /** Whether an older run may be replaced. */
    public boolean overwrite() {
        return overwrite;
    }

    /** Where the run goes; a new name if none was given. */
    public Path directory(String data) {
        if (out != null) {
            return out;
        }
        String name = data + "-" + TIME.format(LocalDateTime.now(ZoneId.systemDefault()));
        Path directory = Path.of("runs", name);
        for (int i = 2; Files.exists(directory); i++) {
            directory = Path.of("runs", name + "-" + i);
        }
        return directory;
    }
}
