package dev.filigree.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AvailableMemoryTest {
    @TempDir
    Path folder;

    @BeforeEach
    void writeMemoryInfo() throws IOException {
        write("meminfo", "MemTotal:       24600000 kB\nMemFree:          100000 kB\nMemAvailable:    2000 kB\n");
    }

    @Test
    void isTheKernelsEstimateWithoutALimit() throws IOException {
        write("memory.max", "max\n");
        write("memory.current", "1000\n");
        assertThat(available()).isEqualTo(2_048_000);
    }

    @Test
    void isWhatALowerLimitLeavesBesideCachedFiles() throws IOException {
        write("memory.max", "1000000\n");
        write("memory.current", "900000\n");
        write("memory.stat", "anon 400000\ninactive_file 500000\n");
        assertThat(available()).isEqualTo(600_000);
    }

    @Test
    void isUnlimitedWhereTheSystemDoesNotTell() throws IOException {
        Files.delete(folder.resolve("meminfo"));
        assertThat(available()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void isKnownOfThisProcess() {
        assertThat(AvailableMemory.OF_PROCESS.bytes()).isPositive();
    }

    @Test
    void aRequestForMoreSaysHowMuchIsAvailableAndAllocatesNothing() {
        long before = OffHeapMemory.bytesAllocated();
        assertThatThrownBy(() -> FloatArray.allocate(1L << 50, "too much")).isInstanceOf(OutOfMemoryError.class)
                .hasMessageMatching("cannot allocate [0-9,.]+ off-heap bytes for too much: .* are available.*");
        assertThat(OffHeapMemory.bytesAllocated() - before).isLessThan(1L << 50);
    }

    /** Memory that was never written to costs the system nothing yet, but it has been promised. */
    @Test
    void arraysThatFitOnlyOneByOneAreRefusedTogether() {
        long most = AvailableMemory.OF_PROCESS.bytes() / 10 * 6;
        try (LongArray first = LongArray.allocate(most / 8, "the one")) {
            assertThatThrownBy(() -> LongArray.allocate(first.length(), "the other").close())
                    .isInstanceOf(OutOfMemoryError.class).hasMessageContaining("for the other: ")
                    .hasMessageContaining("are available");
        }
    }

    @Test
    void whatIsAllocatedInPartsCanBeAskedForAtOnce() {
        OffHeapMemory.require(1 << 20, "little");
        assertThatThrownBy(() -> OffHeapMemory.require(1L << 50, "all of it")).isInstanceOf(OutOfMemoryError.class)
                .hasMessageContaining("1,125,899,906,842,624 off-heap bytes for all of it: ");
    }

    @Test
    void residentMemoryIsThatOfTheProcess() throws IOException {
        write("statm", "1000 250 30 1 0 200 0\n");
        assertThat(memory().residentBytes()).isEqualTo(1_024_000);
        assertThat(AvailableMemory.OF_PROCESS.residentBytes()).isBetween(10L << 20, 1L << 40);
    }

    private long available() {
        return memory().bytes();
    }

    private AvailableMemory memory() {
        return new AvailableMemory(folder.resolve("meminfo"), folder, folder.resolve("statm"));
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }
}
