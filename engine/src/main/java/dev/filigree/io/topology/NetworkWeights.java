package dev.filigree.io.topology;

import dev.filigree.topology.NetworkTopology;
import java.util.List;

/**
 * A network as it stands in files: all layers from the input side. Owns them: closing it closes them.
 *
 * @param layers one or more layers whose shapes chain
 */
public record NetworkWeights(List<LayerWeights> layers) implements AutoCloseable {
    /**
     * Checks that the shapes chain.
     *
     * @throws IllegalArgumentException if there is no layer or two neighbours do not fit
     */
    public NetworkWeights {
        layers = List.copyOf(layers);
        topologyOf(layers);
    }

    /** The connections alone, in the same memory: valid until either of the two is closed. */
    public NetworkTopology topology() {
        return topologyOf(layers);
    }

    private static NetworkTopology topologyOf(List<LayerWeights> layers) {
        return new NetworkTopology(layers.stream().map(LayerWeights::topology).toList());
    }

    @Override
    public void close() {
        layers.forEach(LayerWeights::close);
    }
}
