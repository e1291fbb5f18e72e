package dev.filigree.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class ErrorReportTest {
    @Test
    void illegalArgumentShowsItsMessageAlone() {
        assertThat(output(new IllegalArgumentException("epsilon is -1, expected more than 0"), false))
                .isEqualTo("filigree: epsilon is -1, expected more than 0" + System.lineSeparator());
    }

    @Test
    void missingFileSaysSo() {
        assertThat(output(new NoSuchFileException("model.npz"), false))
                .isEqualTo("filigree: no such file or directory: model.npz" + System.lineSeparator());
    }

    @Test
    void uncheckedIoErrorShowsItsCause() {
        assertThat(output(new UncheckedIOException(new IOException("disk full")), false))
                .isEqualTo("filigree: disk full" + System.lineSeparator());
    }

    @Test
    void otherExceptionsAreCalledUnexpected() {
        assertThat(output(new IllegalStateException("broken"), false))
                .startsWith("filigree: unexpected java.lang.IllegalStateException: broken").doesNotContain("\tat ");
    }

    @Test
    void debugAddsTheStackTrace() {
        assertThat(output(new IllegalArgumentException("wrong"), true)).contains("\tat ");
    }

    @Test
    void exhaustedMemoryIsAFailureWithAdvice() {
        StringWriter err = new StringWriter();
        int exitCode = new ErrorReport(new PrintWriter(err), () -> false)
                .handleError(new OutOfMemoryError("Java heap space"));
        assertThat(exitCode).isEqualTo(1);
        assertThat(err.toString()).contains("out of memory: Java heap space", "FILIGREE_JAVA_OPTS");
    }

    @Test
    void memoryOutsideTheHeapIsNotBlamedOnTheHeap() {
        StringWriter err = new StringWriter();
        new ErrorReport(new PrintWriter(err), () -> false)
                .handleError(new OutOfMemoryError("cannot allocate 9,000 off-heap bytes for input"));
        assertThat(err.toString()).contains("smaller batch").doesNotContain("FILIGREE_JAVA_OPTS");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Requested array size exceeds VM limit",
            "cannot allocate 9,000 off-heap bytes for input: 3 are available; make the network or the batch smaller"})
    void noAdviceThatWouldNotHelp(String message) {
        StringWriter err = new StringWriter();
        new ErrorReport(new PrintWriter(err), () -> false).handleError(new OutOfMemoryError(message));
        assertThat(err.toString()).containsOnlyOnce("smaller").doesNotContain("FILIGREE_JAVA_OPTS");
    }

    private static String output(Exception exception, boolean debug) {
        StringWriter err = new StringWriter();
        CommandLine commandLine = new CommandLine(new Failing(exception));
        commandLine.setExecutionExceptionHandler(new ErrorReport(new PrintWriter(err), () -> debug));
        assertThat(commandLine.execute()).isEqualTo(1);
        return err.toString();
    }

    @Command(name = "failing")
    record Failing(Exception exception) implements Callable<Integer> {
        @Override
        public Integer call() throws Exception {
            throw exception;
        }
    }
}
