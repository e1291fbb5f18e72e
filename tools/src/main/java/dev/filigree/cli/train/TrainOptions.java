package dev.filigree.cli.train;

import dev.filigree.cli.run.NetworkSettings;
import dev.filigree.cli.run.RunSettings;
import dev.filigree.cli.run.StartSettings;
import dev.filigree.cli.run.TrainingSettings;
import dev.filigree.topology.NetworkTopology;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParseResult;

/** Everything that determines a run. */
public final class TrainOptions {
    @Mixin
    private DataOptions data = new DataOptions();

    @Mixin
    private NetworkOptions network = new NetworkOptions();

    @Mixin
    private StartOptions start = new StartOptions();

    @Mixin
    private TrainingOptions training = new TrainingOptions();

    @Mixin
    private EvolutionOptions evolution = new EvolutionOptions();

    @Mixin
    private ComputeOptions compute = new ComputeOptions();

    @Mixin
    private RunOptions run = new RunOptions();

    /** For picocli. */
    public TrainOptions() {}

    /**
     * The settings, checked.
     *
     * @param command that has read these options
     * @throws CommandLine.ParameterException if it was called wrongly
     * @throws IOException if there is no such network to start from
     */
    public RunSettings settings(CommandLine command) throws IOException {
        OptionCheck check = new OptionCheck(command);
        try {
            StartSettings startSettings = start.settings(check, command.getParseResult());
            NetworkSettings networkSettings = like(startSettings, network.settings(check));
            TrainingSettings trainingSettings = training.settings(check);
            RunSettings settings = run.settings(check, data.settings(check), networkSettings, trainingSettings,
                    evolution.settings(check, networkSettings, trainingSettings.epochs()), compute.settings(check),
                    startSettings);
            // Whatever the checks above have left to the engine is the caller's mistake too.
            settings.trainingConfig();
            return settings;
        } catch (IllegalArgumentException e) {
            throw check.error(String.valueOf(e.getMessage()));
        }
    }

    private static NetworkSettings like(@Nullable StartSettings start, NetworkSettings given) throws IOException {
        if (start == null) {
            return given;
        }
        try (NetworkTopology topology = start.readTopology()) {
            return given.like(topology);
        }
    }

    /**
     * The run to continue, owned by the caller; null for a new one.
     *
     * @param command that has read these options
     * @throws CommandLine.ParameterException if it was called wrongly
     * @throws IOException if there is no run that could go on
     * @throws IllegalArgumentException if nothing is left to be done
     */
    public @Nullable Resumption resumption(CommandLine command) throws IOException {
        ParseResult given = command.getParseResult();
        return run.resumption(given, new OptionCheck(command), given.matchedOptionValue("--epochs", 1),
                given.matchedOptionValue("--data-dir", null));
    }

    /** Where a new run goes. */
    public Path directory(RunSettings settings) {
        return run.directory(settings.data().name());
    }

    /** Whether an older run may be replaced. */
    public boolean overwrite() {
        return run.overwrite();
    }

    /** Whether the machine is to be measured before the settings hold. */
    public boolean isMeasured() {
        return compute.isMeasured();
    }
}
