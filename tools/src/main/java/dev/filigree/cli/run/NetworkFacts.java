package dev.filigree.cli.run;

import dev.filigree.network.Layer;
import dev.filigree.network.LayerSpec;
import dev.filigree.network.Mlp;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The network a run has built.
 *
 * @param inputs number of features
 * @param outputs number of classes
 * @param connections at the start, of all layers
 * @param density connections over those of the dense network
 * @param bytes of parameters, structure and training state
 * @param layers from the input side
 */
public record NetworkFacts(int inputs, int outputs, long connections, double density, long bytes,
        List<LayerFacts> layers) {
    /**
     * One layer.
     *
     * @param kind {@code sparse} or {@code dense}
     * @param products with which it is computed, {@code sparse} or {@code dense}; null in older records
     */
    public record LayerFacts(int inputs, int outputs, String kind, @Nullable String products, String activation,
            long connections,
            double density) {
        static LayerFacts of(Layer layer, LayerSpec spec) {
            return new LayerFacts(layer.inputs(), layer.outputs(), spec.sparsity() == null ? "dense" : "sparse",
                    layer.products().label(),
                    layer.activation().toString(), layer.connections(),
                    layer.connections() / ((double) layer.inputs() * layer.outputs()));
        }
    }

    /** Copies the list. */
    public NetworkFacts {
        layers = List.copyOf(layers);
    }

    /**
     * Describes a network.
     *
     * @param specs what its layers are meant to be
     */
    public static NetworkFacts of(Mlp mlp, List<LayerSpec> specs) {
        double dense = mlp.layers().stream().mapToDouble(layer -> (double) layer.inputs() * layer.outputs()).sum();
        return new NetworkFacts(mlp.inputs(), mlp.outputs(), mlp.connections(), mlp.connections() / dense, mlp.bytes(),
                IntStream.range(0, mlp.depth()).mapToObj(l -> LayerFacts.of(mlp.layer(l), specs.get(l))).toList());
    }
}
