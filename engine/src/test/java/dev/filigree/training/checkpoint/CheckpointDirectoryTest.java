package dev.filigree.training.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointDirectoryTest {
    @TempDir
    Path temporary;

    private CheckpointDirectory directory() {
        return new CheckpointDirectory(temporary.resolve("checkpoints"));
    }

    private Path write(int epoch, int step, int keep) throws IOException {
        try (Checkpoint checkpoint = TinyCheckpoint.of(epoch, step, false)) {
            return directory().write(checkpoint, keep);
        }
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(directory().path())) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void lastOnesStay() throws IOException {
        write(9, 100, 2);
        write(10, 7, 2);
        write(10, 13, 2);
        assertThat(names()).containsExactly("epoch_0010_step_000007.checkpoint", "epoch_0010_step_000013.checkpoint");
        write(12345, 1_234_567, 1);
        assertThat(names()).containsExactly("epoch_12345_step_1234567.checkpoint");
    }

    /** Order is that of numbers, and the one just written stays though others have later names. */
    @Test
    void theOneJustWrittenStays() throws IOException {
        write(10000, 1, 3);
        write(9999, 1, 3);
        write(8, 1, 1);
        assertThat(directory().files()).extracting(file -> file.getFileName().toString())
                .containsExactly("epoch_10000_step_000001.checkpoint", "epoch_0008_step_000001.checkpoint");
    }

    @Test
    void newestWholeOneIsFoundAndDamagedOnesAreNamed() throws IOException {
        Path first = write(1, 8, 5);
        Path second = write(2, 8, 5);
        Path third = write(3, 8, 5);
        Files.write(third, new byte[]{1, 2, 3});
        byte[] bytes = Files.readAllBytes(second);
        bytes[bytes.length - 1] ^= 1;
        Files.write(second, bytes);
        try (CheckpointDirectory.Newest newest = directory().newest()) {
            assertThat(newest.file()).isEqualTo(first);
            assertThat(Objects.requireNonNull(newest.checkpoint()).epoch().epoch()).isEqualTo(1);
            assertThat(newest.damaged()).extracting(CheckpointDirectory.Damaged::file).containsExactly(third, second);
            assertThat(newest.damaged().get(0).reason()).contains(third.toString(), "cut off");
            assertThat(newest.damaged().get(1).reason()).contains(second.toString(), "is damaged");
            directory().setAside(newest.damaged());
        }
        assertThat(directory().files()).containsExactly(first);
        assertThat(names()).contains("epoch_0003_step_000008.checkpoint.damaged",
                "epoch_0002_step_000008.checkpoint.damaged");
    }

    @Test
    void emptyAndMissingDirectoriesHaveNone() throws IOException {
        try (CheckpointDirectory.Newest newest = directory().newest()) {
            assertThat(newest.file()).isNull();
            assertThat(newest.checkpoint()).isNull();
            assertThat(newest.damaged()).isEmpty();
        }
        directory().delete();
        directory().removeLeftovers();
        assertThat(directory().path()).doesNotExist();
    }

    @Test
    void leftoversOfKilledWritersAreRemovedAndNothingElse() throws IOException {
        write(1, 8, 1);
        Files.writeString(directory().path().resolve(".01234567-89ab-cdef-0123-456789abcdef-epoch_1"), "x");
        Files.writeString(directory().path().resolve("notes.txt"), "x");
        Files.writeString(directory().path().resolve("epoch_0001_step_000004.checkpoint.damaged"), "x");
        directory().removeLeftovers();
        assertThat(names()).containsExactly("epoch_0001_step_000004.checkpoint.damaged",
                "epoch_0001_step_000008.checkpoint", "notes.txt");
        directory().delete();
        assertThat(names()).containsExactly("notes.txt");
        Files.delete(directory().path().resolve("notes.txt"));
        directory().delete();
        assertThat(directory().path()).doesNotExist();
    }
}
