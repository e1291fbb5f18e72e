package dev.filigree.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class FiligreeTest {
    @Test
    void versionSucceeds() throws Exception {
        Processes.Result result = Processes.filigree("--version");
        assertThat(result.exitCode()).isZero();
        assertThat(result.out()).startsWith("filigree ").contains("Java 25");
    }

    @Test
    void helpOfACommandShowsExamplesAndExitCodes() throws Exception {
        Processes.Result result = Processes.filigree("help", "doctor");
        assertThat(result.exitCode()).isZero();
        assertThat(result.out()).contains("Usage: filigree doctor", "Examples:", "Exit codes:");
    }

    @Test
    void missingCommandIsAUsageError() throws Exception {
        Processes.Result result = Processes.filigree();
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains("filigree: Missing required subcommand", "Try 'filigree --help'.");
    }

    @Test
    void unknownCommandIsAUsageErrorThatListsTheCommands() {
        InProcess.Result result = InProcess.filigree("bogus");
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains("unknown command 'bogus', expected one of train, ", "Try 'filigree --help'.");
    }

    @Test
    void misspeltCommandIsAUsageErrorWithASuggestion() throws Exception {
        Processes.Result result = Processes.filigree("docto");
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains("'docto'", "Did you mean: filigree doctor");
    }

    @Test
    void outputThatDoesNotArriveIsAFailure() throws Exception {
        assumeTrue(Files.isWritable(Path.of("/dev/full")), "needs /dev/full");
        Path errors = Files.createTempFile("filigree", ".err");
        Process process = Processes.filigreeBuilder("--version").redirectOutput(new File("/dev/full"))
                .redirectError(errors.toFile()).start();
        assertThat(process.waitFor()).isEqualTo(1);
        assertThat(errors).content().contains("filigree: cannot write to standard output");
        Files.delete(errors);
    }

    @Test
    void argumentThatIsNoTextIsAUsageError() {
        InProcess.Result result = InProcess.filigree("inspect", "lat\uFFFD");
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).startsWith("filigree: 'lat\uFFFD' holds bytes that are no text in this locale");
    }

    @Test
    void unknownOptionIsAUsageErrorWithASuggestion() throws Exception {
        Processes.Result result = Processes.filigree("doctor", "--jsn");
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains("filigree: Unknown option: '--jsn'", "--json").doesNotContain("\tat ");
    }

    @Test
    void doctorPrintsOneJsonObject() throws Exception {
        Processes.Result result = Processes.filigree("doctor", "--json");
        assertThat(result.exitCode()).isZero();
        JsonNode report = new ObjectMapper().readTree(result.out());
        assertThat(report.at("/dense/backends/0/name").asText()).isEqualTo("OpenBLAS");
        assertThat(report.at("/dense/backends/0/gflops").asDouble()).isPositive();
        assertThat(report.at("/vector/present").asBoolean()).isTrue();
        assertThat(report.at("/kernels/provider").asText()).startsWith("vector");
        assertThat(report.at("/data/sets").findValuesAsText("name")).contains("fashion-mnist", "mnist");
    }
}
