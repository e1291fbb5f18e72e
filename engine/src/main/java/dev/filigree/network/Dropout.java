package dev.filigree.network;

import static dev.filigree.memory.OffHeapMemory.getFloat;
import static dev.filigree.memory.OffHeapMemory.setFloat;

import dev.filigree.kernel.TiledMatrix;
import dev.filigree.random.RandomStreams;

/**
 * Inverted dropout: in training an activation is dropped with the given probability, and the others are scaled up
 * so that the expectation stays. The mask is a hash of a key and the position, so the backward pass draws it again
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
    void apply(TiledMatrix matrix, int tile, int fromRow, int toRow, long key) {
        float scale = scale();
        long threshold = (long) (probability * 0x1p53);
        long tileStart = (long) tile * matrix.neurons() * matrix.tileLanes();
        for (long i = (long) fromRow * matrix.tileLanes(); i < (long) toRow * matrix.tileLanes(); i++) {
            long at = matrix.tileAddress(tile) + 4 * i;
            boolean dropped = RandomStreams.mix(key + tileStart + i) >>> 11 < threshold;
            setFloat(at, dropped ? 0 : scale * getFloat(at));
        }
    }
}
