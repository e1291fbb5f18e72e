package dev.filigree.evolution;

import dev.filigree.network.DenseGradient;
import dev.filigree.network.SparseLayer;
import org.jspecify.annotations.Nullable;

/**
 * A layer that may be rewired.
 *
 * @param layer whose connections, weights and moments change
 * @param hidden whether other layers follow it
 * @param key of everything random in this layer and update
 * @param gradient of all its places, of the last batch; null between epochs, when there is none
 */
public record EvolvingLayer(SparseLayer layer, boolean hidden, long key, @Nullable DenseGradient gradient) {
    /** Number of places that a connection may have. */
    long places() {
        return (long) layer.inputs() * layer.outputs();
    }
}
