package dev.filigree.cli.distance.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.filigree.distance.DistanceMethod;
import dev.filigree.distance.OutputNeurons;
import dev.filigree.distance.pairs.NetworkPair;
import dev.filigree.distance.pairs.PairDistance;
import dev.filigree.topology.LayerTopology;
import dev.filigree.topology.NetworkTopology;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PairFileTest {
    /** No decimal fraction, so that every bit counts. */
    private static final PairDistance THIRD = new PairDistance(List.of(1.0 / 3, 0.1), 1e-17);
    private static final PairDistance HALF = new PairDistance(List.of(0.5, 0.0), 0);

    @TempDir
    Path directory;

    private Path file;

    private final List<NetworkTopology> networks = new ArrayList<>();

    @BeforeEach
    void chooseFile() {
        file = directory.resolve("pairs.txt");
    }

    @AfterEach
    void closeNetworks() {
        networks.forEach(NetworkTopology::close);
    }

    private NetworkTopology network(int... sources) {
        NetworkTopology network = new NetworkTopology(List.of(LayerTopology.of(9, sources, new int[]{8})));
        networks.add(network);
        return network;
    }

    private NetworkPair pair(int source) {
        return new NetworkPair(network(0), network(source));
    }

    private void enter(NetworkPair pair, PairDistance distance) throws IOException {
        try (PairFile pairs = PairFile.open(file, DistanceMethod.exact(OutputNeurons.MATCHED))) {
            pairs.enter(pair, distance);
        }
    }

    @Test
    void pairsAreFoundAgainToTheBit() throws IOException {
        enter(pair(1), THIRD);
        enter(pair(2), HALF);
        try (PairFile pairs = PairFile.open(file, DistanceMethod.exact(OutputNeurons.MATCHED))) {
            assertThat(pairs.find(pair(1))).isEqualTo(THIRD);
            assertThat(pairs.find(pair(2))).isEqualTo(HALF);
        }
    }

    @Test
    void anythingElseIsNotKnown() throws IOException {
        enter(pair(1), THIRD);
        try (PairFile pairs = PairFile.open(file, DistanceMethod.exact(OutputNeurons.MATCHED))) {
            assertThat(pairs.find(pair(3))).as("another connection").isNull();
            assertThat(pairs.find(new NetworkPair(pair(1).b(), pair(1).a()))).as("the other way round").isNull();
        }
        try (PairFile pairs = PairFile.open(file, DistanceMethod.exact(OutputNeurons.PINNED))) {
            assertThat(pairs.find(pair(1))).as("other output neurons").isNull();
        }
    }

    /** Wherever a write is torn, the whole lines before it are kept and the file goes on after them. */
    @ParameterizedTest
    @ValueSource(ints = {1, 20, 100, 150})
    void tornLineIsDropped(int missing) throws IOException {
        enter(pair(1), THIRD);
        long whole = Files.size(file);
        enter(pair(2), HALF);
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length - missing));
        try (PairFile pairs = PairFile.open(file, DistanceMethod.exact(OutputNeurons.MATCHED))) {
            assertThat(pairs.find(pair(1))).isEqualTo(THIRD);
            assertThat(pairs.find(pair(2))).isNull();
            assertThat(Files.size(file)).isEqualTo(whole);
            pairs.enter(pair(2), HALF);
        }
        assertThat(file).hasBinaryContent(bytes);
    }

    @Test
    void changedDigitIsNoticed() throws IOException {
        enter(pair(1), THIRD);
        Files.writeString(file, Files.readString(file).replace("0.333", "0.433"));
        try (PairFile pairs = PairFile.open(file, DistanceMethod.exact(OutputNeurons.MATCHED))) {
            assertThat(pairs.find(pair(1))).isNull();
        }
    }

    @Test
    void pairsOfAnotherVersionAreDropped() throws IOException {
        enter(pair(1), THIRD);
        Files.writeString(file, Files.readString(file).replace("filigree pairs 1", "filigree pairs 0"));
        try (PairFile pairs = PairFile.open(file, DistanceMethod.exact(OutputNeurons.MATCHED))) {
            assertThat(pairs.find(pair(1))).isNull();
        }
        assertThat(file).content().startsWith("filigree pairs 1\n");
    }

    @Test
    void anotherFileIsNotTouched() throws IOException {
        Files.writeString(file, "a,b,c\n");
        assertThatThrownBy(() -> PairFile.open(file, DistanceMethod.exact(OutputNeurons.MATCHED)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("not a file of finished pairs");
        assertThat(file).hasContent("a,b,c\n");
    }

    @Test
    void twoComparisonsDoNotShareAFile() throws IOException {
        try (PairFile first = PairFile.open(file, DistanceMethod.exact(OutputNeurons.MATCHED))) {
            assertThatThrownBy(() -> PairFile.open(file, DistanceMethod.exact(OutputNeurons.MATCHED)))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("another comparison is writing it");
            first.enter(pair(1), THIRD);
        }
        assertThat(Files.readAllLines(file)).hasSize(2);
    }

    @Test
    void emptyFileIsANewOne() throws IOException {
        Files.write(file, new byte[0], StandardOpenOption.CREATE);
        enter(pair(1), THIRD);
        assertThat(Files.readAllLines(file)).hasSize(2);
    }
}
