package dev.filigree.evolution;

import dev.filigree.memory.ArrayGroup;
import dev.filigree.memory.FloatArray;
import dev.filigree.memory.IntArray;
import dev.filigree.memory.LongArray;
import dev.filigree.network.Initializer;
import dev.filigree.network.SparseLayer;
import dev.filigree.random.SequentialSample;
import dev.filigree.topology.LayerTopology;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Sparse evolutionary training (Mocanu et al., Nature Communications 9, 2018, algorithm 1): after an epoch the
 * fraction zeta of the smallest positive and of the largest negative weights is removed, and as many connections
 * grow at free places, every free place equally likely. Weights that are exactly 0 are removed too.
 *
 * <p>A complete layer has no other place for a connection and is left alone. New connections have momentum 0.
 * Takes time and memory proportional to the connections.
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
    public long evolve(SparseLayer layer, SplittableRandom random) {
        if (layer.connections() == (long) layer.inputs() * layer.outputs()) {
            return 0;
        }
        try (FloatArray weights = layer.copyWeights();
                FloatArray velocity = layer.copyVelocity()) {
            SmallestMagnitudes prune = SmallestMagnitudes.of(weights, zeta);
            if (prune.total() == 0) {
                return 0;
            }
            rewire(layer, weights, velocity, prune, random);
            return prune.total();
        }
    }

    /** One merge, row by row, of the connections that stay with the free places that were drawn. */
    private void rewire(SparseLayer layer, FloatArray weights, FloatArray velocity, SmallestMagnitudes prune,
            SplittableRandom random) {
        LayerTopology old = layer.topology();
        int inputs = old.inputs();
        int outputs = old.outputs();
        long connections = old.connections();
        long free = (long) inputs * outputs - (connections - prune.total());
        SequentialSample places = new SequentialSample(free, prune.total(), random);
        Initializer.Draw draw = grown == null ? r -> 0 : grown.draw(inputs, outputs, connections);
        ArrayGroup structure = new ArrayGroup();
        LongArray rowStarts = structure.longs(outputs + 1L, "row starts");
        IntArray sources = structure.ints(connections, "sources");
        try (ArrayGroup values = new ArrayGroup()) {
            FloatArray newWeights = structure.orClose(() -> values.floats(connections, "rewired weights"));
            FloatArray newVelocity = structure.orClose(() -> values.floats(connections, "rewired velocity"));
            long place = places.next();
            long freeBefore = 0;
            long k = 0;
            for (int row = 0; row < outputs; row++) {
                int cell = 0;
                for (long from = old.rowStart(row), end = old.rowStart(row + 1); from <= end; from++) {
                    if (from < end && prune.takes(weights.get(from))) {
                        continue;
                    }
                    int kept = from < end ? old.source(from) : inputs;
                    // Free place number freeBefore is at `cell`; those up to the next kept connection follow it.
                    while (place >= 0 && place - freeBefore < kept - cell) {
                        int grownSource = cell + (int) (place - freeBefore);
                        sources.set(k, grownSource);
                        newWeights.set(k++, draw.next(random));
                        place = places.hasNext() ? places.next() : -1;
                    }
                    freeBefore += kept - cell;
                    cell = kept + 1;
                    if (from < end) {
                        sources.set(k, kept);
                        newWeights.set(k, weights.get(from));
                        newVelocity.set(k++, velocity.get(from));
                    }
                }
                rowStarts.set(row + 1L, k);
            }
            layer.rewire(new LayerTopology(inputs, outputs, rowStarts, sources), newWeights, newVelocity);
        }
    }

    @Override
    public String toString() {
        return "set(zeta=%s, grown weights %s)".formatted(zeta, grown == null ? "0" : "drawn");
    }
}
