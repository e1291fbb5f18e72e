package dev.filigree.bench.roof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CacheSizesTest {
    @TempDir
    Path directory;

    @Test
    void dataAndUnifiedCachesCount() throws IOException {
        write(0, "1", "Data", "48K");
        write(1, "1", "Instruction", "32K");
        write(2, "2", "Unified", "2M");
        write(3, "3", "Unified", "32768K");
        assertThat(CacheSizes.read(directory)).isEqualTo(new CacheSizes(48 << 10, 2 << 20, 32 << 20, true));
    }

    @Test
    void thirdLevelMayBeMissing() throws IOException {
        write(0, "1", "Data", "64K");
        write(1, "2", "Unified", "1024K");
        assertThat(CacheSizes.read(directory)).isEqualTo(new CacheSizes(64 << 10, 1 << 20, 0, true));
    }

    @Test
    void typicalSizesAreMarkedAsAssumed() {
        assertThat(CacheSizes.read(directory.resolve("nowhere")).known()).isFalse();
    }

    private void write(int index, String level, String type, String size) throws IOException {
        Path cache = Files.createDirectories(directory.resolve("index" + index));
        Files.writeString(cache.resolve("level"), level + "\n");
        Files.writeString(cache.resolve("type"), type + "\n");
        Files.writeString(cache.resolve("size"), size + "\n");
    }
}
