package dev.filigree.io;

import static dev.filigree.io.Fixtures.fixture;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.filigree.memory.FloatArray;
import dev.filigree.memory.IntArray;
import dev.filigree.memory.LongArray;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NpyWriterTest {
    @TempDir
    Path directory;

    @Test
    void writesFloatsAsNumPyDoes() throws IOException {
        Path file = directory.resolve("a.npy");
        try (FloatArray values = FloatArray.copyOf(new float[]{1, 2, 3, 4, 5, 6}, "test")) {
            NpyWriter.write(file, values, 2, 3);
        }
        assertThat(file).hasSameBinaryContentAs(fixture("arrays/table_f4_little.npy"));
    }

    @Test
    void writesIntsAsNumPyDoes() throws IOException {
        Path file = directory.resolve("a.npy");
        try (IntArray values = IntArray.copyOf(new int[]{3, -1, 2}, "test")) {
            NpyWriter.write(file, values);
        }
        assertThat(file).hasSameBinaryContentAs(fixture("arrays/vector_int32.npy"));
    }

    @Test
    void writesLongsAsNumPyDoes() throws IOException {
        Path file = directory.resolve("a.npy");
        try (LongArray values = LongArray.copyOf(new long[]{1, 1L << 40}, "test")) {
            NpyWriter.write(file, values);
        }
        assertThat(file).hasSameBinaryContentAs(fixture("arrays/int64_beyond_int.npy"));
    }

    @Test
    void writesAnEmptyArrayAsNumPyDoes() throws IOException {
        Path file = directory.resolve("a.npy");
        try (FloatArray values = FloatArray.allocate(0, "test")) {
            NpyWriter.write(file, values);
        }
        assertThat(file).hasSameBinaryContentAs(fixture("arrays/empty.npy"));
    }

    @Test
    void copiesArraysLargerThanTheBuffer() throws IOException {
        Path file = directory.resolve("a.npy");
        try (LongArray values = LongArray.allocate(20_011, "test")) {
            for (int i = 0; i < values.length(); i++) {
                values.set(i, i * 7_919L);
            }
            NpyWriter.write(file, values);
            try (NpyReader reader = NpyReader.open(file); LongArray back = reader.readLongs("test")) {
                assertThat(back.toArray()).isEqualTo(values.toArray());
            }
            try (NpyReader reader = NpyReader.open(file); IntArray converted = reader.readInts("test")) {
                assertThat(converted.get(20_010)).isEqualTo(20_010 * 7_919);
            }
        }
    }

    @Test
    void shapeMustFitTheLength() {
        try (FloatArray values = FloatArray.allocate(6, "test")) {
            assertThatThrownBy(() -> NpyWriter.write(directory.resolve("a.npy"), values, 2, 4))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("6 elements do not have the shape (2, 4)");
            assertThatThrownBy(() -> NpyWriter.write(directory.resolve("a.npy"), values, -2, -3))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
