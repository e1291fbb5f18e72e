package dev.filigree.cli.run;

import dev.filigree.datasets.DataSplits;
import org.jspecify.annotations.Nullable;

/**
 * The data a run has used.
 *
 * @param name of the data set
 * @param sha256 of its files; see {@link DataSplits#sha256()}
 * @param directory where it was found; null for the bundled sample
 * @param source one line about that
 */
public record DataFacts(String name, String sha256, @Nullable String directory, String source, int trainingSamples,
        int validationSamples, int testSamples, int features, int classes) {
    /** Describes data. */
    public static DataFacts of(DataSplits data) {
        return new DataFacts(data.name(), data.sha256(),
                data.source().directory() == null ? null : String.valueOf(data.source().directory()),
                data.source().sentence(), data.training().samples(),
                data.validation() == null ? 0 : data.validation().samples(), data.test().samples(),
                data.training().features(), data.training().classes());
    }
}
