package dev.filigree.cli.train;

import dev.filigree.cli.run.DataSettings;
import dev.filigree.cli.run.DataSettings.Scale;
import dev.filigree.datasets.DatasetCatalogue;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which data to learn from. */
public final class DataOptions {
    @Option(names = "--data", paramLabel = "NAME", //
            description = "Data set: fashion-mnist (the bundled sample if it is not installed), fashion-mnist-sample, "
                    + "mnist.")
    private String data = TrainDefaults.DATA;

    @Option(names = "--data-dir", paramLabel = "DIR", //
            description = "The folder with its files, instead of the usual places.")
    private @Nullable Path directory;

    @Option(names = "--validation", paramLabel = "FRACTION", //
            description = "Share of the training samples held out and evaluated after every epoch; 0 for none.")
    private double validation = TrainDefaults.VALIDATION;

    @Option(names = "--scale", paramLabel = "HOW", converter = ScaleConverter.class, //
            description = "How features are scaled: 'standard', each to mean 0 and deviation 1, or 'range', all together "
                    + "into 0 to 1.")
    private Scale scale = TrainDefaults.SCALE;

    /** For picocli. */
    public DataOptions() {}

    /** The settings, checked. */
    public DataSettings settings(OptionCheck check) {
        check.requireOneOf("--data", data, DatasetCatalogue.names());
        check.requireFraction("--validation", validation);
        return new DataSettings(data, directory == null ? null : directory.toAbsolutePath().normalize().toString(),
                validation, scale);
    }

    private static final class ScaleConverter extends ChoiceConverter<Scale> {
        ScaleConverter() {
            super(Scale.values());
        }
    }
}
