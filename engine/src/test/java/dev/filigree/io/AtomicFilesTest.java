package dev.filigree.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFilesTest {
    @TempDir
    Path directory;

    @Test
    void replacesTheFile() throws IOException {
        Path file = Files.writeString(directory.resolve("a.txt"), "old");
        AtomicFiles.write(file, out -> out.write("new".getBytes(StandardCharsets.UTF_8)));
        assertThat(file).hasContent("new");
        assertThat(directory).isDirectoryContaining(file::equals).satisfies(this::holdsOneFile);
    }

    @Test
    void failingContentLeavesTheOldFileAlone() throws IOException {
        Path file = Files.writeString(directory.resolve("a.txt"), "old");
        assertThatThrownBy(() -> AtomicFiles.write(file, out -> {
            out.write(new byte[100_000]);
            throw new IOException("the disk is full");
        })).isInstanceOf(IOException.class).hasMessage(file + ": the disk is full");
        assertThat(file).hasContent("old");
        holdsOneFile(directory);
    }

    @Test
    void failingContentLeavesNothingWhereNothingWas() {
        Path file = directory.resolve("a.txt");
        assertThatThrownBy(() -> AtomicFiles.write(file, ignored -> {
            throw new IllegalStateException("no");
        })).isInstanceOf(IllegalStateException.class);
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void contentMayCloseItsStream() throws IOException {
        Path file = directory.resolve("a.txt");
        AtomicFiles.write(file, out -> {
            out.write('x');
            out.close();
        });
        assertThat(file).hasContent("x");
    }

    @Test
    void temporaryPathKeepsTheExtension() throws IOException {
        Path file = directory.resolve("plot.png");
        AtomicFiles.writeThroughPath(file, temporary -> {
            assertThat(temporary.toString()).endsWith(".png");
            assertThat(temporary.getParent()).isEqualTo(directory);
            Files.writeString(temporary, "pixels");
        });
        assertThat(file).hasContent("pixels");
    }

    @Test
    void missingDirectoryIsNamed() {
        assertThatThrownBy(() -> AtomicFiles.write(directory.resolve("none/a.txt"), ignored -> {
        })).hasMessageContaining(
                "its directory does not exist");
    }

    private void holdsOneFile(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).hasSize(1);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
