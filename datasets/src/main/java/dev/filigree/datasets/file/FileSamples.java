package dev.filigree.datasets.file;

import java.util.List;

/**
 * Labelled samples as a file holds them. Closing frees them.
 *
 * @param labels one per row, as {@link ClassLabels} reads them
 */
record FileSamples(Rows rows, List<String> labels) implements AutoCloseable {
    /** The most values per sample that are believed, 4096 × 4096. */
    static final int MOST_FEATURES = 1 << 24;

    /** The values of the samples. */
    interface Rows extends AutoCloseable {
        /** Values per sample, 1 or more. */
        int features();

        /** Whether samples of this many features may stand beside these. */
        default boolean fits(int features) {
            return features == features();
        }

        /**
         * Copies the values of a sample.
         *
         * @param row takes them; as long as some number that {@link #fits}
         */
        void read(int sample, float[] row);

        @Override
        default void close() {
            // Most hold nothing but Java objects.
        }
    }

    FileSamples {
        labels = List.copyOf(labels);
    }

    int count() {
        return labels.size();
    }

    @Override
    public void close() {
        rows.close();
    }
}
