package dev.filigree.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Processes that train are stopped, politely or not, and what they left goes on to the same result.
 * {@code tools/bin/kill-test} does the same hundreds of times.
 */
@EnabledOnOs({OS.LINUX, OS.MAC})
class TrainKillTest {
    private static final int KILLS = 4;
    private static final List<String> SETTINGS = List.of("--hidden", "40,30", "--epsilon", "8", "--batch", "2",
            "--epochs", "60", "--threads", "2", "--dropout", "0.1", "--optimizer", "adam", "--snapshot-every", "20",
            "--checkpoint-minutes", "0.0005", "--checkpoint-share", "1", "--quiet");

    @TempDir
    static Path shared;

    private static Path data;
    private static Path whole;

    @TempDir
    Path temporary;

    @BeforeAll
    static void trainWithoutAStop() throws Exception {
        data = TinyDataset.write(shared.resolve("data"), 1);
        whole = shared.resolve("whole");
        assertThat(InProcess.filigree(begin(whole).toArray(String[]::new)).exitCode()).isZero();
    }

    private static List<String> begin(Path run) {
        List<String> arguments = new ArrayList<>(List.of("train", "--data-dir", data.toString(), "--out",
                run.toString()));
        arguments.addAll(SETTINGS);
        return arguments;
    }

    private static List<String> next(Path run) {
        if (Files.exists(run.resolve("run.json"))) {
            return List.of("train", "--resume", run.toString(), "--quiet");
        }
        List<String> arguments = begin(run);
        arguments.add("--overwrite");
        return arguments;
    }

    private Process start(List<String> arguments) throws IOException {
        return Processes.filigreeBuilder(arguments.toArray(String[]::new))
                .redirectError(temporary.resolve("err").toFile()).redirectOutput(temporary.resolve("out").toFile())
                .start();
    }

    @Test
    void killedRunsGoOnToTheSameResult() throws Exception {
        Path run = temporary.resolve("run");
        Random random = new Random(1);
        for (int kill = 0; kill < KILLS; kill++) {
            Process process = start(next(run));
            process.waitFor(600 + random.nextInt(900), TimeUnit.MILLISECONDS);
            process.destroyForcibly().waitFor();
        }
        // On a machine so slow that the first one has not begun yet, all of it is left to the last.
        if (!Files.exists(run.resolve("run.json")) || !status(run).equals("finished")) {
            Process last = start(next(run));
            assertThat(last.waitFor()).as(Files.readString(temporary.resolve("err"))).isZero();
        }
        assertSame(run);
    }

    @ParameterizedTest
    @CsvSource({"INT,130", "TERM,143"})
    void signalEndsTheStepAndSavesIt(String signal, int exitCode) throws Exception {
        assumeInterruptible();
        Path run = temporary.resolve("run");
        Process process = start(begin(run));
        await(run.resolve("checkpoints"), process);
        InProcess.Result second = InProcess.filigree("train", "--resume", run.toString());
        assertThat(second.exitCode()).isEqualTo(1);
        assertThat(second.err()).contains(run.toString(), "is being trained right now").hasLineCount(1);
        kill(signal, process);
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        String err = Files.readString(temporary.resolve("err"));
        assertThat(process.exitValue()).as(err).isEqualTo(exitCode);
        assertThat(err).contains("stopping after this step", "filigree: interrupted in epoch ",
                "filigree train --resume " + run + " goes on from " + run.resolve("checkpoints"));
        assertThat(status(run)).isEqualTo("interrupted");
        assertThat(InProcess.filigree("train", "--resume", run.toString(), "--quiet").exitCode()).isZero();
        assertSame(run);
    }

    @Test
    void secondSignalEndsItAtOnce() throws Exception {
        Process process = startSlow(temporary.resolve("run"));
        kill("TERM", process);
        Thread.sleep(400);
        // The step may have ended meanwhile, and the process with it.
        process.destroy();
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(143);
    }

    /** As timeout does, which signals a process and then its group. */
    @Test
    void theSameSignalTwiceAtOnceIsOne() throws Exception {
        Path run = temporary.resolve("run");
        Process process = startSlow(run);
        kill("TERM", process);
        process.destroy();
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(143);
        assertThat(status(run)).isEqualTo("interrupted");
    }

    /** Starts a training with steps of a while, so that a second signal may come before the first step has ended. */
    private Process startSlow(Path run) throws IOException, InterruptedException {
        List<String> arguments = begin(run);
        arguments.replaceAll(argument -> argument.equals("40,30") ? "6000,6000,6000" : argument);
        Process process = start(arguments);
        await(run.resolve("topology/epoch_000"), process);
        Thread.sleep(300);
        return process;
    }

    /** A shell that runs this in the background makes it ignore Ctrl-C, and so all that it starts. */
    private static void assumeInterruptible() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (Files.isReadable(status)) {
            long ignored = Files.readAllLines(status).stream().filter(line -> line.startsWith("SigIgn:"))
                    .mapToLong(line -> Long.parseUnsignedLong(line.substring(7).strip(), 16)).findFirst().orElse(0);
            assumeTrue((ignored & 1 << 1) == 0, "SIGINT is ignored here, as in the background of a script");
        }
    }

    private static String status(Path run) throws IOException {
        return new ObjectMapper().readTree(run.resolve("run.json").toFile()).at("/status").asText();
    }

    private static void await(Path file, Process process) throws InterruptedException {
        for (int k = 0; !Files.exists(file) && process.isAlive() && k < 3000; k++) {
            Thread.sleep(10);
        }
        assertThat(file).exists();
    }

    private static void kill(String signal, Process process) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("kill", "-" + signal, String.valueOf(process.pid())).start().waitFor()).isZero();
    }

    private static void assertSame(Path run) throws Exception {
        assertThat(networks(run)).isEqualTo(networks(whole));
        assertThat(history(run)).isEqualTo(history(whole));
    }

    /** Of every line the losses, accuracies and numbers of connections. */
    private static List<String> history(Path run) throws IOException {
        return Files.readAllLines(run.resolve("history.csv")).stream().map(line -> List.of(line.split(",", -1)))
                .map(cells -> cells.subList(0, 5) + " " + cells.subList(13, cells.size())).toList();
    }

    private static Map<String, String> networks(Path run) throws Exception {
        Map<String, String> digests = new TreeMap<>();
        try (Stream<Path> walk = Files.walk(run.resolve("topology"))) {
            for (Path file : walk.filter(Files::isRegularFile).toList()) {
                byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
                digests.put(run.relativize(file).toString(), HexFormat.of().formatHex(digest));
            }
        }
        return digests;
    }
}
