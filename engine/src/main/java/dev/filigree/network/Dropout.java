package dev.filigree.network;

import dev.filigree.kernel.SparseKernels;
import dev.filigree.kernel.TiledMatrix;
import dev.filigree.random.RandomStreams;

/**
 * Inverted dropout: in training an activation is dropped with the given probability, and the others are scaled up
 * so that the expectation stays. The mask is a hash of a key, the neuron and the sample, so the backward pass draws it again
 * instead of keeping it, and it does not depend on how the work is split.
 *
 * @param probability of dropping an activation, in [0, 1)
 */
public record Dropout(double probability) {
    /** No dropout. */
    public static final Dropout NONE = new Dropout(0);

    /** Checks the range. */
    public Dropout {
        if (!(probability >= 0 && probability < 1)) {
            throw new IllegalArgumentException(
                    "dropout is %s, expected a probability of at least 0 and below 1".formatted(probability));
        }
    }

    boolean isActive() {
        return probability > 0;
    }

    /** What the activations that stay are multiplied with. */
    float scale() {
        return (float) (1 / (1 - probability));
    }

    /** The key of one layer's mask: keys of neighbouring layers must not be neighbours, or their masks would be too. */
    static long layerKey(long key, int layer) {
        return RandomStreams.mix(key + (layer + 1) * 0x9E37_79B9_7F4A_7C15L);
    }

    /** Drops and scales rows of one tile, in place; the same key drops the same positions. */
    void apply(SparseKernels kernels, TiledMatrix matrix, int tile, int fromRow, int toRow, long key) {
        kernels.batches().dropout(matrix, tile, fromRow, toRow, key, probability, scale());
    }
}
