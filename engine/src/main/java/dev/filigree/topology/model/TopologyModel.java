package dev.filigree.topology.model;

import dev.filigree.topology.ErdosRenyi;
import dev.filigree.topology.LayerTopology;
import dev.filigree.topology.Sparsity;

/** A way to choose the connections of a layer before training. */
@FunctionalInterface
public interface TopologyModel {
    /** {@link ErdosRenyi}, the only model whose number of connections is random. */
    TopologyModel ERDOS_RENYI = ErdosRenyi::generate;

    /**
     * Draws a topology.
     *
     * @param inputs number of input neurons, 1 or more
     * @param outputs number of output neurons, 1 or more
     * @param sparsity how many connections there are
     * @param seed the same seed gives the same topology
     * @return the topology, owned by the caller
     */
    LayerTopology generate(int inputs, int outputs, Sparsity sparsity, long seed);
}
