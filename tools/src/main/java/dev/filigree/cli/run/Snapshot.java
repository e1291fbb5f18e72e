package dev.filigree.cli.run;

import dev.filigree.io.topology.BiasRow;
import dev.filigree.io.topology.LayerWeights;
import dev.filigree.io.topology.NetworkFiles;
import dev.filigree.io.topology.NetworkWeights;
import dev.filigree.memory.FloatArray;
import dev.filigree.network.Compute;
import dev.filigree.network.Layer;
import dev.filigree.network.LayerSpec;
import dev.filigree.network.Mlp;
import dev.filigree.topology.LayerTopology;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A network's connections, weights and biases, to and from one directory. */
public final class Snapshot {
    private Snapshot() {}

    /**
     * Writes all layers.
     *
     * @param directory exists and is empty
     */
    static void write(Path directory, Mlp mlp) throws IOException {
        for (int l = 0; l < mlp.depth(); l++) {
            Layer layer = mlp.layer(l);
            try (LayerTopology topology = layer.copyTopology(); FloatArray weights = layer.copyWeights()) {
                NetworkFiles.writeLayer(directory, l, topology, weights, layer.bias());
            }
        }
    }

    /**
     * Reads a network that can be evaluated or trained on.
     *
     * @param directory holds one network
     * @param specs its layers
     * @param compute what its products run on
     * @return the network, owned by the caller
     * @throws IllegalArgumentException if the layers on disk are others
     */
    public static Mlp read(Path directory, List<LayerSpec> specs, Compute compute) throws IOException {
        try (NetworkWeights files = NetworkFiles.readWeights(directory, BiasRow.ABSENT)) {
            return network(files, specs, compute);
        }
    }

    /** The network as it stands in files, owned by the caller. */
    static Mlp network(NetworkWeights files, List<LayerSpec> specs, Compute compute) {
        Mlp mlp = Mlp.of(specs, files.topology(), compute);
        for (int l = 0; l < mlp.depth(); l++) {
            LayerWeights layer = files.layers().get(l);
            mlp.layer(l).setWeights(layer.weights());
            if (layer.bias() != null) {
                mlp.layer(l).bias().copyFrom(layer.bias());
            }
        }
        return mlp;
    }

    /** The first layer with a weight or bias that is not finite; -1 if there is none. */
    static int firstNonFiniteLayer(Mlp mlp) {
        for (int l = 0; l < mlp.depth(); l++) {
            try (FloatArray weights = mlp.layer(l).copyWeights()) {
                if (!isFinite(weights) || !isFinite(mlp.layer(l).bias())) {
                    return l;
                }
            }
        }
        return -1;
    }

    private static boolean isFinite(FloatArray values) {
        for (long k = 0; k < values.length(); k++) {
            if (!Float.isFinite(values.get(k))) {
                return false;
            }
        }
        return true;
    }
}
