package dev.filigree.io.topology;

import dev.filigree.memory.FloatArray;
import dev.filigree.topology.LayerTopology;
import org.jspecify.annotations.Nullable;

/**
 * One layer as it stands in files: its connections, a weight for each, and perhaps a bias. Owns all three: closing it
 * closes them.
 *
 * @param topology the connections
 * @param weights one weight per connection, in the topology's incoming order
 * @param bias one value per output neuron, or null if the files hold none
 */
public record LayerWeights(LayerTopology topology, FloatArray weights,
        @Nullable FloatArray bias) implements AutoCloseable {
    /**
     * Checks that the sizes agree.
     *
     * @throws IllegalArgumentException if there is not one weight per connection, or not one bias per output neuron
     */
    public LayerWeights {
        if (weights.length() != topology.connections()) {
            throw new IllegalArgumentException(
                    "%d weights for %d connections".formatted(weights.length(), topology.connections()));
        }
        if (bias != null && bias.length() != topology.outputs()) {
            throw new IllegalArgumentException(
                    "%d biases for %d output neurons".formatted(bias.length(), topology.outputs()));
        }
    }

    /** Keeps the topology, which becomes the caller's to close, and frees the rest. */
    public LayerTopology keepTopology() {
        closeValues();
        return topology;
    }

    private void closeValues() {
        weights.close();
        if (bias != null) {
            bias.close();
        }
    }

    @Override
    public void close() {
        topology.close();
        closeValues();
    }
}
