package dev.filigree.network;

import dev.filigree.parallel.Partition;
import dev.filigree.parallel.TileSplit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToLongFunction;

/**
 * How workers share the sweep over a layer's connections that computes their gradients.
 *
 * <p>Where all workers share the tiles, each has neurons of its own and moves their weights itself: one round. Where they
 * have tiles of their own, a gradient is the sum of what several have found: then the neurons are dealt with in rounds of
 * so few connections that the gradients of all tiles stay in the cache until the weights are moved, after the round's
 * sweep.
 */
final class SweepPlan {
    /** Gradients of as many connections stay in the L1 cache until they are used. */
    private static final int PANEL = 2048;

    // Kernels may sweep so many connections once per tile: more, lest the tiles drive each other out of the cache.
    private static final int TILES_PANEL = 16_384;
    private static final int LARGEST_PANEL = 131_072;

    /** Connections of a round, summed over the tiles. */
    private static final int ROUND = 65_536;

    private final TileSplit split;
    private final IntToLongFunction starts;
    private final int[] bounds;
    private final Partition[] members;

    /**
     * Plans.
     *
     * @param neurons number of neurons that own connections
     * @param starts number of connections of the neurons before each, where there are rounds their first one's position;
     *     at {@code neurons}, the number of connections
     */
    SweepPlan(int neurons, IntToLongFunction starts, TileSplit split) {
        this.split = split;
        this.starts = starts;
        List<Integer> ends = new ArrayList<>();
        if (sharesTiles() || neurons == 0) {
            ends.add(neurons);
        } else {
            for (int from = 0; from < neurons;) {
                from = Partition.panelEnd(from, neurons, starts, ROUND / split.tiles());
                ends.add(from);
            }
        }
        bounds = new int[ends.size() + 1];
        members = new Partition[ends.size()];
        for (int round = 0; round < members.length; round++) {
            int from = bounds[round];
            int to = ends.get(round);
            bounds[round + 1] = to;
            members[round] = Partition.balanced(to - from, i -> starts.applyAsLong(from + i) - starts.applyAsLong(from),
                    split.members());
        }
    }

    /** Whether all workers work on all tiles, so that one worker finds whole gradients. */
    boolean sharesTiles() {
        return split.groups() == 1;
    }

    /** Number of tiles. */
    int tiles() {
        return split.tiles();
    }

    /** A worker's first tile. */
    int fromTile(int worker) {
        return split.fromTile(worker);
    }

    /** One past a worker's last tile. */
    int toTile(int worker) {
        return split.toTile(worker);
    }

    /** Number of rounds, 1 or more. */
    int rounds() {
        return members.length;
    }

    /** First neuron of a worker's share of a round. */
    int from(int worker, int round) {
        return bounds[round] + members[round].from(split.member(worker));
    }

    /** One past the last neuron of a worker's share of a round. */
    int to(int worker, int round) {
        return bounds[round] + members[round].to(split.member(worker));
    }

    /** Position of a round's first connection. */
    long start(int round) {
        return starts.applyAsLong(bounds[round]);
    }

    /** One past the position of a round's last connection. */
    long end(int round) {
        return starts.applyAsLong(bounds[round + 1]);
    }

    /** First of the round's connections whose weights a worker moves. */
    long moveFrom(int worker, int round) {
        return start(round) + Layer.share(end(round) - start(round), worker, split.workers());
    }

    /** One past the last of the round's connections whose weights a worker moves. */
    long moveTo(int worker, int round) {
        return start(round) + Layer.share(end(round) - start(round), worker + 1, split.workers());
    }

    /**
     * Connections whose gradients are kept at a time.
     *
     * @param longest of the neuron that has most
     */
    long capacity(int longest) {
        if (sharesTiles()) {
            long panel = tiles() == 1 ? PANEL : Math.clamp(end(0) / 8, TILES_PANEL, LARGEST_PANEL);
            return Math.min(end(0), Math.max(longest, panel));
        }
        long largest = 0;
        for (int round = 0; round < rounds(); round++) {
            largest = Math.max(largest, end(round) - start(round));
        }
        return largest;
    }
}
