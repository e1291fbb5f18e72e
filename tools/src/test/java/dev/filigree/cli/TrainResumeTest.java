package dev.filigree.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.filigree.cli.train.TrainArguments;
import dev.filigree.cli.train.TrainingSession;
import dev.filigree.training.TrainingListener;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.util.ArrayList;
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

    /** The last checkpoint of a run that is done is where it goes on if it is to be longer. */
    @ParameterizedTest
    @ValueSource(strings = {"--evolution static --optimizer adam --lr 0.01", "--evolution set --regrow zero",
            "--regrow init --dropout 0.2 --nesterov", "--sparse-output --evolve-output --validation 0.1 --warmup 2",
            "--activation all-relu:0.25 --l2 1e-4 --activations bf16",
            "--evolution rigl --update-every 5 --evolve-until 1 --drop-schedule constant",
            "--evolution dsr --prune-neurons 20 --optimizer adam --lr 0.01",
            "--activation srelu --l2 1e-4 --dropout 0.1", "--clip-norm 0.1", "--clip-value 0.001 --optimizer adam"})
    void longerRunIsWhatItWouldHaveBeenFromTheStart(String options) throws Exception {
        String[] settings = options.split(" ");
        int steps = options.contains("--validation") ? 12 : 13;
        Path whole = temporary.resolve("whole");
        assertThat(TinyRun.train(data, whole, with(settings, "--epochs", "4")).exitCode()).isZero();
        assertThat(TinyRun.train(data, run, with(settings, "--epochs", "2")).exitCode()).isZero();
        Map<String, String> before = networks(run);

        InProcess.Result result = resume("--epochs", "4", "--threads", "2");
        assertThat(result.err()).isEmpty();
        assertThat(result.exitCode()).isZero();
        assertThat(result.out()).contains("Resumed  in epoch 2 of 4 after step " + steps + ", from", "epoch 2  train",
                "epoch 3 ", "epoch 4 ", "Accuracy").doesNotContain("epoch 1  train");

        assertThat(networks(run)).containsAllEntriesOf(before).isEqualTo(networks(whole));
        assertThat(historyWithoutTimes(run)).hasSize(5).isEqualTo(historyWithoutTimes(whole));
        JsonNode record = record(run);
        assertThat(record.at("/status").asText()).isEqualTo("finished");
        assertThat(record.at("/resumedInEpoch").asInt()).isEqualTo(2);
        assertThat(record.at("/resumedAfterStep").asInt()).isEqualTo(steps);
        assertThat(record.at("/settings/training/epochs").asInt()).isEqualTo(4);
        assertThat(record.at("/settings/threads").asInt()).isEqualTo(2);
        for (String same : List.of("/settings/training", "/settings/network", "/settings/evolution", "/data",
                "/network", "/results/epochs", "/results/testLoss", "/results/bestTestAccuracy",
                "/results/bestEpoch")) {
            assertThat(record.at(same)).as(same).isEqualTo(record(whole).at(same));
        }
    }

    /** Within the first epoch, before any checkpoint; within later ones; and when the last is done but not evaluated. */
    @ParameterizedTest
    @CsvSource({"1,16", "2,16", "2,200", "3,112", "4,200", "5,200"})
    void runThatBreaksOffGoesOnAsIfItHadNot(int epoch, int samples) throws Exception {
        String[] options = {"--epochs", "5", "--schedule", "cosine", "--dropout", "0.1", "--optimizer", "adam", "--lr",
                "0.01", "--checkpoint-minutes", "1e-9", "--checkpoint-share", "10"};
        Path whole = temporary.resolve("whole");
        assertThat(TinyRun.train(data, whole, options).exitCode()).isZero();
        breakOff(epoch, samples, options);
        assertThat(record(run).at("/status").asText()).isEqualTo("failed");

        InProcess.Result result = resume("--threads", "3");
        assertThat(result.err()).isEmpty();
        assertThat(result.exitCode()).isZero();
        assertThat(result.out()).contains(epoch == 1 ? "Resumed  " : "Resumed  in epoch ");
        assertThat(networks(run)).isEqualTo(networks(whole));
        assertThat(historyWithoutTimes(run)).isEqualTo(historyWithoutTimes(whole));
    }

    private void breakOff(int epoch, int samples, String... options) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("--hidden", "16,12", "--epsilon", "4", "--batch", "16",
                "--threads", "1", "--data-dir", data.toString()));
        arguments.addAll(List.of(options));
        PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
        TrainingSession session = new TrainingSession(TrainArguments.parse(arguments), run, true, false, nowhere,
                nowhere).listen(new TrainingListener() {
                    @Override
                    public void stepDone(int now, int done, int total) {
                        if (now == epoch && done == samples) {
                            throw new UncheckedIOException(new IOException("broken off"));
                        }
                    }
                });
        assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> session.run(false));
    }

    @ParameterizedTest
    @CsvSource({"1,1", "2,5"})
    void runWithoutACheckpointBeginsAgainAndLosesNothing(int epoch, int every) throws Exception {
        String[] options = {"--epochs", "3", "--checkpoint-minutes", "0", "--checkpoint-every", "" + every};
        Path whole = temporary.resolve("whole");
        TinyRun.train(data, whole, with(options, "--lr", "0.05", "--schedule", "constant"));
        breakOff(epoch, 112, with(options, "--lr", "0.05", "--schedule", "constant"));
        assertThat(run.resolve("checkpoints")).doesNotExist();
        InProcess.Result result = resume();
        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.out())
                .contains("Resumed  from the beginning: the run was stopped before it had a checkpoint");
        assertThat(networks(run)).isEqualTo(networks(whole));
        assertThat(historyWithoutTimes(run)).isEqualTo(historyWithoutTimes(whole));
    }

    @Test
    void runThatIsDoneIsNotBegunAgain() throws Exception {
        TinyRun.train(data, run, "--epochs", "2", "--checkpoint-every", "0", "--checkpoint-minutes", "0");
        assertThat(run.resolve("checkpoints")).doesNotExist();
        Map<String, String> before = files(run);
        assertRefused(resume("--epochs", "3"), "is done, and has no checkpoint to go on from", "--topology",
                "--keep-weights");
        assertThat(files(run)).isEqualTo(before);
    }

    @Test
    void damagedCheckpointIsSaidAndSkipped() throws Exception {
        TinyRun.train(data, run, "--epochs", "2");
        Path good = run.resolve("checkpoints/epoch_0002_step_000013.checkpoint");
        Path bad = Files.copy(good, run.resolve("checkpoints/epoch_0003_step_000013.checkpoint"));
        byte[] bytes = Files.readAllBytes(bad);
        bytes[bytes.length / 2] ^= 1;
        Files.write(bad, bytes);
        InProcess.Result result = resume("--epochs", "4", "--quiet");
        assertThat(result.exitCode()).isZero();
        assertThat(result.err()).contains("WARNING: skipped a damaged checkpoint", bad.toString(), "is damaged",
                "going on from " + good).hasLineCount(1);
        assertThat(bad.resolveSibling(bad.getFileName() + ".damaged")).hasBinaryContent(bytes);
        Path whole = temporary.resolve("whole");
        TinyRun.train(data, whole, "--epochs", "4");
        assertThat(networks(run)).isEqualTo(networks(whole));
    }

    @Test
    void runWithoutAWholeCheckpointIsRefused() throws Exception {
        TinyRun.train(data, run, "--epochs", "2", "--keep-checkpoints", "1");
        Path bad = run.resolve("checkpoints/epoch_0002_step_000013.checkpoint");
        assertThat(bad.getParent()).isDirectoryNotContaining(file -> !file.equals(bad));
        Files.write(bad, new byte[100]);
        Map<String, String> before = files(run);
        assertRefused(resume("--epochs", "3"), "none of its checkpoints is whole", bad.toString(),
                "is not a checkpoint", "--topology");
        assertThat(files(run)).isEqualTo(before);
    }

    @Test
    void checkpointOfAnotherRunIsRefused() throws Exception {
        Path other = temporary.resolve("other");
        TinyRun.train(data, other, "--epochs", "2", "--seed", "2");
        TinyRun.train(data, run, "--epochs", "2");
        String name = "checkpoints/epoch_0002_step_000013.checkpoint";
        Files.copy(other.resolve(name), run.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        assertRefused(resume("--epochs", "3"), "is of a run with other settings or data");
    }

    @Test
    void leftoversOfAKilledProcessAreRemoved() throws Exception {
        TinyRun.train(data, run, "--epochs", "1");
        String temporaryName = ".01234567-89ab-cdef-0123-456789abcdef-";
        Path checkpoint = Files.write(run.resolve("checkpoints/" + temporaryName + "x.checkpoint"), new byte[9]);
        Path history = Files.write(run.resolve(temporaryName + "history.csv"), new byte[9]);
        Path partial = Files.createDirectory(run.resolve("topology/.epoch_002.partial"));
        Path old = Files.createDirectory(run.resolve("topology/.epoch_001.old"));
        assertThat(resume("--epochs", "2").exitCode()).isZero();
        assertThat(List.of(checkpoint, history, partial, old)).noneMatch(Files::exists);
    }

    /** Older records know no checkpoints. */
    @Test
    void recordWithoutCheckpointSettingsIsRead() throws Exception {
        TinyRun.train(data, run, "--epochs", "1");
        ObjectNode record = (ObjectNode) record(run);
        ((ObjectNode) record.at("/settings")).remove("checkpoints");
        JSON.writeValue(run.resolve("run.json").toFile(), record);
        assertThat(resume("--epochs", "2").exitCode()).isZero();
        assertThat(record(run).at("/settings/checkpoints/everyEpochs").asInt()).isEqualTo(1);
    }

    @Test
    void epochsThatAreMissingInTheHistoryAreSaid() throws Exception {
        TinyRun.train(data, run, "--epochs", "3");
        Path file = run.resolve("history.csv");
        Files.write(file, Files.readAllLines(file).subList(0, 2));
        assertThat(resume("--epochs", "4", "--quiet").err())
                .contains("history.csv has no line of epoch 2; the best epoch is that of the others");
        assertThat(Files.readAllLines(file)).extracting(line -> line.substring(0, line.indexOf(',')))
                .containsExactly("epoch", "1", "3", "4");
    }

    @Test
    void missingHistoryIsSaid() throws Exception {
        TinyRun.train(data, run, "--epochs", "3");
        Files.delete(run.resolve("history.csv"));
        assertThat(resume("--epochs", "4").err()).contains("history.csv has no line of epoch 1 and 1 more;");
    }

    @Test
    void missingBiasIsRefused() throws Exception {
        TinyRun.train(data, run, "--epochs", "1");
        Path bias = run.resolve("topology/epoch_001/bias_l1.npy");
        Files.delete(bias);
        assertRefused(InProcess.filigree("evaluate", run.toString(), "--data-dir", data.toString()),
                bias + ": is missing");
    }

    @Test
    void otherKernelsAreSaid() throws Exception {
        TinyRun.train(data, run, "--epochs", "1");
        ObjectNode record = (ObjectNode) record(run);
        ((ObjectNode) record.at("/machine")).put("kernels", "abacus");
        JSON.writeValue(run.resolve("run.json").toFile(), record);
        assertThat(resume("--epochs", "2").out()).contains("computed by others than before (abacus;");
    }

    @Test
    void fewerSnapshotsAndJson() throws Exception {
        TinyRun.train(data, run, "--epochs", "1");
        InProcess.Result result = resume("--epochs", "4", "--snapshot-every", "0", "--json");
        assertThat(result.err()).contains("Resumed", "epoch 4");
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
        assertThat(result.err()).contains("filigree: " + named + " is not possible with --resume",
                "expected --epochs, --threads");
    }

    @ParameterizedTest
    @CsvSource({"--epochs 0,--epochs is 0", "--threads 0,--threads is 0", "--snapshot-every -1,--snapshot-every is -1",
            "--checkpoint-every -1,--checkpoint-every is -1", "--checkpoint-minutes -1,--checkpoint-minutes is -1",
            "--keep-checkpoints 0,--keep-checkpoints is 0",
            "--checkpoint-share 0,--checkpoint-share is 0"})
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
                "in epoch 2", "--epochs");
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
    void otherDataIsRefusedAlsoWhereTheRunBeginsAgain() throws Exception {
        breakOff(1, 16);
        Path other = TinyDataset.write(temporary.resolve("other"), 2);
        InProcess.Result result = resume("--quiet", "--data-dir", other.toString());
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).contains("trained on other data").hasLineCount(1);
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
        deleteTree(run.resolve("checkpoints"));
        assertRefused(resume(), "has no checkpoint");
    }

    @Test
    void damagedHistoryIsRefusedAndNothingChanges() throws Exception {
        TinyRun.train(data, run, "--epochs", "2");
        Path file = run.resolve("history.csv");
        Files.writeString(file, Files.readString(file, StandardCharsets.UTF_8) + "2,3\n");
        Map<String, String> before = files(run);
        assertRefused(resume("--epochs", "3"), "history.csv: line 4 is damaged", "19 columns");
        Files.writeString(file, "x\n");
        assertRefused(resume("--epochs", "3"), "not the history of a run of 3 layers");
        before.remove("history.csv");
        assertThat(files(run)).containsAllEntriesOf(before);
    }

    private InProcess.Result resume(String... more) {
        return InProcess.filigree(Stream.concat(Stream.of("train", "--resume", run.toString()), Stream.of(more))
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

    private static void deleteTree(Path root) throws IOException {
        List<Path> paths;
        try (Stream<Path> walk = Files.walk(root)) {
            paths = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : paths) {
            Files.delete(path);
        }
    }
}
