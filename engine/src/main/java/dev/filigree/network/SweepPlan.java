package dev.filigree.network;

import dev.filigree.parallel.Partition;
import dev.filigree.parallel.TileSplit;
import java.util.function.IntToLongFunction;

/**
 * How workers share the sweep over a layer's connections that computes their gradients: each has neurons of its own in
 * all tiles, finds the whole gradients of their connections, and moves the weights at once. So the kernels may sum what
 * several tiles add to a gradient before it is a number, whatever the number of workers.
 */
final class SweepPlan {
    /** Gradients of as many connections stay in the L1 cache until they are used. */
    private static final int PANEL = 2048;

    // Kernels may sweep so many connections once per tile: more, lest the tiles drive each other out of the cache.
    private static final int TILES_PANEL = 16_384;
    private static final int LARGEST_PANEL = 131_072;

    private final Partition shares;
    private final int tiles;
    private final long connections;

    /**
     * Plans.
     *
     * @param neurons number of neurons that own connections
     * @param starts number of connections of the neurons before each; at {@code neurons}, the number of connections
     */
    SweepPlan(int neurons, IntToLongFunction starts, TileSplit split) {
        this.shares = Partition.balanced(neurons, starts, split.workers());
        this.tiles = split.tiles();
        this.connections = starts.applyAsLong(neurons);
    }

    /** Number of tiles. */
    int tiles() {
        return tiles;
    }

    /** First neuron of a worker's share. */
    int from(int worker) {
        return shares.from(worker);
    }

    /** One past the last neuron of a worker's share. */
    int to(int worker) {
        return shares.to(worker);
    }

    /**
     * Connections whose gradients are kept at a time.
     *
     * @param longest of the neuron that has most
     */
    long capacity(int longest) {
        long panel = tiles == 1 ? PANEL : Math.clamp(connections / 8, TILES_PANEL, LARGEST_PANEL);
        return Math.min(connections, Math.max(longest, panel));
    }
}
