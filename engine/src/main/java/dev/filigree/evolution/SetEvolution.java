package dev.filigree.evolution;

import dev.filigree.memory.ArrayGroup;
import dev.filigree.memory.LongArray;
import dev.filigree.network.Initializer;
import dev.filigree.network.OwnedConnections;
import dev.filigree.network.SparseLayer;
import dev.filigree.parallel.Partition;
import dev.filigree.parallel.WorkerPool;
import dev.filigree.random.RandomStreams;
import org.jspecify.annotations.Nullable;

/**
 * Sparse evolutionary training (Mocanu et al., Nature Communications 9, 2018, algorithm 1): after an epoch the
 * fraction zeta of the smallest positive and of the largest negative weights is removed, and as many connections
 * grow at free places, every free place equally likely. Weights that are exactly 0 are removed too.
 *
 * <p>A complete layer has no other place for a connection and is left alone. New connections have moments of 0.
 * Takes time proportional to the connections; at no time is there more memory than for the layer and one copy.
 */
public final class SetEvolution implements Evolution {
    private final double zeta;
    private final @Nullable Initializer grown;

    /**
     * A rule.
     *
     * @param zeta fraction of the connections replaced, in [0, 1)
     * @param grown how weights of new connections are drawn; null to start them at 0
     */
    public SetEvolution(double zeta, @Nullable Initializer grown) {
        if (!(zeta >= 0 && zeta < 1)) {
            throw new IllegalArgumentException(
                    "zeta is %s, expected a fraction of at least 0 and below 1".formatted(zeta));
        }
        this.zeta = zeta;
        this.grown = grown;
    }

    @Override
    public long evolve(SparseLayer layer, long key, WorkerPool pool) {
        if (layer.connections() == (long) layer.inputs() * layer.outputs()) {
            return 0;
        }
        OwnedConnections old = layer.owned();
        Partition rows = Partition.balanced(old.near(), old.starts()::get, pool.threads());
        long[] bounds = new long[pool.threads() + 1];
        for (int worker = 0; worker < pool.threads(); worker++) {
            bounds[worker + 1] = old.starts().get(rows.to(worker));
        }
        SmallestMagnitudes prune = SmallestMagnitudes.of(old.weights(), bounds, zeta, pool);
        if (prune.total() > 0) {
            ArrayGroup arrays = new ArrayGroup();
            OwnedConnections rewired = rewired(layer, old, prune, rows, key, pool, arrays);
            arrays.orClose(() -> {
                layer.rewire(rewired, pool);
                return layer;
            });
        }
        return prune.total();
    }

    private OwnedConnections rewired(SparseLayer layer, OwnedConnections old, SmallestMagnitudes prune,
            Partition rows, long key, WorkerPool pool, ArrayGroup arrays) {
        Initializer.Draw draw = grown == null
                ? random -> 0
                : grown.draw(layer.inputs(), layer.outputs(), layer.connections());
        try (Rewiring rewiring = new Rewiring(old, prune, rows, pool);
                LongArray places = RandomSubset.draw(rewiring.free(), prune.total(), key, pool)) {
            return rewiring.merge(places, draw, RandomStreams.mix(key + 1), arrays);
        }
    }

    @Override
    public String toString() {
        return "set(zeta=%s, grown weights %s)".formatted(zeta, grown == null ? "0" : "drawn");
    }
}
