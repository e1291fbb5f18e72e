package dev.filigree.cli.run;

import dev.filigree.datasets.DataSplits;
import dev.filigree.datasets.DatasetCatalogue;
import dev.filigree.datasets.ValidationSplit;
import dev.filigree.random.RandomStreams;
import dev.filigree.random.RandomStreams.Purpose;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What to learn from.
 *
 * @param name of the data set
 * @param directory the folder that must hold it, or null to search the usual places
 * @param validation share of the training samples held out, in [0, 1)
 */
public record DataSettings(String name, @Nullable String directory, double validation) {
    /**
     * Reads the data and standardizes it by its training part.
     *
     * @param seed of the choice of the held-out samples
     * @return the parts, owned by the caller
     */
    public DataSplits load(long seed) throws IOException {
        ValidationSplit split = validation == 0
                ? ValidationSplit.none()
                : ValidationSplit.fraction(validation, RandomStreams.key(seed, Purpose.VALIDATION));
        DataSplits splits = new DatasetCatalogue().load(name, directory == null ? null : Path.of(directory), split);
        boolean standardized = false;
        try {
            splits.standardize();
            standardized = true;
            return splits;
        } finally {
            if (!standardized) {
                splits.close();
            }
        }
    }
}
