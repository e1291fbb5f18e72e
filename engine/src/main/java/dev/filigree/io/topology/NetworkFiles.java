package dev.filigree.io.topology;

import dev.filigree.io.FileFormatException;
import dev.filigree.io.NpyReader;
import dev.filigree.io.NpyWriter;
import dev.filigree.memory.FloatArray;
import dev.filigree.topology.LayerTopology;
import dev.filigree.topology.NetworkTopology;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The layers of one network in a directory: {@code weight_l0.npz}, {@code weight_l1.npz}, … as
 * {@link SparseMatrixFile} describes them; for layers with a separate bias {@code bias_l0.npy}, …, one float32 per
 * output neuron; and for layers whose activation is learned {@code activation_l0.npy}, …, a float32 matrix with one row
 * per output neuron: left threshold, left slope, distance of the right threshold from the left one, right slope
 * ({@link dev.filigree.kernel.SRelu}).
 */
public final class NetworkFiles {
    private static final Pattern WEIGHT_NAME = Pattern.compile("weight_l(0|[1-9][0-9]{0,5})\\.npz");

    private NetworkFiles() {}

    /** The file with the weights of a layer. */
    public static Path weightFile(Path directory, int layer) {
        return directory.resolve("weight_l%d.npz".formatted(layer));
    }

    /** The file with the bias of a layer. */
    public static Path biasFile(Path directory, int layer) {
        return directory.resolve("bias_l%d.npy".formatted(layer));
    }

    /** The file with the learned parameters of a layer's activation. */
    public static Path activationFile(Path directory, int layer) {
        return directory.resolve("activation_l%d.npy".formatted(layer));
    }

    /**
     * Reads the connections of a network, without keeping weights.
     *
     * @param directory holds one network
     * @param biasRow whether the matrices end with a bias row
     * @return the topology, owned by the caller
     * @throws FileFormatException if a layer is missing, the shapes do not chain, or a file is damaged
     */
    public static NetworkTopology readTopology(Path directory, BiasRow biasRow) throws IOException {
        int depth = countLayers(directory);
        boolean hasBiasRow = hasBiasRow(directory, depth, biasRow);
        List<LayerTopology> layers = new ArrayList<>();
        try {
            for (int layer = 0; layer < depth; layer++) {
                layers.add(readLayer(weightFile(directory, layer), hasBiasRow).keepTopology());
            }
            return new NetworkTopology(layers);
        } catch (IOException | RuntimeException e) {
            layers.forEach(LayerTopology::close);
            throw e;
        }
    }

    /**
     * Reads a network with weights, biases and learned parameters of activations.
     *
     * @param directory holds one network
     * @param biasRow whether the matrices end with a bias row
     * @return the network, owned by the caller; a layer's bias is from the bias row, else from {@code bias_lK.npy},
     *         else null; its activation is from {@code activation_lK.npy}, else null
     * @throws FileFormatException if a layer is missing, the shapes do not chain, a layer has both a bias row and a bias
     *         file, or a file is damaged
     */
    public static NetworkWeights readWeights(Path directory, BiasRow biasRow) throws IOException {
        int depth = countLayers(directory);
        boolean hasBiasRow = hasBiasRow(directory, depth, biasRow);
        List<LayerWeights> layers = new ArrayList<>();
        try {
            for (int layer = 0; layer < depth; layer++) {
                LayerWeights weights = readLayer(weightFile(directory, layer), hasBiasRow);
                layers.add(weights);
                Path biasFile = biasFile(directory, layer);
                if (isThere(biasFile)) {
                    if (hasBiasRow) {
                        throw new FileFormatException(biasFile,
                                "a second bias, besides the last row of %s; remove one of them"
                                        .formatted(weightFile(directory, layer).getFileName()));
                    }
                    layers.set(layer, new LayerWeights(weights.topology(), weights.weights(),
                            readBias(biasFile, weights.topology().outputs())));
                }
                layers.set(layer, withActivation(layers.get(layer), activationFile(directory, layer)));
            }
            return new NetworkWeights(layers);
        } catch (IOException | RuntimeException e) {
            layers.forEach(LayerWeights::close);
            throw e;
        }
    }

    /**
     * Reads a bias file.
     *
     * @param file a {@code bias_lK.npy}
     * @param outputs the number of values it must hold
     * @return the values, owned by the caller
     * @throws FileFormatException if it is missing or damaged, of another length, or a value is not finite
     */
    public static FloatArray readBias(Path file, int outputs) throws IOException {
        try (NpyReader reader = NpyReader.open(file)) {
            if (reader.requireVector() != outputs) {
                throw new FileFormatException(file,
                        "%d values, expected %d, one per output neuron".formatted(reader.count(), outputs));
            }
            return readFinite(reader, file, "bias");
        }
    }

    /** Also true of a link that leads nowhere, which must not be taken for a layer without a bias. */
    private static boolean isThere(Path file) {
        return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
    }

    private static LayerWeights withActivation(LayerWeights layer, Path file) throws IOException {
        return isThere(file)
                ? new LayerWeights(layer.topology(), layer.weights(), layer.bias(),
                        readActivation(file, layer.topology().outputs()))
                : layer;
    }

    private static FloatArray readActivation(Path file, int outputs) throws IOException {
        try (NpyReader reader = NpyReader.open(file)) {
            List<Long> expected = List.of((long) outputs, (long) LayerWeights.ACTIVATION_PARAMETERS);
            if (!reader.shape().equals(expected)) {
                throw new FileFormatException(file, "shape %s, expected %s, one row per output neuron"
                        .formatted(reader.shape(), expected));
            }
            return readFinite(reader, file, "activation");
        }
    }

    private static FloatArray readFinite(NpyReader reader, Path file, String label) throws IOException {
        FloatArray values = reader.readFloats(label);
        for (long i = 0; i < values.length(); i++) {
            float value = values.get(i);
            if (!Float.isFinite(value)) {
                values.close();
                throw new FileFormatException(file,
                        "element %d is %s; expected a finite float32 number".formatted(i, value));
            }
        }
        return values;
    }

    /**
     * Writes one layer into a directory.
     *
     * @param directory exists
     * @param layer number of the layer, 0 at the input side
     * @param topology the connections
     * @param weights one weight per connection, in incoming order
     * @param bias one value per output neuron, or null for none; an older bias file is removed then
     * @throws IllegalArgumentException if the sizes do not agree
     */
    public static void writeLayer(Path directory, int layer, LayerTopology topology, FloatArray weights,
            @Nullable FloatArray bias) throws IOException {
        writeLayer(directory, layer, new LayerWeights(topology, weights, bias));
    }

    /**
     * Writes one layer into a directory. Files of an older layer's bias and activation are removed where this has none.
     *
     * @param directory exists
     * @param layer number of the layer, 0 at the input side
     * @param values stay the caller's
     */
    public static void writeLayer(Path directory, int layer, LayerWeights values) throws IOException {
        SparseMatrixFile.write(weightFile(directory, layer), values.topology(), values.weights());
        writeOrDelete(biasFile(directory, layer), values.bias());
        writeOrDelete(activationFile(directory, layer), values.activation(), values.topology().outputs(),
                LayerWeights.ACTIVATION_PARAMETERS);
    }

    private static void writeOrDelete(Path file, @Nullable FloatArray values, long... shape) throws IOException {
        if (values == null) {
            Files.deleteIfExists(file);
        } else {
            NpyWriter.write(file, values, shape);
        }
    }

    /**
     * Writes a network, making the directory if needed. Each file is replaced as a whole; the directory is not.
     *
     * @throws FileFormatException if the directory holds a deeper network, whose last layers would remain
     */
    public static void write(Path directory, NetworkWeights network) throws IOException {
        Files.createDirectories(directory);
        SortedSet<Integer> present = layersIn(directory);
        if (!present.isEmpty() && present.last() >= network.layers().size()) {
            throw new FileFormatException(directory,
                    "holds %s of a deeper network than the %d layers to write; choose another directory"
                            .formatted(weightFile(directory, present.last()).getFileName(), network.layers().size()));
        }
        for (int layer = 0; layer < network.layers().size(); layer++) {
            writeLayer(directory, layer, network.layers().get(layer));
        }
    }

    private static LayerWeights readLayer(Path file, boolean hasBiasRow) throws IOException {
        return hasBiasRow ? SparseMatrixFile.readWithBiasRow(file) : SparseMatrixFile.read(file);
    }

    /** Whether at least one weight file is there. */
    static boolean isNetwork(Path directory) throws IOException {
        return !layersIn(directory).isEmpty();
    }

    private static SortedSet<Integer> layersIn(Path directory) throws IOException {
        SortedSet<Integer> layers = new TreeSet<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Matcher matcher = WEIGHT_NAME.matcher(String.valueOf(file.getFileName()));
                if (matcher.matches()) {
                    layers.add(Integer.valueOf(matcher.group(1)));
                }
            }
        }
        return layers;
    }

    private static int countLayers(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            throw new FileFormatException(directory, Files.exists(directory)
                    ? "is not a directory; expected one with weight_l0.npz, weight_l1.npz, …"
                    : "no such directory");
        }
        SortedSet<Integer> layers = layersIn(directory);
        if (layers.isEmpty()) {
            throw new FileFormatException(directory,
                    "holds no weight_l0.npz; expected weight_l0.npz, weight_l1.npz, …");
        }
        for (int layer = 0; layer < layers.size(); layer++) {
            if (!layers.contains(layer)) {
                throw new FileFormatException(directory, "weight_l%d.npz is missing, but weight_l%d.npz is there"
                        .formatted(layer, layers.last()));
            }
        }
        return layers.size();
    }

    private static boolean hasBiasRow(Path directory, int depth, BiasRow biasRow) throws IOException {
        List<SparseMatrixFile.Shape> shapes = new ArrayList<>();
        for (int layer = 0; layer < depth; layer++) {
            shapes.add(SparseMatrixFile.readShape(weightFile(directory, layer)));
        }
        boolean withBias = switch (biasRow) {
            case PRESENT -> true;
            case ABSENT -> false;
            case AUTO -> depth > 1 && shapes.get(1).rows() == shapes.get(0).columns() + 1;
        };
        for (int layer = 1; layer < depth; layer++) {
            int rows = shapes.get(layer).rows();
            int expected = shapes.get(layer - 1).columns() + (withBias ? 1 : 0);
            if (rows != expected) {
                throw new FileFormatException(weightFile(directory, layer),
                        "%d rows, but layer %d has %d outputs; expected %d rows %s".formatted(rows, layer - 1,
                                shapes.get(layer - 1).columns(), expected,
                                reason(withBias, biasRow)));
            }
        }
        return withBias;
    }

    private static String reason(boolean withBias, BiasRow biasRow) {
        if (biasRow == BiasRow.AUTO) {
            return withBias
                    ? "with a bias row, as layer 1 has one"
                    : "without a bias row, or one more with it in all layers";
        }
        return withBias ? "with the bias row asked for" : "without a bias row, as asked for";
    }
}
