package dev.filigree.topology.model;

import dev.filigree.topology.LayerTopology;
import dev.filigree.topology.Sparsity;
import java.util.SplittableRandom;

/**
 * Bipartite receptive field (BRF; Zhang et al., "Brain network science modelling of sparse neural networks enables
 * Transformers and LLMs to perform as fully connected", NeurIPS 2025): both sides lie on rings, and every output neuron
 * draws its inputs one after another, an input at distance d from the place opposite with a probability in proportion to
 * {@code (1 + d)^-((1 - r) / r)}, as in the authors' program. All output neurons have as many inputs, or one more.
 *
 * <p>The authors let the smaller side draw; here it is always the outputs, whose receptive fields they are.
 *
 * @param randomness r, in [0, 1]: at 0 every neuron has the inputs nearest to it, at 1 any inputs
 */
public record ReceptiveField(double randomness) implements TopologyModel {
    /** Checks the range. */
    public ReceptiveField {
        if (!(randomness >= 0 && randomness <= 1)) {
            throw new IllegalArgumentException("randomness is %s, expected a number from 0 to 1".formatted(randomness));
        }
    }

    /**
     * Draws a topology with exactly {@link Sparsity#connections} connections, in time proportional to them and the
     * neurons.
     */
    @Override
    public LayerTopology generate(int inputs, int outputs, Sparsity sparsity, long seed) {
        int connections = Cells.count(inputs, outputs, sparsity);
        FallingDraws draws = new FallingDraws(inputs, (1 - randomness) / randomness,
                Math.ceilDiv(connections, outputs), new SplittableRandom(seed));
        long[] cells = new long[connections];
        int k = 0;
        for (int output = 0; output < outputs; output++) {
            int opposite = (int) ((output + 0.5) * inputs / outputs);
            for (int rank : draws.draw(Cells.share(connections, output, outputs))) {
                int offset = FallingDraws.distance(rank) * (rank % 2 == 0 ? -1 : 1);
                cells[k++] = (long) output * inputs + Math.floorMod(opposite + offset, inputs);
            }
        }
        return Cells.topology(inputs, outputs, cells);
    }
}
