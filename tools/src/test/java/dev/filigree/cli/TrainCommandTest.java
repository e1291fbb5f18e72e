package dev.filigree.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.filigree.io.topology.BiasRow;
import dev.filigree.io.topology.NetworkFiles;
import dev.filigree.io.topology.NetworkWeights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrainCommandTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    static Path shared;

    private static Path data;

    @TempDir
    Path temporary;

    @BeforeAll
    static void writeData() throws IOException {
        data = TinyDataset.write(shared.resolve("data"), 1);
    }

    @Test
    void runDirectoryHoldsRecordHistoryAndEveryEpoch() throws Exception {
        Path run = temporary.resolve("deep").resolve("run");
        InProcess.Result result = TinyRun.train(data, run, "--validation", "0.1", "--activation", "all-relu:0.25");
        assertThat(result.err()).isEmpty();
        assertThat(result.exitCode()).isZero();
        assertThat(result.out()).contains("25-16-12-10", "epoch 3", "Accuracy", "filigree inspect " + run);

        JsonNode record = JSON.readTree(run.resolve("run.json").toFile());
        assertThat(record.at("/status").asText()).isEqualTo("finished");
        assertThat(record.at("/settings/network/activation").asText()).isEqualTo("all-relu:0.25");
        assertThat(record.at("/settings/seed").asLong()).isEqualTo(1);
        assertThat(record.at("/data/sha256").asText()).hasSize(64);
        assertThat(record.at("/data/validationSamples").asInt()).isEqualTo(20);
        assertThat(record.at("/results/network").asText()).isEqualTo("topology/epoch_003");
        assertThat(record.at("/results/bestTestAccuracy").asDouble()).isGreaterThan(0.5);

        List<String> history = Files.readAllLines(run.resolve("history.csv"));
        assertThat(history).hasSize(4);
        assertThat(history.getFirst()).startsWith(
                "epoch,train_loss,train_accuracy,test_loss,test_accuracy,seconds,validation_loss,validation_accuracy,")
                .endsWith(",connections_l0,connections_l1,connections_l2,rewired_l0,rewired_l1,rewired_l2");
        assertThat(history).allMatch(line -> line.split(",", -1).length == 19);
        assertThat(networks(run)).containsExactly("epoch_000", "epoch_001", "epoch_002", "epoch_003");
        assertThat(run.resolve("topology/epoch_000/bias_l2.npy")).exists();
    }

    @Test
    void evaluateGivesTheAccuracyOfTheHistory() throws Exception {
        Path run = temporary.resolve("run");
        assertThat(TinyRun.train(data, run, "--loss", "mse", "--dropout", "0.1").exitCode()).isZero();
        List<String> history = Files.readAllLines(run.resolve("history.csv"));
        for (int epoch = 1; epoch <= 3; epoch++) {
            String[] cells = history.get(epoch).split(",");
            InProcess.Result result = InProcess.filigree("evaluate", run.toString(), "--epoch", "" + epoch, "--json",
                    "--threads", "2");
            assertThat(result.err()).isEmpty();
            JsonNode evaluation = JSON.readTree(result.out());
            assertThat(evaluation.at("/loss").asDouble()).isEqualTo(Double.parseDouble(cells[3]));
            assertThat(evaluation.at("/accuracy").asDouble()).isEqualTo(Double.parseDouble(cells[4]));
            assertThat(evaluation.at("/classes")).hasSize(10);
        }
    }

    @Test
    void productsAndActivationFormatAreRecordedAndUsedAgain() throws Exception {
        Path run = temporary.resolve("run");
        assertThat(TinyRun.train(data, run, "--activations", "bf16", "--dense-above", "1").exitCode()).isZero();
        JsonNode record = JSON.readTree(run.resolve("run.json").toFile());
        assertThat(record.at("/settings/compute/activations").asText()).isEqualTo("bf16");
        assertThat(record.at("/settings/compute/denseAbove").asDouble()).isEqualTo(1);
        assertThat(record.at("/network/layers/0/products").asText()).isEqualTo("sparse");
        String[] cells = Files.readAllLines(run.resolve("history.csv")).get(3).split(",");
        JsonNode evaluation = JSON
                .readTree(InProcess.filigree("evaluate", run.toString(), "--json", "--threads", "2").out());
        assertThat(evaluation.at("/loss").asDouble()).isEqualTo(Double.parseDouble(cells[3]));
    }

    @Test
    void measuredBreakEvenIsRecordedAsANumber() throws Exception {
        Path run = temporary.resolve("run");
        InProcess.Result result = TinyRun.train(data, run, "--dense-above", "measured");
        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.out()).contains("dense products above a density of ");
        assertThat(JSON.readTree(run.resolve("run.json").toFile()).at("/settings/compute/denseAbove").asDouble(-1))
                .isBetween(0.0, 1.0);
    }

    @Test
    void denseNetworksAreEvaluatedExactlyToo() throws Exception {
        Path run = temporary.resolve("run");
        InProcess.Result trained = InProcess.filigree("train", "--dense", "--hidden", "9", "--epochs", "1",
                "--data-dir", data.toString(), "--out", run.toString(), "--json", "--quiet");
        assertThat(trained.exitCode()).isZero();
        assertThat(trained.err()).isEmpty();
        JsonNode evaluation = JSON.readTree(InProcess.filigree("evaluate", run.toString(), "--json").out());
        assertThat(evaluation.at("/loss").isNumber()).isTrue();
        assertThat(evaluation.at("/loss")).isEqualTo(JSON.readTree(trained.out()).at("/testLoss"));
    }

    @Test
    void everyLayerMayHaveItsOwnDensityAndTheOutputMayEvolve() throws Exception {
        Path run = temporary.resolve("run");
        InProcess.Result result = InProcess.filigree("train", "--hidden", "16,12", "--density", "0.2,0.3,0.5",
                "--sparse-output", "--evolve-output", "--regrow", "init", "--epochs", "2", "--schedule", "cosine",
                "--warmup", "0.5", "--nesterov", "--weight-decay", "1e-4", "--init", "xavier", "--data-dir",
                data.toString(), "--out", run.toString());
        assertThat(result.exitCode()).isZero();
        assertThat(result.out()).contains("density 0.2, 0.3, 0.5, output layer sparse");
        String[] first = Files.readAllLines(run.resolve("history.csv")).get(1).split(",");
        assertThat(List.of(first[16], first[17], first[18])).noneMatch("0"::equals);
    }

    @Test
    void adamIsRecordedWithThePapersDefaults() throws Exception {
        Path run = temporary.resolve("run");
        InProcess.Result result = InProcess.filigree("train", "--optimizer", "adam", "--beta2", "0.99", "--hidden",
                "16,12", "--epsilon", "4", "--epochs", "1", "--data-dir", data.toString(), "--out", run.toString());
        assertThat(result.err()).isEmpty();
        assertThat(result.exitCode()).isZero();
        JsonNode training = JSON.readTree(run.resolve("run.json").toFile()).at("/settings/training");
        assertThat(training.at("/learningRate").asDouble()).isEqualTo(0.001);
        assertThat(training.at("/momentum").asDouble()).isZero();
        assertThat(training.at("/adam/beta1").asDouble()).isEqualTo(0.9);
        assertThat(training.at("/adam/beta2").asDouble()).isEqualTo(0.99);
        assertThat(training.at("/adam/epsilon").asDouble()).isEqualTo(1e-8);
    }

    @Test
    void adamLearnsTheBundledSample() throws Exception {
        InProcess.Result result = InProcess.filigree("train", "--optimizer", "adam", "--data", "fashion-mnist-sample",
                "--hidden", "100", "--epochs", "2", "--snapshot-every", "0", "--json", "--quiet", "--out",
                temporary.resolve("run").toString());
        assertThat(result.err()).isEmpty();
        assertThat(JSON.readTree(result.out()).at("/testAccuracy").asDouble()).isGreaterThan(0.75);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "--dense", "--optimizer adam"})
    void learnedActivationsLearnTheBundledSample(String options) throws Exception {
        Path run = temporary.resolve("run");
        List<String> arguments = new ArrayList<>(List.of("train", "--activation", "srelu", "--data",
                "fashion-mnist-sample", "--hidden", "100", "--epochs", "3", "--json", "--quiet", "--out",
                run.toString()));
        arguments.addAll(options.isEmpty() ? List.of() : List.of(options.split(" ")));
        InProcess.Result result = InProcess.filigree(arguments.toArray(String[]::new));
        assertThat(result.err()).isEmpty();
        assertThat(JSON.readTree(result.out()).at("/testAccuracy").asDouble()).isGreaterThan(0.75);
        try (NetworkWeights first = readNetwork(run, 0); NetworkWeights last = readNetwork(run, 3)) {
            float[] before = Objects.requireNonNull(first.layers().get(0).activation()).toArray();
            float[] after = Objects.requireNonNull(last.layers().get(0).activation()).toArray();
            for (int parameter = 0; parameter < 4; parameter++) {
                int from = parameter;
                assertThat(IntStream.range(0, 100).filter(j -> before[4 * j + from] != after[4 * j + from]).count())
                        .as("neurons that changed parameter %d", parameter).isGreaterThan(50);
            }
            assertThat(last.layers().get(1).activation()).as("output layer").isNull();
        }
    }

    private static NetworkWeights readNetwork(Path run, int epoch) throws IOException {
        return NetworkFiles.readWeights(run.resolve("topology/epoch_%03d".formatted(epoch)), BiasRow.ABSENT);
    }

    @Test
    void learnedActivationsAreEvaluatedExactly() throws Exception {
        Path run = temporary.resolve("run");
        assertThat(TinyRun.train(data, run, "--activation", "srelu").exitCode()).isZero();
        String[] cells = Files.readAllLines(run.resolve("history.csv")).get(3).split(",");
        JsonNode evaluation = JSON
                .readTree(InProcess.filigree("evaluate", run.toString(), "--json", "--threads", "2").out());
        assertThat(evaluation.at("/loss").asDouble()).isEqualTo(Double.parseDouble(cells[3]));
    }

    @Test
    void networkWithoutItsLearnedActivationIsNotEvaluated() throws Exception {
        Path run = temporary.resolve("run");
        TinyRun.train(data, run, "--activation", "srelu", "--epochs", "1");
        Files.delete(run.resolve("topology/epoch_001/activation_l1.npy"));
        InProcess.Result result = InProcess.filigree("evaluate", run.toString());
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).contains(
                "activation_l1.npy: is missing, but the layer's activation is srelu, whose parameters are learned");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--evolution rigl --update-every 20",
            "--evolution gradual-pruning --density 1 --final-density 0.05 --update-every 20"})
    void updatesWithinEpochsLearnTheBundledSample(String options) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("train", "--data", "fashion-mnist-sample", "--hidden",
                "100,100", "--epochs", "4", "--snapshot-every", "0", "--json", "--quiet", "--out",
                temporary.resolve("run").toString()));
        arguments.addAll(List.of(options.split(" ")));
        InProcess.Result result = InProcess.filigree(arguments.toArray(String[]::new));
        assertThat(result.err()).isEmpty();
        assertThat(JSON.readTree(result.out()).at("/testAccuracy").asDouble()).isGreaterThan(0.75);
        String[] first = Files.readAllLines(temporary.resolve("run/history.csv")).get(1).split(",");
        assertThat(List.of(first[16], first[17])).as("rewired").noneMatch("0"::equals);
    }

    @Test
    void settingsOfEvolutionAreRecorded() throws Exception {
        Path run = temporary.resolve("run");
        InProcess.Result result = TinyRun.train(data, run, "--evolution", "snfs", "--zeta", "0.2", "--final-density",
                "0.1", "--evolve-from", "0.1", "--prune-neurons", "10", "--prune-neurons-every", "2");
        assertThat(result.err()).isEmpty();
        assertThat(result.out())
                .contains("SNFS with zeta falling from 0.2 to density 0.1 every epoch, from 0.1 to 1 of "
                        + "the training; weak neurons are pruned from epoch 1 on");
        JsonNode evolution = JSON.readTree(run.resolve("run.json").toFile()).at("/settings/evolution");
        assertThat(evolution).isEqualTo(JSON.readTree("""
                {"rule": "snfs", "zeta": 0.2, "regrow": "zero", "evolveOutput": false, "drop": "cosine",
                 "updates": {"every": 0, "from": 0.1, "until": 1.0}, "finalDensity": 0.1,
                 "neurons": {"percentile": 10.0, "from": 1, "every": 2}}"""));
    }

    @Test
    void olderRecordsOfEvolutionAreRead() throws Exception {
        Path run = temporary.resolve("run");
        TinyRun.train(data, run, "--epochs", "1");
        Path file = run.resolve("run.json");
        JsonNode record = JSON.readTree(file.toFile());
        ((ObjectNode) record.at("/settings/evolution")).remove(List.of("drop", "updates", "finalDensity", "neurons"));
        JSON.writeValue(file.toFile(), record);
        assertThat(InProcess.filigree("train", "--resume", run.toString(), "--epochs", "2").exitCode()).isZero();
        assertThat(JSON.readTree(file.toFile()).at("/settings/evolution/drop").asText()).isEqualTo("constant");
    }

    @Test
    void evaluateWarnsOfOtherData() throws Exception {
        Path run = temporary.resolve("run");
        TinyRun.train(data, run, "--epochs", "1");
        Path other = TinyDataset.write(temporary.resolve("other"), 2);
        InProcess.Result result = InProcess.filigree("evaluate", run.toString(), "--data-dir", other.toString());
        assertThat(result.exitCode()).isZero();
        assertThat(result.err()).contains("WARNING", "other data");
        assertThat(result.out()).contains("accuracy", "100 samples");
    }

    @Test
    void jsonIsAloneOnStandardOutput() throws Exception {
        InProcess.Result result = TinyRun.train(data, temporary.resolve("run"), "--json");
        JsonNode summary = JSON.readTree(result.out());
        assertThat(summary.at("/status").asText()).isEqualTo("finished");
        assertThat(summary.at("/epochs").asInt()).isEqualTo(3);
        assertThat(summary.at("/connections").asLong()).isPositive();
        assertThat(result.err()).contains("epoch 3");
    }

    @Test
    void quietPrintsTheSummaryAlone() {
        InProcess.Result result = TinyRun.train(data, temporary.resolve("run"), "--quiet");
        assertThat(result.out()).contains("Accuracy").doesNotContain("epoch 1 ");
        assertThat(result.err()).isEmpty();
    }

    @Test
    void sameSeedGivesTheSameFilesWithAnyNumberOfThreads() throws Exception {
        Path one = temporary.resolve("one");
        Path two = temporary.resolve("two");
        TinyRun.train(data, one);
        TinyRun.train(data, two, "--threads", "2");
        for (String file : List.of("weight_l0.npz", "weight_l1.npz", "weight_l2.npz", "bias_l0.npy", "bias_l2.npy")) {
            assertThat(two.resolve("topology/epoch_003").resolve(file))
                    .hasSameBinaryContentAs(one.resolve("topology/epoch_003").resolve(file));
        }
    }

    @Test
    void filledDirectoryIsRefused() throws Exception {
        Files.writeString(temporary.resolve("notes.txt"), "mine");
        InProcess.Result result = TinyRun.train(data, temporary);
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).contains("holds files already", "--overwrite").hasLineCount(1);
        assertThat(temporary.resolve("run.json")).doesNotExist();
    }

    @Test
    void overwritingReplacesTheRunAndKeepsOtherFiles() throws Exception {
        TinyRun.train(data, temporary, "--overwrite");
        Files.writeString(temporary.resolve("notes.txt"), "mine");
        Files.createDirectory(temporary.resolve("topology/.epoch_009.partial"));
        assertThat(TinyRun.train(data, temporary, "--overwrite", "--epochs", "1").exitCode()).isZero();
        assertThat(temporary.resolve("notes.txt")).hasContent("mine");
        assertThat(networks(temporary)).containsExactly("epoch_000", "epoch_001");
        assertThat(Files.readAllLines(temporary.resolve("history.csv"))).hasSize(2);
    }

    @Test
    void fewerSnapshotsKeepTheFirstAndTheLast() throws Exception {
        TinyRun.train(data, temporary.resolve("two"), "--snapshot-every", "2");
        assertThat(networks(temporary.resolve("two"))).containsExactly("epoch_000", "epoch_002", "epoch_003");
        TinyRun.train(data, temporary.resolve("none"), "--snapshot-every", "0");
        assertThat(networks(temporary.resolve("none"))).containsExactly("epoch_000", "epoch_003");
    }

    @Test
    void divergenceIsRecordedAndTheLastGoodNetworkStays() throws Exception {
        Path run = temporary.resolve("run");
        InProcess.Result result = TinyRun.train(data, run, "--lr", "1e6", "--loss", "mse");
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).contains("diverged", "epoch 1", "layer", run.resolve("topology/epoch_000").toString())
                .hasLineCount(1);
        JsonNode record = JSON.readTree(run.resolve("run.json").toFile());
        assertThat(record.at("/status").asText()).isEqualTo("diverged");
        assertThat(record.at("/failedEpoch").asInt()).isEqualTo(1);
        assertThat(record.at("/message").asText()).contains("smaller learning rate");
        assertThat(InProcess.filigree("evaluate", run.toString()).exitCode()).isZero();
    }

    @Test
    void runBelowAFileIsAFailure() throws Exception {
        Path file = Files.writeString(temporary.resolve("file"), "");
        InProcess.Result result = TinyRun.train(data, file.resolve("run"));
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).contains("not a directory", file.toString()).hasLineCount(1);
    }

    @Test
    void damagedRecordIsAFailure() throws Exception {
        Files.writeString(temporary.resolve("run.json"), "{\"format\": 1}");
        InProcess.Result result = InProcess.filigree("evaluate", temporary.toString());
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).contains("run.json", "incomplete").hasLineCount(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/settings/data", "/settings/network", "/settings/training", "/settings/evolution",
            "/data/sha256"})
    void recordWithoutAPartIsAFailure(String part) throws Exception {
        Path run = temporary.resolve("run");
        TinyRun.train(data, run, "--epochs", "1");
        Path file = run.resolve("run.json");
        JsonNode record = JSON.readTree(file.toFile());
        JsonPointer pointer = JsonPointer.compile(part);
        ((ObjectNode) record.at(pointer.head())).remove(pointer.last().getMatchingProperty());
        JSON.writeValue(file.toFile(), record);
        assertIncomplete(InProcess.filigree("evaluate", run.toString()));
    }

    @Test
    void nullRecordIsAFailure() throws Exception {
        Files.writeString(temporary.resolve("run.json"), "null");
        assertIncomplete(InProcess.filigree("evaluate", temporary.toString()));
    }

    private static void assertIncomplete(InProcess.Result result) {
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).contains("run.json: incomplete").hasLineCount(1);
    }

    @Test
    void evaluatingWhatIsNoRunIsAFailure() {
        InProcess.Result result = InProcess.filigree("evaluate", temporary.toString());
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).contains("is not a run").hasLineCount(1);
    }

    private static List<String> networks(Path run) throws IOException {
        try (var entries = Files.list(run.resolve("topology"))) {
            return entries.map(entry -> String.valueOf(entry.getFileName())).sorted().toList();
        }
    }
}
