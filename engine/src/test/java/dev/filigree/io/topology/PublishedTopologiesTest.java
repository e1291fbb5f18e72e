package dev.filigree.io.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.filigree.topology.LayerTopology;
import dev.filigree.topology.NetworkTopology;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The networks published with the NNSTD paper, where a folder {@code shared/data} lies beside the repository. */
class PublishedTopologiesTest {
    @TempDir
    Path directory;

    @Test
    void readsAllEpochs() throws IOException {
        TopologyDirectory network = TopologyDirectory.open(published());
        assertThat(network.epochs()).containsExactly(0, 10, 20, 30, 40, 50, 100, 150, 190);
        for (int epoch : network.epochs()) {
            try (NetworkTopology topology = network.readTopology(epoch, BiasRow.AUTO)) {
                assertThat(topology.layers()).extracting(LayerTopology::inputs).containsOnly(784);
                assertThat(topology.layers()).extracting(LayerTopology::outputs).containsExactly(784, 784, 784, 10);
            }
        }
    }

    /** The counts are SciPy's: entries of the matrix, and of its last row. */
    @Test
    void countsConnectionsWithoutTheBias() throws IOException {
        try (NetworkTopology topology = TopologyDirectory.open(published()).readTopology(0, BiasRow.AUTO)) {
            assertThat(topology.layers()).extracting(LayerTopology::connections).containsExactly(4479L - 707,
                    4347L - 691, 4187L - 689, 7850L - 10);
        }
    }

    @Test
    void roundTripsARealNetwork() throws IOException {
        try (NetworkWeights original = NetworkFiles.readWeights(
                TopologyDirectory.open(published()).networkAt(190), BiasRow.AUTO)) {
            NetworkFiles.write(directory, original);
            try (NetworkWeights back = NetworkFiles.readWeights(directory, BiasRow.AUTO)) {
                for (int layer = 0; layer < 4; layer++) {
                    LayerWeights expected = original.layers().get(layer);
                    LayerWeights actual = back.layers().get(layer);
                    assertThat(actual.topology().sameConnections(expected.topology())).isTrue();
                    assertThat(actual.weights().toArray()).isEqualTo(expected.weights().toArray());
                }
            }
        }
    }

    private static Path published() {
        Path found = null;
        for (Path folder = Path.of("").toAbsolutePath(); folder != null && found == null; folder = folder.getParent()) {
            Path candidate = folder.resolve("shared/data/topologies/e5_s0_w0");
            found = Files.isDirectory(candidate) ? candidate : null;
        }
        assumeTrue(found != null, "the published topologies are not beside the repository (shared/data/topologies)");
        return found;
    }
}
