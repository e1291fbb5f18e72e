package dev.filigree.topology.model;

import dev.filigree.topology.LayerTopology;
import dev.filigree.topology.Sparsity;
import java.util.SplittableRandom;

/**
 * Bipartite small world (BSW; Zhang et al., "Brain network science modelling of sparse neural networks enables
 * Transformers and LLMs to perform as fully connected", NeurIPS 2025), after Watts and Strogatz (Nature 393, 1998): both
 * sides lie on rings, every neuron is connected with those opposite to it, and then some connections move anywhere.
 *
 * <p>As in the authors' program the neurons of the larger side choose those opposite, so that none goes without as long
 * as there are enough connections, and a connection that moves takes any free place of the layer. Their numbers of
 * connections differ by at most one; where the authors deal the odd ones at random, here they are evenly spaced.
 *
 * @param beta probability of a connection to move, in [0, 1]: at 0 the rings stay as they are, at 1 all is random
 */
public record SmallWorld(double beta) implements TopologyModel {
    /** Checks the range. */
    public SmallWorld {
        if (!(beta >= 0 && beta <= 1)) {
            throw new IllegalArgumentException("beta is %s, expected a number from 0 to 1".formatted(beta));
        }
    }

    /** Draws a topology with exactly {@link Sparsity#connections} connections, in time proportional to them. */
    @Override
    public LayerTopology generate(int inputs, int outputs, Sparsity sparsity, long seed) {
        int connections = Cells.count(inputs, outputs, sparsity);
        SplittableRandom random = new SplittableRandom(seed);
        long[] cells = rings(inputs, outputs, connections);
        int kept = 0;
        for (long cell : cells) {
            if (random.nextDouble() >= beta) {
                cells[kept++] = cell;
            }
        }
        return Cells.topology(inputs, outputs,
                Cells.filled(cells, kept, (long) inputs * outputs, connections, random));
    }

    private static long[] rings(int inputs, int outputs, int connections) {
        int near = Math.max(inputs, outputs);
        int far = Math.min(inputs, outputs);
        long[] cells = new long[connections];
        int k = 0;
        for (int neuron = 0; neuron < near; neuron++) {
            int share = Cells.share(connections, neuron, near);
            long first = Math.round((neuron + 0.5) * far / near - share / 2.0);
            for (int i = 0; i < share; i++) {
                long opposite = Math.floorMod(first + i, (long) far);
                cells[k++] = inputs > outputs ? opposite * inputs + neuron : (long) neuron * inputs + opposite;
            }
        }
        return cells;
    }
}
