package dev.filigree.network;

import dev.filigree.topology.LayerTopology;
import org.jspecify.annotations.Nullable;

/**
 * Everything in a layer that training changes. Owns it: closing it closes the arrays.
 *
 * @param inputs number of input neurons
 * @param topology the connections of a layer that keeps them one by one; null for one that is a full matrix
 * @param weights one per connection in incoming order; of a full matrix row-major by output neuron
 * @param bias one per output neuron
 * @param activation learned parameters of the activation, as many for every output neuron; null if it learns nothing
 */
public record LayerState(int inputs, @Nullable LayerTopology topology, LearnedValues weights, LearnedValues bias,
        @Nullable LearnedValues activation) implements AutoCloseable {
    /**
     * Checks the sizes.
     *
     * @throws IllegalArgumentException if the parts do not belong to one layer
     */
    public LayerState {
        long outputs = bias.values().length();
        if (inputs < 1 || outputs < 1 || outputs > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "a layer of %d inputs and %d outputs, expected 1 or more".formatted(inputs, outputs));
        }
        long connections = topology == null ? inputs * outputs : topology.connections();
        if (weights.values().length() != connections
                || (topology != null && (topology.inputs() != inputs || topology.outputs() != outputs))) {
            throw new IllegalArgumentException("%s for %d inputs, %d outputs and %s".formatted(weights.values(),
                    inputs, outputs, topology == null ? "all connections" : topology));
        }
        if (activation != null && activation.values().length() % outputs != 0) {
            throw new IllegalArgumentException(
                    "%s for %d output neurons".formatted(activation.values(), outputs));
        }
        boolean adam = weights.secondMoment() != null;
        if (adam != (bias.secondMoment() != null)
                || (activation != null && adam != (activation.secondMoment() != null))) {
            throw new IllegalArgumentException("some parameters of a layer have second moments and others have none");
        }
    }

    /** Number of output neurons. */
    public int outputs() {
        return (int) bias.values().length();
    }

    /** Whether second moments are kept. */
    public boolean hasSecondMoments() {
        return weights.secondMoment() != null;
    }

    @Override
    public void close() {
        if (topology != null) {
            topology.close();
        }
        weights.close();
        bias.close();
        if (activation != null) {
            activation.close();
        }
    }
}
