package dev.filigree.io.topology;

import dev.filigree.memory.FloatArray;
import dev.filigree.topology.LayerTopology;
import org.jspecify.annotations.Nullable;

/**
 * One layer as it stands in files: its connections, a weight for each, and perhaps a bias and what the activation has
 * learned. Owns all of them: closing it closes them.
 *
 * @param topology the connections
 * @param weights one weight per connection, in the topology's incoming order
 * @param bias one value per output neuron, or null if the files hold none
 * @param activation learned parameters of the activation, {@link #ACTIVATION_PARAMETERS} per output neuron,
 *     {@code [output][parameter]}, or null if the files hold none
 */
public record LayerWeights(LayerTopology topology, FloatArray weights, @Nullable FloatArray bias,
        @Nullable FloatArray activation) implements AutoCloseable {
    /** Parameters of one neuron's activation, if it is learned. */
    public static final int ACTIVATION_PARAMETERS = 4;

    /**
     * Checks that the sizes agree.
     *
     * @throws IllegalArgumentException if there is not one weight per connection, one bias per output neuron, or
     *         {@link #ACTIVATION_PARAMETERS} per output neuron
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
        if (activation != null && activation.length() != (long) ACTIVATION_PARAMETERS * topology.outputs()) {
            throw new IllegalArgumentException(
                    "%d parameters of activations for %d output neurons, expected %d for each"
                            .formatted(activation.length(), topology.outputs(), ACTIVATION_PARAMETERS));
        }
    }

    /** As the constructor, of a layer whose activation learns nothing. */
    public LayerWeights(LayerTopology topology, FloatArray weights, @Nullable FloatArray bias) {
        this(topology, weights, bias, null);
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
        if (activation != null) {
            activation.close();
        }
    }

    @Override
    public void close() {
        topology.close();
        closeValues();
    }
}
