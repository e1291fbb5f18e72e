package dev.filigree.cli.train;

import dev.filigree.cli.run.DataSettings;
import dev.filigree.cli.run.DataSettings.FileSettings;
import dev.filigree.cli.run.DataSettings.Scale;
import dev.filigree.datasets.file.FeatureFile;
import dev.filigree.datasets.file.FileFormat;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which data to learn from. */
public final class DataOptions {
    @Option(names = "--data", paramLabel = "NAME|FILE", //
            description = "Data set: fashion-mnist (the bundled sample if it is not installed), fashion-mnist-sample, "
                    + "mnist; or a file: .npz with X and y, .csv, or .libsvm, .svm, .txt in the format of LIBSVM, which "
                    + "may be gzipped. Labels become the classes 0 and up in ascending order.")
    private String data = TrainDefaults.DATA;

    @Option(names = "--data-dir", paramLabel = "DIR", //
            description = "The folder with its files, instead of the usual places.")
    private @Nullable Path directory;

    @Option(names = "--test-data", paramLabel = "FILE", //
            description = "The file with the test samples, beside a file with the others.")
    private @Nullable Path testData;

    @Option(names = "--test-share", paramLabel = "FRACTION", //
            description = "Share of the samples of a file that are chosen for the test by the seed (default: "
                    + TrainDefaults.TEST_SHARE + ", without --test-data).")
    private @Nullable Double testShare;

    @Option(names = "--label-column", paramLabel = "NAME|N", //
            description = "The column of a .csv file that is the label, by its heading or by its number from 0 "
                    + "(default: the last one).")
    private @Nullable String labelColumn;

    @Option(names = "--features", paramLabel = "FILE", //
            description = "Use these features alone, in this order: a text file with the number of one per line, from 0; "
                    + "a label column does not count.")
    private @Nullable Path features;

    @Option(names = "--validation", paramLabel = "FRACTION", //
            description = "Share of the training samples held out and evaluated after every epoch; 0 for none.")
    private double validation = TrainDefaults.VALIDATION;

    @Option(names = "--scale", paramLabel = "HOW", converter = ScaleConverter.class, //
            description = "How features are scaled: 'standard', each to mean 0 and deviation 1, or 'range', all together "
                    + "into 0 to 1.")
    private Scale scale = TrainDefaults.SCALE;

    /** For picocli. */
    public DataOptions() {}

    /**
     * The settings, checked.
     *
     * @throws IOException if the list of features cannot be read
     */
    public DataSettings settings(OptionCheck check) throws IOException {
        DataChoice choice = DataChoice.of(check, data, directory);
        check.requireFraction("--validation", validation);
        return new DataSettings(choice.name(), choice.directory(), fileSettings(check, choice), validation, scale,
                features == null ? null : FeatureFile.read(features));
    }

    private @Nullable FileSettings fileSettings(OptionCheck check, DataChoice choice) {
        String file = choice.file();
        if (file == null) {
            requireNone(check, "--test-data", testData);
            requireNone(check, "--test-share", testShare);
            requireNone(check, "--label-column", labelColumn);
            return null;
        }
        if (testData != null && testShare != null) {
            throw check.error("--test-share and --test-data exclude each other, expected one of them");
        }
        double share = testShare == null ? TrainDefaults.TEST_SHARE : testShare;
        check.require(share > 0 && share < 1, "--test-share", share, "a number above 0 and below 1");
        if (testData != null) {
            check.require(FileFormat.of(testData) != null, "--test-data", testData,
                    "a file that ends with " + FileFormat.ENDINGS);
        }
        return new FileSettings(file, testData == null ? null : choice.beside(testData, directory), share, labelColumn);
    }

    private static void requireNone(OptionCheck check, String option, @Nullable Object value) {
        if (value != null) {
            throw check.error("%s is for data in a file, expected --data with one beside it".formatted(option));
        }
    }

    private static final class ScaleConverter extends ChoiceConverter<Scale> {
        ScaleConverter() {
            super(Scale.values());
        }
    }
}
