package dev.filigree.cli.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.filigree.io.FileFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Damaged records and histories of runs are refused with one short line. */
class RunFilesDamageTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "null", "{\"settings\": \u001b[2J}", "{\"settings\": \"a\\nb\"}", "\0"})
    void recordsThatAreNone(String content) throws IOException {
        Files.writeString(directory.resolve("run.json"), content);
        assertRecordIsRefused();
    }

    @Test
    void recordOfCharactersThatDoNotExist() throws IOException {
        Files.write(directory.resolve("run.json"), new byte[]{0, 0, 0, '{', 'm', '`', 't', '"', 0, 0, 0, 0});
        assertRecordIsRefused();
    }

    @Test
    void recordOfOneLongWord() throws IOException {
        Files.writeString(directory.resolve("run.json"), "x".repeat(100_000));
        assertRecordIsRefused();
    }

    @Test
    void recordOfAnotherVersion() throws IOException {
        Files.writeString(directory.resolve("run.json"), "{\"format\": 99}");
        assertThatThrownBy(() -> RunDirectory.open(directory).read()).isInstanceOf(FileFormatException.class)
                .hasMessageEndingWith("run.json: has format 99, expected 1; use the Filigree that wrote it");
    }

    @Test
    void recordThatIsAPipe() throws IOException, InterruptedException {
        Path pipe = directory.resolve("run.json");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
        assertRecordIsRefused();
    }

    @Test
    void historyThatIsNoText() throws IOException {
        Path file = Files.write(directory.resolve("history.csv"), new byte[]{(byte) 0xff, '\n'});
        assertThatThrownBy(() -> HistoryFile.read(file, 2, 10)).isInstanceOf(FileFormatException.class)
                .hasMessageEndingWith("history.csv: is not text in UTF-8; expected the history of a run");
    }

    @Test
    void historyWithSomethingElseThanNumbers() throws IOException {
        Path file = directory.resolve("history.csv");
        new HistoryFile(file, 1).write();
        Files.writeString(file,
                Files.readString(file) + "1,\u001b[2J" + "x".repeat(10_000) + ",1,1,1,1,1,1,1,1,1,1,1,1,1\n");
        assertThatThrownBy(() -> HistoryFile.read(file, 1, 10)).isInstanceOf(FileFormatException.class)
                .hasMessageContaining("line 2 is damaged").message().hasSizeLessThan(600).doesNotContain("\u001b");
    }

    private void assertRecordIsRefused() throws FileFormatException {
        RunDirectory run = RunDirectory.open(directory);
        assertThatThrownBy(run::read).isInstanceOf(FileFormatException.class).hasMessageContaining("run.json: ")
                .message().hasSizeLessThan(600).hasLineCount(1).doesNotContain("\u001b");
    }
}
