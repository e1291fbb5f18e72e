package dev.filigree.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.filigree.io.topology.BiasRow;
import dev.filigree.io.topology.LayerWeights;
import dev.filigree.io.topology.NetworkFiles;
import dev.filigree.io.topology.NetworkWeights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Training that begins from a saved network. */
class TrainStartTest {
    @TempDir
    static Path shared;

    private static Path data;
    private static Path first;

    @TempDir
    Path temporary;

    @BeforeAll
    static void trainFirst() throws IOException {
        data = TinyDataset.write(shared.resolve("data"), 1);
        first = shared.resolve("first");
        assertThat(TinyRun.train(data, first).exitCode()).isZero();
    }

    @Test
    void connectionsAreTakenOverAndWeightsAreFresh() throws IOException {
        InProcess.Result result = start("--topology", first + ":1", "--seed", "2");
        assertThat(result.exitCode()).as(result.err()).isZero();
        try (NetworkWeights source = read(first, 1); NetworkWeights begun = read(run(), 0)) {
            for (int l = 0; l < 3; l++) {
                LayerWeights expected = source.layers().get(l);
                LayerWeights layer = begun.layers().get(l);
                assertThat(layer.topology().sameConnections(expected.topology())).isTrue();
                assertThat(layer.weights().segment().mismatch(expected.weights().segment())).isNotNegative();
            }
        }
    }

    @Test
    void weightsAndBiasesAreTakenOverWhereAskedFor() throws IOException {
        InProcess.Result result = start("--topology", first.toString(), "--keep-weights");
        assertThat(result.exitCode()).as(result.err()).isZero();
        try (NetworkWeights source = read(first, 3); NetworkWeights begun = read(run(), 0)) {
            LayerWeights expected = source.layers().get(1);
            LayerWeights layer = begun.layers().get(1);
            assertThat(layer.weights().segment().mismatch(expected.weights().segment())).isNegative();
            assertThat(Objects.requireNonNull(layer.bias()).segment()
                    .mismatch(Objects.requireNonNull(expected.bias()).segment())).isNegative();
        }
    }

    @Test
    void learnedActivationsAreTakenOverWithTheWeightsOnly() throws IOException {
        Path learned = temporary.resolve("learned");
        assertThat(TinyRun.train(data, learned, "--activation", "srelu").exitCode()).isZero();
        Path kept = temporary.resolve("kept");
        start(kept, "--topology", learned.toString(), "--keep-weights", "--activation", "srelu");
        Path fresh = temporary.resolve("fresh");
        start(fresh, "--topology", learned.toString(), "--activation", "srelu");
        Path source = learned.resolve("topology/epoch_003/activation_l1.npy");
        assertThat(kept.resolve("topology/epoch_000/activation_l1.npy")).hasSameBinaryContentAs(source);
        assertThat(Files.readAllBytes(fresh.resolve("topology/epoch_000/activation_l1.npy")))
                .isNotEqualTo(Files.readAllBytes(source));
        InProcess.Result other = start(temporary.resolve("other"), "--topology", learned.toString(), "--keep-weights");
        assertThat(other.exitCode()).isEqualTo(1);
        assertThat(other.err()).contains("activation_l0.npy: holds a learned activation, but the layer's is to be "
                + "leaky-relu(0.1); give the activation it was trained with");
    }

    @Test
    void evenTheFirstEpochHasTheSameBitsForAnyNumberOfThreads() throws IOException {
        start("--topology", first + ":2", "--threads", "1");
        Path second = temporary.resolve("second");
        start(second, "--topology", first + ":2", "--threads", "2");
        try (NetworkWeights one = read(run(), 1); NetworkWeights two = read(second, 1)) {
            assertThat(one.layers().get(0).weights().segment().mismatch(two.layers().get(0).weights().segment()))
                    .isNegative();
        }
    }

    @Test
    void anotherShapeThanTheDataIsRefusedBeforeAnythingIsWritten() throws IOException {
        Path other = temporary.resolve("other");
        InProcess.Result result = InProcess.filigree("train", "--data", "fashion-mnist-sample", "--out",
                other.toString(), "--topology", first.toString());
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).contains("a network of 25 inputs and 10 outputs, but the data has 784 features");
        assertThat(other).doesNotExist();
    }

    private InProcess.Result start(String... more) {
        return start(run(), more);
    }

    private static InProcess.Result start(Path run, String... more) {
        return InProcess.filigree(Stream.concat(Stream.of("train", "--data-dir", data.toString(), "--out",
                run.toString(), "--batch", "16", "--epochs", "1", "--quiet"), Stream.of(more)).toArray(String[]::new));
    }

    private Path run() {
        return temporary.resolve("run");
    }

    private static NetworkWeights read(Path run, int epoch) throws IOException {
        return NetworkFiles.readWeights(run.resolve("topology").resolve("epoch_%03d".formatted(epoch)),
                BiasRow.ABSENT);
    }
}
