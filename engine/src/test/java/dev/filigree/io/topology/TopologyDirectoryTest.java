package dev.filigree.io.topology;

import static dev.filigree.io.Fixtures.fixture;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.filigree.io.FileFormatException;
import dev.filigree.topology.NetworkTopology;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TopologyDirectoryTest {
    @TempDir
    Path directory;

    @Test
    void opensASingleNetwork() throws IOException {
        TopologyDirectory network = TopologyDirectory.open(fixture("biased_chain"));
        assertThat(network.epochs()).isEmpty();
        try (NetworkTopology topology = network.readLastTopology(BiasRow.AUTO)) {
            assertThat(topology.depth()).isEqualTo(3);
        }
    }

    @Test
    void opensARun() throws IOException {
        makeRun(0, 20, 100);
        TopologyDirectory run = TopologyDirectory.open(directory);
        assertThat(run.epochs()).containsExactly(0, 20, 100);
        try (NetworkTopology topology = run.readTopology(20, BiasRow.AUTO)) {
            assertThat(topology.depth()).isEqualTo(3);
        }
    }

    @Test
    void takesTheLastEpochByNumber() throws IOException {
        makeRun(0, 999, 1000);
        assertThat(TopologyDirectory.open(directory).lastNetwork()).isEqualTo(directory.resolve("topology/epoch_1000"));
    }

    @Test
    void opensAFolderOfEpochs() throws IOException {
        makeRun(0, 10);
        assertThat(TopologyDirectory.open(directory.resolve("topology")).epochs()).containsExactly(0, 10);
    }

    @Test
    void listsTheEpochsWhenOneIsMissing() throws IOException {
        makeRun(0, 10, 100);
        TopologyDirectory run = TopologyDirectory.open(directory);
        assertThatThrownBy(() -> run.networkAt(50)).isInstanceOf(FileFormatException.class)
                .hasMessageEndingWith("no epoch 50; saved are 0, 10, 100");
    }

    @Test
    void refusesAnEpochThatIsThereTwice() throws IOException {
        makeRun(1, 12);
        Files.createDirectory(directory.resolve("topology/epoch_12"));
        assertThatThrownBy(() -> TopologyDirectory.open(directory)).isInstanceOf(FileFormatException.class)
                .hasMessageEndingWith("topology: holds one epoch twice, as epoch_012 and as epoch_12; remove one");
    }

    @Test
    void refusesAnEpochOfASingleNetwork() throws IOException {
        TopologyDirectory network = TopologyDirectory.open(fixture("biased_chain"));
        assertThatThrownBy(() -> network.networkAt(3)).isInstanceOf(FileFormatException.class)
                .hasMessageContaining("a single network without epochs, but epoch 3 was asked for");
    }

    @Test
    void refusesARunWithoutTopologies() throws IOException {
        Files.writeString(directory.resolve("run.json"), "{}");
        assertThatThrownBy(() -> TopologyDirectory.open(directory)).isInstanceOf(FileFormatException.class)
                .hasMessageContaining("a run without saved topologies");
    }

    @Test
    void refusesADirectoryWithoutNetworks() {
        assertThatThrownBy(() -> TopologyDirectory.open(directory)).isInstanceOf(FileFormatException.class)
                .hasMessageContaining("holds neither weight_l0.npz nor epoch_NNN nor run.json");
    }

    @Test
    void refusesAMissingDirectoryAndAFile() {
        assertThatThrownBy(() -> TopologyDirectory.open(directory.resolve("none")))
                .isInstanceOf(FileFormatException.class).hasMessageEndingWith("no such directory");
        assertThatThrownBy(() -> TopologyDirectory.open(fixture("biased_chain/weight_l0.npz")))
                .isInstanceOf(FileFormatException.class).hasMessageContaining("is not a directory");
    }

    private void makeRun(int... epochs) throws IOException {
        Files.writeString(directory.resolve("run.json"), "{}");
        for (int epoch : epochs) {
            Path network = Files.createDirectories(TopologyDirectory.epochDirectory(directory, epoch));
            for (int layer = 0; layer < 3; layer++) {
                Files.copy(fixture("biased_chain/weight_l%d.npz".formatted(layer)),
                        NetworkFiles.weightFile(network, layer));
            }
        }
    }
}
