package dev.filigree.topology;

import java.util.ArrayList;
import java.util.List;

/**
 * What can be said of a network's structure in a few numbers.
 *
 * @param layers each layer by itself, from the input side
 * @param deadNeurons for every hidden layer, the number of its neurons that take no part in what the network computes:
 *        nothing comes in, or nothing goes out
 * @param connections of all layers
 * @param density connections over those of the dense network, in [0, 1]
 */
public record TopologyMetrics(List<LayerMetrics> layers, List<Integer> deadNeurons, long connections, double density) {
    /** Copies the lists. */
    public TopologyMetrics {
        layers = List.copyOf(layers);
        deadNeurons = List.copyOf(deadNeurons);
    }

    /** Measures a network, in time proportional to its neurons and connections. */
    public static TopologyMetrics of(NetworkTopology network) {
        List<Integer> dead = new ArrayList<>();
        for (int l = 0; l + 1 < network.depth(); l++) {
            dead.add(deadNeurons(network.layer(l), network.layer(l + 1)));
        }
        double dense = network.layers().stream().mapToDouble(layer -> (double) layer.inputs() * layer.outputs()).sum();
        return new TopologyMetrics(network.layers().stream().map(LayerMetrics::of).toList(), dead,
                network.connections(), network.connections() / dense);
    }

    private static int deadNeurons(LayerTopology before, LayerTopology after) {
        int[] fanOuts = FanDistribution.fanOuts(after);
        int dead = 0;
        for (int neuron = 0; neuron < fanOuts.length; neuron++) {
            if (fanOuts[neuron] == 0 || before.fanIn(neuron) == 0) {
                dead++;
            }
        }
        return dead;
    }
}
