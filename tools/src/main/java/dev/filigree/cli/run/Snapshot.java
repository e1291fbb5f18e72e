package dev.filigree.cli.run;

import dev.filigree.io.FileFormatException;
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
import org.jspecify.annotations.Nullable;

/** A network's connections, weights, biases and learned activations, to and from one directory. */
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
                NetworkFiles.writeLayer(directory, l,
                        new LayerWeights(topology, weights, layer.bias(), layer.activationParameters()));
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
     * @throws FileFormatException if a file is missing or damaged
     * @throws IllegalArgumentException if the layers on disk are others
     */
    public static Mlp read(Path directory, List<LayerSpec> specs, Compute compute) throws IOException {
        try (NetworkWeights files = NetworkFiles.readWeights(directory, BiasRow.ABSENT)) {
            for (int l = 0; l < files.layers().size(); l++) {
                if (files.layers().get(l).bias() == null) {
                    throw new FileFormatException(NetworkFiles.biasFile(directory, l),
                            "is missing; every layer of a run has one: evaluate another epoch");
                }
            }
            return network(directory, files, specs, compute);
        }
    }

    /**
     * The network as it stands in files, owned by the caller.
     *
     * @param directory where the files are
     */
    static Mlp network(Path directory, NetworkWeights files, List<LayerSpec> specs, Compute compute)
            throws FileFormatException {
        Mlp mlp = Mlp.of(specs, files.topology(), compute);
        try {
            for (int l = 0; l < mlp.depth(); l++) {
                LayerWeights layer = files.layers().get(l);
                mlp.layer(l).setWeights(layer.weights());
                if (layer.bias() != null) {
                    mlp.layer(l).bias().copyFrom(layer.bias());
                }
                copyActivation(layer.activation(), mlp.layer(l), NetworkFiles.activationFile(directory, l));
            }
            return mlp;
        } catch (FileFormatException | RuntimeException e) {
            mlp.close();
            throw e;
        }
    }

    private static void copyActivation(@Nullable FloatArray from, Layer to, Path file) throws FileFormatException {
        FloatArray parameters = to.activationParameters();
        if (from != null && parameters != null) {
            parameters.copyFrom(from);
        } else if (parameters != null) {
            throw new FileFormatException(file,
                    "is missing, but the layer's activation is %s, whose parameters are learned".formatted(
                            to.activation()));
        } else if (from != null) {
            throw new FileFormatException(file,
                    "holds a learned activation, but the layer's is to be %s; give the activation it was trained with"
                            .formatted(to.activation()));
        }
    }

    /** The first layer with a weight, bias or learned parameter that is not finite; -1 if there is none. */
    static int firstNonFiniteLayer(Mlp mlp) {
        for (int l = 0; l < mlp.depth(); l++) {
            FloatArray activation = mlp.layer(l).activationParameters();
            try (FloatArray weights = mlp.layer(l).copyWeights()) {
                if (!isFinite(weights) || !isFinite(mlp.layer(l).bias())
                        || (activation != null && !isFinite(activation))) {
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
