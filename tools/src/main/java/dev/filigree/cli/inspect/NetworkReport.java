package dev.filigree.cli.inspect;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.filigree.io.topology.NetworkFiles;
import dev.filigree.network.Compute;
import dev.filigree.network.LayerSpec;
import dev.filigree.network.Mlp;
import dev.filigree.topology.LayerMetrics;
import dev.filigree.topology.NetworkTopology;
import dev.filigree.topology.TopologyMetrics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A saved network's structure and what it costs.
 *
 * @param network its directory
 * @param connections of all layers
 * @param density connections over those of the dense network
 * @param deadNeurons hidden neurons of each layer but the last that have no incoming or no outgoing connections
 * @param layers from the input side
 */
public record NetworkReport(String network, long connections, double density, List<Integer> deadNeurons,
        List<LayerReport> layers) {
    /**
     * One layer.
     *
     * @param structure its shape and connections
     * @param products whether training computes it with {@code sparse} or with {@code dense} products
     * @param trainingBytes what it takes in training, with structure, gradients and momentum
     * @param trainingBytesPerConnection the same for one connection; 0 of a layer without connections
     * @param fileBytes what it takes on disk
     */
    public record LayerReport(@JsonUnwrapped LayerMetrics structure, String products, long trainingBytes,
            double trainingBytesPerConnection, long fileBytes) {
        LayerReport(LayerMetrics structure, String products, long trainingBytes, long fileBytes) {
            this(structure, products, trainingBytes,
                    structure.connections() == 0 ? 0 : (double) trainingBytes / structure.connections(), fileBytes);
        }
    }

    /** Copies the lists. */
    public NetworkReport {
        deadNeurons = List.copyOf(deadNeurons);
        layers = List.copyOf(layers);
    }

    /**
     * Examines a network.
     *
     * @param directory where it was read from
     * @param specs how its layers are trained: sparse or dense
     */
    public static NetworkReport of(Path directory, NetworkTopology topology, List<LayerSpec> specs)
            throws IOException {
        TopologyMetrics metrics = TopologyMetrics.of(topology);
        List<LayerReport> layers = new ArrayList<>();
        try (Mlp mlp = Mlp.of(specs, topology, Compute.best())) {
            for (int l = 0; l < topology.depth(); l++) {
                layers.add(new LayerReport(metrics.layers().get(l),
                        mlp.layer(l).products().label(), mlp.layer(l).bytes(),
                        fileBytes(directory, l)));
            }
        }
        return new NetworkReport(directory.toString(), metrics.connections(), metrics.density(),
                metrics.deadNeurons(), layers);
    }

    private static long fileBytes(Path directory, int layer) throws IOException {
        return Files.size(NetworkFiles.weightFile(directory, layer))
                + sizeIfThere(NetworkFiles.biasFile(directory, layer))
                + sizeIfThere(NetworkFiles.activationFile(directory, layer));
    }

    private static long sizeIfThere(Path file) throws IOException {
        return Files.exists(file) ? Files.size(file) : 0;
    }
}
