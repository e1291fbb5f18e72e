package dev.filigree.network;

import dev.filigree.memory.FloatArray;
import dev.filigree.memory.IntArray;
import dev.filigree.memory.LongArray;
import org.jspecify.annotations.Nullable;

/**
 * A sparse layer's connections with their values, grouped by the near neurons, which are the layer's output neurons or
 * its input neurons, as its products need. Rewiring is symmetric in the two sides, so it works in this order, whichever
 * it is.
 *
 * @param near number of neurons on the side by which connections are grouped
 * @param far number of neurons on the other side
 * @param starts position of the first connection of every near neuron, and the number of connections
 * @param neighbours far neuron of every connection, strictly ascending within a near neuron
 * @param weights one per connection
 * @param velocity momentum state, SGD's velocity or Adam's first moment, one per connection
 * @param secondMoment Adam's second moments, one per connection; null if they are not kept
 */
public record OwnedConnections(int near, int far, LongArray starts, IntArray neighbours, FloatArray weights,
        FloatArray velocity, @Nullable FloatArray secondMoment) {
    /** Number of connections. */
    public long count() {
        return neighbours.length();
    }

    /** The weights with their moments: the same arrays, so closing either closes them. */
    LearnedValues values() {
        return new LearnedValues(weights, velocity, secondMoment);
    }
}
