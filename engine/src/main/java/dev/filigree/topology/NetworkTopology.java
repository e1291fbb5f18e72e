package dev.filigree.topology;

import java.util.List;

/**
 * The topologies of a network's layers, from the input side. The outputs of each layer are the inputs of the
 * next. Owns its layers: closing it closes them.
 *
 * @param layers one or more layers whose shapes chain
 */
public record NetworkTopology(List<LayerTopology> layers) implements AutoCloseable {
    /**
     * Checks that the shapes chain.
     *
     * @throws IllegalArgumentException if there is no layer or two neighbours do not fit
     */
    public NetworkTopology {
        layers = List.copyOf(layers);
        if (layers.isEmpty()) {
            throw new IllegalArgumentException("a network topology needs at least one layer");
        }
        for (int l = 1; l < layers.size(); l++) {
            if (layers.get(l).inputs() != layers.get(l - 1).outputs()) {
                throw new IllegalArgumentException(
                        "layer %d has %d inputs, but layer %d has %d outputs: the shapes do not chain".formatted(l,
                                layers.get(l).inputs(), l - 1, layers.get(l - 1).outputs()));
            }
        }
    }

    /** Number of layers. */
    public int depth() {
        return layers.size();
    }

    /** Layer {@code index}, 0 at the input side. */
    public LayerTopology layer(int index) {
        return layers.get(index);
    }

    /** Connections of all layers. */
    public long connections() {
        return layers.stream().mapToLong(LayerTopology::connections).sum();
    }

    @Override
    public void close() {
        layers.forEach(LayerTopology::close);
    }
}
