package dev.filigree.topology.model;

import dev.filigree.topology.LayerTopology;
import dev.filigree.topology.Sparsity;
import java.util.SplittableRandom;

/**
 * Bipartite scale-free topology (BSF; Zhang et al., "Brain network science modelling of sparse neural networks enables
 * Transformers and LLMs to perform as fully connected", NeurIPS 2025), after Barabási and Albert (Science 286, 1999): a
 * few neurons on either side have most of the connections.
 *
 * <p>As in the authors' program a network without sides grows by preferential attachment, its nodes are dealt to the two
 * sides at random, and connections within a side are undone: an end on one side is joined with an end on the other, and
 * ends left over with neurons of the other side by preference for those that have many. What finds no free place in this
 * way, which happens to dense layers only, is placed at random.
 */
public record ScaleFree() implements TopologyModel {
    /** Draws a topology with exactly {@link Sparsity#connections} connections, in time proportional to them. */
    @Override
    public LayerTopology generate(int inputs, int outputs, Sparsity sparsity, long seed) {
        int connections = Cells.count(inputs, outputs, sparsity);
        SplittableRandom random = new SplittableRandom(seed);
        CrossLinks links = new CrossLinks(inputs, outputs, connections, random);
        PreferentialGrowth.grow(Math.addExact(inputs, outputs), connections, random, links::join);
        links.joinEnds();
        return Cells.topology(inputs, outputs, Cells.filled(links.cells(), links.number(), (long) inputs * outputs,
                connections, random));
    }
}
