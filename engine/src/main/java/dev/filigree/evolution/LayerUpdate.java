package dev.filigree.evolution;

import dev.filigree.evolution.rewiring.GradientGrowth;
import dev.filigree.evolution.rewiring.RandomSubset;
import dev.filigree.evolution.rewiring.Rewiring;
import dev.filigree.evolution.rewiring.SmallestMagnitudes;
import dev.filigree.memory.ArrayGroup;
import dev.filigree.memory.FloatArray;
import dev.filigree.memory.LongArray;
import dev.filigree.network.DenseGradient;
import dev.filigree.network.Initializer;
import dev.filigree.network.OwnedConnections;
import dev.filigree.parallel.Partition;
import dev.filigree.parallel.WorkerPool;
import dev.filigree.random.RandomStreams;
import org.jspecify.annotations.Nullable;

/** One layer in the course of an update: what it has, what it loses, and what it has then. */
final class LayerUpdate {
    private final EvolvingLayer layer;
    private final OwnedConnections old;
    private final double kept;
    private final long target;
    private final WorkerPool pool;
    private final Partition rows;
    private final long[] bounds;
    private @Nullable SmallestMagnitudes pruned;

    /**
     * Looks at a layer.
     *
     * @param kept share of the connections that the layer is to have after the update, in (0, 1]
     */
    LayerUpdate(EvolvingLayer layer, double kept, WorkerPool pool) {
        this.layer = layer;
        this.old = layer.layer().owned(pool);
        this.kept = kept;
        this.target = kept == 1 ? old.count() : Math.round(kept * old.count());
        this.pool = pool;
        this.rows = Partition.balanced(old.near(), old.starts()::get, pool.threads());
        this.bounds = new long[pool.threads() + 1];
        for (int worker = 0; worker < pool.threads(); worker++) {
            bounds[worker + 1] = old.starts().get(rows.to(worker));
        }
    }

    FloatArray weights() {
        return old.weights();
    }

    /** Position of every worker's first connection, and the number of connections. */
    long[] bounds() {
        return bounds;
    }

    /** Share of the connections to remove if a fraction of those that the layer is to keep is to be replaced. */
    double share(double fraction) {
        return fraction + (1 - kept) * (1 - fraction);
    }

    /** As {@link #share}, the number of connections. */
    long victims(double fraction) {
        return old.count() - target + (long) (fraction * target);
    }

    void prune(SmallestMagnitudes smallest) {
        pruned = smallest;
    }

    /** Number of connections to be removed. */
    long removed() {
        return pruned().total();
    }

    /** Number of connections that stay. */
    long survivors() {
        return old.count() - removed();
    }

    /** Number of connections that have to grow for the layer to have as many as it is to have. */
    long missing() {
        return Math.max(0, target - survivors());
    }

    /** Number of places without a connection that stays. */
    long free() {
        return layer.places() - survivors();
    }

    /** Mean magnitude of the momentum of the connections; 0 if there are none. */
    double meanMomentum() {
        // On one thread: the sum must not depend on the number of workers.
        double sum = 0;
        FloatArray momentum = old.velocity();
        for (long k = 0; k < momentum.length(); k++) {
            sum += Math.abs(momentum.get(k));
        }
        return sum / Math.max(1, momentum.length());
    }

    /** Removes what is to be removed and grows so many connections, whose weights are drawn, or 0. */
    void rewire(long grow, Growth growth, @Nullable Initializer grown) {
        if (removed() == 0 && grow == 0) {
            layer.layer().release();
            return;
        }
        ArrayGroup arrays = new ArrayGroup();
        OwnedConnections rewired = rewired(grow, growth, grown, arrays);
        arrays.orClose(() -> {
            layer.layer().rewire(rewired, pool);
            return layer;
        });
    }

    private OwnedConnections rewired(long grow, Growth growth, @Nullable Initializer grown, ArrayGroup arrays) {
        Initializer.Draw draw = grown == null
                ? random -> 0
                : grown.draw(layer.layer().inputs(), layer.layer().outputs(), old.count());
        try (Rewiring rewiring = new Rewiring(old, pruned(), rows, pool);
                LongArray places = places(rewiring, grow, growth)) {
            return rewiring.merge(places, draw, RandomStreams.mix(layer.key() + 1), arrays);
        }
    }

    private LongArray places(Rewiring rewiring, long grow, Growth growth) {
        if (growth == Growth.RANDOM) {
            return RandomSubset.draw(rewiring.free(), grow, layer.key(), pool);
        }
        DenseGradient gradient = layer.gradient();
        if (gradient == null) {
            throw new IllegalStateException(
                    "connections grow by the gradient of a batch, but there is none between epochs");
        }
        return GradientGrowth.places(rewiring, gradient, grow, pool);
    }

    private SmallestMagnitudes pruned() {
        if (pruned == null) {
            throw new IllegalStateException("connections grow before any are pruned");
        }
        return pruned;
    }
}
