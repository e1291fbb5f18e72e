package dev.filigree.topology;

/**
 * What can be said of one layer's structure in a few numbers.
 *
 * @param inputs number of input neurons
 * @param outputs number of output neurons
 * @param connections number of connections
 * @param density connections over {@code inputs · outputs}, in [0, 1]
 * @param fanIn connections per output neuron
 * @param fanOut connections per input neuron
 */
public record LayerMetrics(int inputs, int outputs, long connections, double density, FanDistribution fanIn,
        FanDistribution fanOut) {
    /** Measures a layer, in time proportional to its neurons and connections. */
    public static LayerMetrics of(LayerTopology layer) {
        return new LayerMetrics(layer.inputs(), layer.outputs(), layer.connections(), layer.density(),
                FanDistribution.incoming(layer), FanDistribution.outgoing(layer));
    }
}
