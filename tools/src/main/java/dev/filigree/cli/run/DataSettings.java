package dev.filigree.cli.run;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.filigree.datasets.DataSplits;
import dev.filigree.datasets.DatasetCatalogue;
import dev.filigree.datasets.ValidationSplit;
import dev.filigree.datasets.file.DataFile;
import dev.filigree.random.RandomStreams;
import dev.filigree.random.RandomStreams.Purpose;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What to learn from.
 *
 * @param name of the data set; of one in a file, the file's without ending
 * @param directory the folder that must hold it, or null to search the usual places
 * @param file of a set that a user gives; null for one that is known by name
 * @param validation share of the training samples held out, in [0, 1)
 * @param scale how features are scaled
 * @param features numbers of the only features that are used, in this order; null for all
 */
public record DataSettings(String name, @Nullable String directory, @Nullable FileSettings file, double validation,
        Scale scale, @Nullable List<Integer> features) {
    /**
     * Data in files.
     *
     * @param name of the file in the folder
     * @param test the file with the test samples, in the folder or with its whole path; null to take them from the other
     * @param testShare of the samples that are taken then
     * @param labelColumn of CSV files; null for the last one
     */
    public record FileSettings(String name, @Nullable String test, double testShare, @Nullable String labelColumn) {
        private DataFile in(Path folder) {
            return new DataFile(folder.resolve(name), test == null ? null : folder.resolve(test), testShare,
                    labelColumn);
        }
    }

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

    /** Copies the list. Older records have no scale. */
    public DataSettings {
        scale = Objects.requireNonNullElse(scale, Scale.STANDARD);
        features = features == null ? null : List.copyOf(features);
    }

    /** As this, but in another folder; null for the usual places, and for a file the one where it was. */
    public DataSettings in(@Nullable String folder) {
        return new DataSettings(name, folder == null && file != null ? directory : folder, file, validation, scale,
                features);
    }

    /** As this, with these features alone. */
    public DataSettings with(List<Integer> chosen) {
        return new DataSettings(name, directory, file, validation, scale, chosen);
    }

    /**
     * Reads the data and scales it by its training part.
     *
     * @param seed of the choice of the held-out samples
     * @return the parts, owned by the caller
     */
    public DataSplits load(long seed) throws IOException {
        DataSplits splits = read(seed);
        boolean ready = false;
        try {
            if (features != null) {
                try (DataSplits all = splits) {
                    splits = all.select(features.stream().mapToInt(Integer::intValue).toArray());
                }
            }
            switch (scale) {
                case STANDARD -> splits.standardize();
                case RANGE -> splits.scaleToRange();
            }
            ready = true;
            return splits;
        } finally {
            if (!ready) {
                splits.close();
            }
        }
    }

    private DataSplits read(long seed) throws IOException {
        ValidationSplit split = validation == 0
                ? ValidationSplit.none()
                : ValidationSplit.fraction(validation, RandomStreams.key(seed, Purpose.VALIDATION));
        Path folder = directory == null ? null : Path.of(directory);
        return file == null
                ? new DatasetCatalogue().load(name, folder, split)
                : file.in(folder == null ? Path.of("") : folder).load(split, RandomStreams.key(seed, Purpose.TEST));
    }
}
