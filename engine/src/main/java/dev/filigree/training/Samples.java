package dev.filigree.training;

import dev.filigree.memory.FloatArray;
import dev.filigree.memory.IntArray;

/**
 * Labelled samples to learn from or to be tested on; a view that owns nothing.
 *
 * @param features {@code [sample][feature]}
 * @param labels class of each sample, 0 and up
 * @param count number of samples, 1 or more
 * @param dimensions number of features
 */
public record Samples(FloatArray features, IntArray labels, int count, int dimensions) {
    /** Checks the sizes. */
    public Samples {
        if (count < 1 || features.length() < (long) count * dimensions || labels.length() < count) {
            throw new IllegalArgumentException("%d samples of %d features need more than %s and %s".formatted(count,
                    dimensions, features, labels));
        }
    }
}
