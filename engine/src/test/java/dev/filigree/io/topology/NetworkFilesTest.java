package dev.filigree.io.topology;

import static dev.filigree.io.Fixtures.fixture;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.filigree.io.FileFormatException;
import dev.filigree.io.NpyWriter;
import dev.filigree.memory.FloatArray;
import dev.filigree.memory.OffHeapMemory;
import dev.filigree.topology.LayerTopology;
import dev.filigree.topology.NetworkTopology;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NetworkFilesTest {
    @TempDir
    Path directory;

    @AfterEach
    void nothingStaysAllocated() {
        assertThat(OffHeapMemory.leakReport()).noneMatch(
                line -> line.contains("of a matrix") || line.contains("bias") || line.contains("activation"));
    }

    @ParameterizedTest
    @EnumSource(names = {"AUTO", "PRESENT"})
    void recognizesTheBiasRowFromTheShapes(BiasRow biasRow) throws IOException {
        try (NetworkWeights network = NetworkFiles.readWeights(fixture("biased_chain"), biasRow)) {
            assertThat(network.layers()).extracting(layer -> layer.topology().inputs()).containsExactly(6, 5, 4);
            assertThat(network.layers()).extracting(layer -> layer.topology().outputs()).containsExactly(5, 4, 3);
            assertThat(values(network.layers().get(0).bias())).containsExactly(0, 0.5f, 1, 1.5f, 2);
        }
    }

    @Test
    void keepsWeightsInIncomingOrderBesideTheBiasRow() throws IOException {
        try (NetworkWeights network = NetworkFiles.readWeights(fixture("biased_chain"), BiasRow.AUTO);
                LayerTopology expected = LayerTopology.of(5, new int[]{0, 2, 3}, new int[]{0, 1, 3, 4}, new int[]{4},
                        new int[]{0, 1, 3})) {
            LayerWeights layer = network.layers().get(1);
            assertThat(layer.topology().sameConnections(expected)).isTrue();
            assertThat(layer.weights().toArray()).containsExactly(0.375f, 2.125f, 6.375f, 7.625f, 4.125f, 1, 2.625f,
                    4.75f, 6, 0.625f, 2.875f);
        }
    }

    @Test
    void readsTheTopologyAlone() throws IOException {
        try (NetworkTopology topology = NetworkFiles.readTopology(fixture("biased_chain"), BiasRow.AUTO);
                NetworkWeights network = NetworkFiles.readWeights(fixture("biased_chain"), BiasRow.AUTO)) {
            assertThat(topology.depth()).isEqualTo(3);
            for (int layer = 0; layer < 3; layer++) {
                assertThat(topology.layer(layer).sameConnections(network.topology().layer(layer))).isTrue();
            }
        }
    }

    @Test
    void refusesABiasRowDeclaredAbsent() {
        assertRefused(fixture("biased_chain"), BiasRow.ABSENT,
                "weight_l1.npz: 6 rows, but layer 0 has 5 outputs; expected 5 rows without a bias row, as asked for");
    }

    @Test
    void takesASingleLayerToHaveNoBiasRow() throws IOException {
        writeNetwork(4, 3);
        try (NetworkTopology topology = NetworkFiles.readTopology(directory, BiasRow.AUTO)) {
            assertThat(topology.layer(0).inputs()).isEqualTo(4);
        }
    }

    @Test
    void readsABiasRowForcedOnASingleLayer() throws IOException {
        writeNetwork(4, 3);
        try (NetworkTopology topology = NetworkFiles.readTopology(directory, BiasRow.PRESENT)) {
            assertThat(topology.layer(0).inputs()).isEqualTo(3);
        }
    }

    @Test
    void refusesABiasRowDeclaredPresentThatIsNotThere() throws IOException {
        writeNetwork(4, 3, 2);
        assertRefused(directory, BiasRow.PRESENT, "weight_l1.npz: 3 rows, but layer 0 has 3 outputs; expected 4 rows");
    }

    @Test
    void refusesShapesThatChainInNoWay() throws IOException {
        writeLayer(0, 4, 3);
        writeLayer(1, 7, 2);
        assertRefused(directory, BiasRow.AUTO,
                "weight_l1.npz: 7 rows, but layer 0 has 3 outputs; expected 3 rows without a bias row, or one more with it in all layers");
    }

    @Test
    void refusesABiasRowInSomeLayersOnly() throws IOException {
        writeNetwork(4, 3, 2, 2);
        writeLayer(1, 4, 2);
        assertRefused(directory, BiasRow.AUTO,
                "weight_l2.npz: 2 rows, but layer 1 has 2 outputs; expected 3 rows with a bias row, as layer 1 has one");
    }

    @Test
    void refusesAGapInTheLayerNumbers() throws IOException {
        writeNetwork(4, 3, 2, 2);
        Files.delete(NetworkFiles.weightFile(directory, 1));
        assertRefused(directory, BiasRow.AUTO, "weight_l1.npz is missing, but weight_l2.npz is there");
    }

    @Test
    void refusesANetworkThatDoesNotStartAtLayerZero() throws IOException {
        writeNetwork(4, 3, 2);
        Files.delete(NetworkFiles.weightFile(directory, 0));
        assertRefused(directory, BiasRow.AUTO, "weight_l0.npz is missing, but weight_l1.npz is there");
    }

    @Test
    void refusesADirectoryWithoutLayers() {
        assertRefused(directory, BiasRow.AUTO, "holds no weight_l0.npz");
    }

    @Test
    void roundTripsWeightsAndBiases() throws IOException {
        Path copy = directory.resolve("new/copy");
        try (NetworkWeights original = NetworkFiles.readWeights(fixture("biased_chain"), BiasRow.AUTO)) {
            NetworkFiles.write(copy, original);
            try (NetworkWeights back = NetworkFiles.readWeights(copy, BiasRow.AUTO)) {
                for (int layer = 0; layer < 3; layer++) {
                    LayerWeights expected = original.layers().get(layer);
                    LayerWeights actual = back.layers().get(layer);
                    assertThat(actual.topology().sameConnections(expected.topology())).isTrue();
                    assertThat(actual.weights().toArray()).isEqualTo(expected.weights().toArray());
                    assertThat(values(actual.bias())).isEqualTo(values(expected.bias()));
                }
            }
        }
    }

    @Test
    void aLayerMayHaveNoBias() throws IOException {
        writeNetwork(4, 3, 2);
        writeBias(1, 1, 2);
        try (NetworkWeights network = NetworkFiles.readWeights(directory, BiasRow.AUTO)) {
            assertThat(network.layers().get(0).bias()).isNull();
            assertThat(values(network.layers().get(1).bias())).containsExactly(1, 2);
        }
    }

    @Test
    void refusesABiasOfAnotherLength() throws IOException {
        writeNetwork(4, 3);
        writeBias(0, 1, 2);
        assertRefused(directory, BiasRow.AUTO, "bias_l0.npy: 2 values, expected 3, one per output neuron");
    }

    @Test
    void refusesABiasThatIsNotFinite() throws IOException {
        writeNetwork(4, 3);
        writeBias(0, 1, Float.NaN, 2);
        assertRefused(directory, BiasRow.AUTO, "bias_l0.npy: element 1 is NaN");
    }

    @Test
    void refusesABiasFileBesideABiasRow() throws IOException {
        writeNetwork(4, 3);
        writeBias(0, 1, 2, 3);
        assertRefused(directory, BiasRow.PRESENT, "bias_l0.npy: a second bias, besides the last row of weight_l0.npz");
    }

    @Test
    void aBiasThatIsALinkToNowhereIsNotLeftOut() throws IOException {
        writeNetwork(4, 3);
        Files.createSymbolicLink(NetworkFiles.biasFile(directory, 0), directory.resolve("gone.npy"));
        assertThatThrownBy(() -> NetworkFiles.readWeights(directory, BiasRow.ABSENT).close())
                .isInstanceOf(FileFormatException.class).hasMessageEndingWith("bias_l0.npy: no such file");
    }

    @Test
    void removesTheOldBiasOfALayerWrittenWithoutOne() throws IOException {
        writeBias(0, 1, 2, 3);
        writeLayer(0, 4, 3);
        assertThat(NetworkFiles.biasFile(directory, 0)).doesNotExist();
    }

    @Test
    void roundTripsLearnedActivations() throws IOException {
        writeNetwork(4, 3, 2);
        writeActivation(0, 3, 4);
        Path copy = directory.resolve("copy");
        try (NetworkWeights original = NetworkFiles.readWeights(directory, BiasRow.AUTO)) {
            assertThat(original.layers().get(1).activation()).isNull();
            NetworkFiles.write(copy, original);
        }
        assertThat(NetworkFiles.activationFile(copy, 0)).hasSameBinaryContentAs(
                NetworkFiles.activationFile(directory, 0));
        assertThat(NetworkFiles.activationFile(copy, 1)).doesNotExist();
        try (NetworkWeights back = NetworkFiles.readWeights(copy, BiasRow.AUTO)) {
            assertThat(values(back.layers().get(0).activation())).startsWith(0, 1, 2).endsWith(10, 11);
        }
    }

    @Test
    void refusesAnActivationOfAnotherShape() throws IOException {
        writeNetwork(4, 3);
        for (long[] shape : new long[][]{{2, 4}, {4, 3}, {3, 5}, {12}, {3, 4, 1}}) {
            writeActivation(0, shape);
            assertRefused(directory, BiasRow.AUTO, "activation_l0.npy: shape ");
            assertRefused(directory, BiasRow.AUTO, ", expected [3, 4], one row per output neuron");
        }
    }

    @Test
    void refusesAnActivationThatIsCutShort() throws IOException {
        writeNetwork(4, 3);
        writeActivation(0, 3, 4);
        Path file = NetworkFiles.activationFile(directory, 0);
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length - 1));
        assertRefused(directory, BiasRow.AUTO, "activation_l0.npy: ");
    }

    @Test
    void refusesAnActivationThatIsNotFinite() throws IOException {
        writeNetwork(4, 3);
        try (FloatArray values = FloatArray.allocate(12, "test")) {
            values.set(7, Float.POSITIVE_INFINITY);
            NpyWriter.write(NetworkFiles.activationFile(directory, 0), values, 3, 4);
        }
        assertRefused(directory, BiasRow.AUTO, "activation_l0.npy: element 7 is Infinity");
    }

    @Test
    void removesTheOldActivationOfALayerWrittenWithoutOne() throws IOException {
        writeActivation(0, 3, 4);
        writeLayer(0, 4, 3);
        assertThat(NetworkFiles.activationFile(directory, 0)).doesNotExist();
    }

    @Test
    void refusesToMixWithADeeperNetwork() throws IOException {
        writeNetwork(4, 3, 2, 5, 1);
        try (NetworkWeights shallow = NetworkFiles.readWeights(fixture("biased_chain"), BiasRow.AUTO)) {
            assertThatThrownBy(() -> NetworkFiles.write(directory, shallow)).isInstanceOf(FileFormatException.class)
                    .hasMessageContaining("holds weight_l3.npz of a deeper network than the 3 layers to write");
        }
    }

    private static float[] values(@Nullable FloatArray bias) {
        assertThat(bias).isNotNull();
        return bias == null ? new float[0] : bias.toArray();
    }

    private static void assertRefused(Path network, BiasRow biasRow, String message) {
        assertThatThrownBy(() -> NetworkFiles.readWeights(network, biasRow).close())
                .isInstanceOf(FileFormatException.class).hasMessageContaining(message).message().hasLineCount(1);
    }

    /** Writes layers of two connections per neuron between these numbers of neurons. */
    private void writeNetwork(int... sizes) throws IOException {
        for (int layer = 0; layer + 1 < sizes.length; layer++) {
            writeLayer(layer, sizes[layer], sizes[layer + 1]);
        }
    }

    private void writeLayer(int layer, int inputs, int outputs) throws IOException {
        List<int[]> incoming = new ArrayList<>();
        for (int output = 0; output < outputs; output++) {
            incoming.add(new int[]{0, inputs - 1});
        }
        try (LayerTopology topology = LayerTopology.of(inputs, incoming.toArray(int[][]::new));
                FloatArray weights = FloatArray.allocate(2L * outputs, "test")) {
            NetworkFiles.writeLayer(directory, layer, topology, weights, null);
        }
    }

    /** Writes 0, 1, 2, … */
    private void writeActivation(int layer, long... shape) throws IOException {
        try (FloatArray values = FloatArray.allocate(Arrays.stream(shape).reduce(1, (a, b) -> a * b), "test")) {
            for (int i = 0; i < values.length(); i++) {
                values.set(i, i);
            }
            NpyWriter.write(NetworkFiles.activationFile(directory, layer), values, shape);
        }
    }

    private void writeBias(int layer, float... values) throws IOException {
        try (FloatArray bias = FloatArray.copyOf(values, "test")) {
            NpyWriter.write(NetworkFiles.biasFile(directory, layer), bias);
        }
    }
}
