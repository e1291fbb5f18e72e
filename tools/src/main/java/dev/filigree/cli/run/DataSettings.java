package dev.filigree.cli.run;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.filigree.datasets.DataSplits;
import dev.filigree.datasets.DatasetCatalogue;
import dev.filigree.datasets.ValidationSplit;
import dev.filigree.random.RandomStreams;
import dev.filigree.random.RandomStreams.Purpose;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What to learn from.
 *
 * @param name of the data set
 * @param directory the folder that must hold it, or null to search the usual places
 * @param validation share of the training samples held out, in [0, 1)
 * @param scale how features are scaled
 */
public record DataSettings(String name, @Nullable String directory, double validation, Scale scale) {
    /** How features are scaled, by their values in the training part. */
    public enum Scale {
        /** Each feature to mean 0 and deviation 1. */
        STANDARD,
        /** All features together into [0, 1]. */
        RANGE;

        @JsonValue
        @Override
        public String toString() {
            return KebabCase.of(this);
        }
    }

    /** Older records have no scale. */
    public DataSettings {
        scale = Objects.requireNonNullElse(scale, Scale.STANDARD);
    }

    /**
     * Reads the data and scales it by its training part.
     *
     * @param seed of the choice of the held-out samples
     * @return the parts, owned by the caller
     */
    public DataSplits load(long seed) throws IOException {
        ValidationSplit split = validation == 0
                ? ValidationSplit.none()
                : ValidationSplit.fraction(validation, RandomStreams.key(seed, Purpose.VALIDATION));
        DataSplits splits = new DatasetCatalogue().load(name, directory == null ? null : Path.of(directory), split);
        boolean scaled = false;
        try {
            switch (scale) {
                case STANDARD -> splits.standardize();
                case RANGE -> splits.scaleToRange();
            }
            scaled = true;
            return splits;
        } finally {
            if (!scaled) {
                splits.close();
            }
        }
    }
}
