package dev.filigree.network;

import dev.filigree.topology.Sparsity;
import org.jspecify.annotations.Nullable;

/**
 * What a layer is to be.
 *
 * @param neurons number of output neurons, 1 or more
 * @param sparsity which connections exist at first; null for a dense layer
 * @param activation what follows the product
 * @param dropout what follows the activation in training
 */
public record LayerSpec(int neurons, @Nullable Sparsity sparsity, Activation activation, Dropout dropout) {
    /** Checks the number of neurons. */
    public LayerSpec {
        if (neurons < 1) {
            throw new IllegalArgumentException("a layer of %d neurons: expected 1 or more".formatted(neurons));
        }
    }
}
