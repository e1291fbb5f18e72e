package dev.filigree.network;

import dev.filigree.kernel.TiledMatrix;

/**
 * What a backward pass hands to the layer below.
 *
 * @param delta result: the derivative of the loss by the layer below's pre-activations
 * @param gate whose sign tells the derivative of the layer below's activation
 * @param slope that derivative where {@code gate} is not positive
 */
record Upstream(TiledMatrix delta, TiledMatrix gate, float slope) {}
