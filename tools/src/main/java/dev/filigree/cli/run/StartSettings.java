package dev.filigree.cli.run;

import dev.filigree.io.FileFormatException;
import dev.filigree.io.topology.BiasRow;
import dev.filigree.io.topology.NetworkFiles;
import dev.filigree.io.topology.NetworkWeights;
import dev.filigree.network.Compute;
import dev.filigree.network.Initializer;
import dev.filigree.network.LayerSpec;
import dev.filigree.network.Mlp;
import dev.filigree.topology.NetworkTopology;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A saved network that training begins from.
 *
 * @param network the directory with its layers
 * @param keepWeights whether its weights, biases and learned activations are taken over too; otherwise the connections alone
 */
public record StartSettings(String network, boolean keepWeights) {
    /** Reads the connections, owned by the caller. */
    public NetworkTopology readTopology() throws IOException {
        return NetworkFiles.readTopology(Path.of(network), BiasRow.AUTO);
    }

    /**
     * Makes the network that training begins with.
     *
     * @param features number of inputs that it must have
     * @param specs its layers
     * @param initializer draws weights that are not taken over
     * @param seed of those weights
     * @return the network, owned by the caller
     * @throws FileFormatException if the files are damaged or hold a network of another shape
     */
    public Mlp build(int features, List<LayerSpec> specs, Initializer initializer, long seed, Compute compute)
            throws IOException {
        try (NetworkWeights files = NetworkFiles.readWeights(Path.of(network), BiasRow.AUTO)) {
            requireShape(files.topology(), features, specs.getLast().neurons());
            return keepWeights
                    ? Snapshot.network(Path.of(network), files, specs, compute)
                    : Mlp.initialized(specs, files.topology(), initializer, seed, compute);
        }
    }

    private void requireShape(NetworkTopology topology, int features, int classes) throws FileFormatException {
        int inputs = topology.layer(0).inputs();
        int outputs = topology.layer(topology.depth() - 1).outputs();
        if (inputs != features || outputs != classes) {
            throw new FileFormatException(Path.of(network),
                    "a network of %d inputs and %d outputs, but the data has %d features and %d classes"
                            .formatted(inputs, outputs, features, classes));
        }
    }
}
