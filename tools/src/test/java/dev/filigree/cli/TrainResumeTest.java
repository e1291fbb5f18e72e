package dev.filigree.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A run that is continued becomes what it would have been. */
class TrainResumeTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    static Path shared;

    private static Path data;

    @TempDir
    Path temporary;

    private Path run;

    @BeforeAll
    static void writeData() throws IOException {
        data = TinyDataset.write(shared.resolve("data"), 1);
    }

    @BeforeEach
    void nameRun() {
        run = temporary.resolve("run");
    }

    /** Without momentum, everything that counts is in the files. */
    @ParameterizedTest
    @ValueSource(strings = {"--evolution static", "--evolution set --regrow zero", "--regrow init --dropout 0.2",
            "--sparse-output --evolve-output --validation 0.1 --warmup 2.5", "--activation all-relu:0.25 --l2 1e-4",
            "--evolution rigl --update-every 5 --evolve-until 1 --drop-schedule constant",
            "--evolution dsr --prune-neurons 20", "--activation srelu --l2 1e-4 --dropout 0.1"})
    void longerRunIsWhatItWouldHaveBeenFromTheStart(String options) throws Exception {
        String[] settings = (options + " --momentum 0").split(" ");
        Path whole = temporary.resolve("whole");
        assertThat(TinyRun.train(data, whole, with(settings, "--epochs", "4")).exitCode()).isZero();
        assertThat(TinyRun.train(data, run, with(settings, "--epochs", "2")).exitCode()).isZero();
        Map<String, String> before = networks(run);

        InProcess.Result result = resume("--epochs", "4", "--threads", "2");
        assertThat(result.err()).isEmpty();
        assertThat(result.exitCode()).isZero();
        assertThat(result.out()).contains("after epoch 2 of 4", "epoch 3 ", "epoch 4 ", "Accuracy")
                .doesNotContain("epoch 1  train", "epoch 2  train", "momentum");

        assertThat(networks(run)).containsAllEntriesOf(before).isEqualTo(networks(whole));
        assertThat(historyWithoutTimes(run)).hasSize(5).isEqualTo(historyWithoutTimes(whole));
        JsonNode record = record(run);
        assertThat(record.at("/status").asText()).isEqualTo("finished");
        assertThat(record.at("/resumedFromEpoch").asInt()).isEqualTo(2);
        assertThat(record.at("/settings/training/epochs").asInt()).isEqualTo(4);
        assertThat(record.at("/settings/threads").asInt()).isEqualTo(2);
        for (String same : List.of("/settings/training", "/settings/network", "/settings/evolution", "/data",
                "/network", "/results/epochs", "/results/testLoss", "/results/bestTestAccuracy",
                "/results/bestEpoch")) {
            assertThat(record.at(same)).as(same).isEqualTo(record(whole).at(same));
        }
    }

    @Test
    void interruptedRunGoesOnAfterItsLastSavedNetwork() throws Exception {
        TinyRun.train(data, run, "--epochs", "5", "--momentum", "0", "--schedule", "cosine");
        Map<String, String> networks = networks(run);
        List<String> history = historyWithoutTimes(run);
        List<String> times = Files.readAllLines(run.resolve("history.csv")).subList(0, 4);
        deleteNetworks("epoch_004", "epoch_005");
        Files.createDirectory(run.resolve("topology/.epoch_004.partial"));

        assertThat(resume("--quiet").exitCode()).isZero();
        assertThat(networks(run)).isEqualTo(networks);
        assertThat(historyWithoutTimes(run)).isEqualTo(history);
        assertThat(Files.readAllLines(run.resolve("history.csv"))).as("times and all").startsWith(
                times.toArray(String[]::new));
    }

    @Test
    void runStoppedInItsFirstEpochBeginsAgainAndLosesNothing() throws Exception {
        TinyRun.train(data, run, "--epochs", "2");
        Map<String, String> networks = networks(run);
        List<String> history = historyWithoutTimes(run);
        deleteNetworks("epoch_001", "epoch_002");
        assertThat(resume().exitCode()).isZero();
        assertThat(networks(run)).as("even with momentum, which is 0 at the start").isEqualTo(networks);
        assertThat(historyWithoutTimes(run)).isEqualTo(history);
    }

    @Test
    void adamGoesOnWithItsNumbersAndMomentsOfZero() throws Exception {
        TinyRun.train(data, run, "--epochs", "1", "--optimizer", "adam", "--lr", "0.01", "--beta1", "0.8");
        JsonNode settings = record(run).at("/settings/training");
        InProcess.Result result = resume("--epochs", "3");
        assertThat(result.err()).isEmpty();
        assertThat(result.out()).contains("the moments of Adam, which are not saved, start at 0", "epoch 3 ");
        assertThat(record(run).at("/settings/training/adam")).isEqualTo(settings.at("/adam"));
        assertThat(record(run).at("/settings/training/learningRate")).isEqualTo(settings.at("/learningRate"));
    }

    /** Runs from before there was a choice know nothing of Adam. */
    @Test
    void runThatNamesNoOptimizerGoesOnWithMomentum() throws Exception {
        TinyRun.train(data, run, "--epochs", "1");
        ObjectNode record = (ObjectNode) record(run);
        ((ObjectNode) record.at("/settings/training")).remove("adam");
        JSON.writeValue(run.resolve("run.json").toFile(), record);
        InProcess.Result result = resume("--epochs", "2");
        assertThat(result.exitCode()).isZero();
        assertThat(result.out()).contains("momentum, which is not saved, starts at 0");
    }

    @Test
    void epochThatIsMissingInTheHistoryIsSaid() throws Exception {
        TinyRun.train(data, run, "--epochs", "2");
        Path file = run.resolve("history.csv");
        Files.write(file, Files.readAllLines(file).subList(0, 2));
        assertThat(resume("--epochs", "3").out()).contains("history.csv has no line for epoch 2");
        assertThat(Files.readAllLines(file)).extracting(line -> line.substring(0, line.indexOf(',')))
                .containsExactly("epoch", "1", "3");
    }

    @Test
    void fewerSnapshotsAndJson() throws Exception {
        TinyRun.train(data, run, "--epochs", "1");
        InProcess.Result result = resume("--epochs", "4", "--snapshot-every", "0", "--json");
        assertThat(result.err()).contains("momentum, which is not saved, starts at 0", "epoch 4");
        JsonNode summary = JSON.readTree(result.out());
        assertThat(summary.at("/status").asText()).isEqualTo("finished");
        assertThat(summary.at("/epochs").asInt()).isEqualTo(4);
        assertThat(networks(run).keySet()).extracting(name -> name.substring(0, 9)).containsOnly("epoch_000",
                "epoch_001", "epoch_004");
    }

    @ParameterizedTest
    @CsvSource({"--lr 0.1,--lr", "--hidden 5,--hidden", "--out elsewhere,--out", "--overwrite,--overwrite",
            "--seed 2,--seed", "--data mnist,--data", "--nesterov,--nesterov", "--optimizer adam,--optimizer",
            "--evolution static,--evolution"})
    void settingsOfTheRunCannotBeChanged(String options, String named) throws Exception {
        TinyRun.train(data, run, "--epochs", "1");
        InProcess.Result result = resume(("--epochs 2 " + options).split(" "));
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains("filigree: " + named + " is not possible with --resume-into",
                "expected --epochs, --threads");
    }

    @ParameterizedTest
    @CsvSource({"--epochs 0,--epochs is 0", "--threads 0,--threads is 0", "--snapshot-every -1,--snapshot-every is -1"})
    void wrongValuesAreUsageErrors(String options, String message) {
        InProcess.Result result = resume(options.split(" "));
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "--epochs 1"})
    void completeRunIsLeftAlone(String options) throws Exception {
        TinyRun.train(data, run, "--epochs", "2");
        Map<String, String> before = files(run);
        assertRefused(resume(options.isEmpty() ? new String[0] : options.split(" ")), "nothing is left to do",
                "epoch 2 is done", "--epochs");
        assertThat(files(run)).isEqualTo(before);
    }

    @Test
    void otherDataIsRefused() throws Exception {
        TinyRun.train(data, run, "--epochs", "1");
        Map<String, String> before = files(run);
        Path other = TinyDataset.write(temporary.resolve("other"), 2);
        assertRefused(resume("--epochs", "2", "--data-dir", other.toString()), "trained on other data", "SHA-256",
                "--data-dir");
        assertThat(files(run)).isEqualTo(before);
    }

    @Test
    void sameDataElsewhereIsFine() throws Exception {
        TinyRun.train(data, run, "--epochs", "1");
        Path moved = TinyDataset.write(temporary.resolve("moved"), 1);
        assertThat(resume("--epochs", "2", "--data-dir", moved.toString()).exitCode()).isZero();
        assertThat(record(run).at("/settings/data/directory").asText()).isEqualTo(moved.toString());
    }

    @Test
    void directoryWithoutRunOrNetworkIsRefused() throws Exception {
        assertRefused(resume(), "no such directory");
        Files.createDirectory(run);
        assertRefused(resume(), "is not a run: it has no run.json");
        TinyRun.train(data, run, "--epochs", "1");
        deleteNetworks("epoch_000", "epoch_001");
        assertRefused(resume(), "without saved");
    }

    @Test
    void damagedHistoryIsRefusedAndNothingChanges() throws Exception {
        TinyRun.train(data, run, "--epochs", "1");
        Path file = run.resolve("history.csv");
        Files.writeString(file, Files.readString(file, StandardCharsets.UTF_8) + "2,3\n");
        Map<String, String> before = files(run);
        assertRefused(resume("--epochs", "2"), "history.csv: line 3 is damaged", "19 columns");
        Files.writeString(file, "x\n");
        assertRefused(resume("--epochs", "2"), "not the history of a run of 3 layers");
        before.remove("history.csv");
        assertThat(files(run)).containsAllEntriesOf(before);
    }

    private InProcess.Result resume(String... more) {
        return InProcess.filigree(Stream.concat(Stream.of("train", "--resume-into", run.toString()), Stream.of(more))
                .toArray(String[]::new));
    }

    private static String[] with(String[] options, String... more) {
        return Stream.concat(Stream.of(options), Stream.of(more)).toArray(String[]::new);
    }

    private void assertRefused(InProcess.Result result, String... message) {
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).contains(message).contains(run.toString()).hasLineCount(1);
        assertThat(result.out()).isEmpty();
    }

    private static JsonNode record(Path run) throws IOException {
        return JSON.readTree(run.resolve("run.json").toFile());
    }

    /** Of every line the cells that are no times. */
    private static List<String> historyWithoutTimes(Path run) throws IOException {
        return Files.readAllLines(run.resolve("history.csv")).stream().map(line -> {
            List<String> cells = List.of(line.split(",", -1));
            return String.join(",", cells.subList(0, 5)) + "," + String.join(",", cells.subList(6, 8)) + ","
                    + String.join(",", cells.subList(14, cells.size()));
        }).toList();
    }

    private static Map<String, String> networks(Path run) throws Exception {
        return files(run.resolve("topology"));
    }

    /** Digests of all files by name. */
    private static Map<String, String> files(Path root) throws Exception {
        List<Path> paths;
        try (Stream<Path> walk = Files.walk(root)) {
            paths = walk.filter(Files::isRegularFile).toList();
        }
        Map<String, String> digests = new TreeMap<>();
        for (Path path : paths) {
            digests.put(root.relativize(path).toString(), HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(path))));
        }
        return digests;
    }

    private void deleteNetworks(String... names) throws IOException {
        for (String name : names) {
            List<Path> paths;
            try (Stream<Path> walk = Files.walk(run.resolve("topology").resolve(name))) {
                paths = walk.sorted(Comparator.reverseOrder()).toList();
            }
            for (Path path : paths) {
                Files.delete(path);
            }
        }
    }
}
