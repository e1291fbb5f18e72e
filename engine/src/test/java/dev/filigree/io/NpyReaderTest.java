package dev.filigree.io;

import static dev.filigree.io.Fixtures.fixture;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.filigree.memory.FloatArray;
import dev.filigree.memory.IntArray;
import dev.filigree.memory.LongArray;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NpyReaderTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"table_f4_little", "table_f8_little", "table_f4_big", "table_f8_big", "table_i2_little",
            "table_i4_big", "table_u1_little", "table_u8_little", "table_fortran", "version_2", "version_3"})
    void readsTheSameTableFromEveryForm(String name) throws IOException {
        try (NpyReader reader = NpyReader.open(fixture("arrays/" + name + ".npy"));
                FloatArray values = reader.readFloats("test")) {
            assertThat(reader.shape()).containsExactly(2L, 3L);
            assertThat(values.toArray()).containsExactly(1, 2, 3, 4, 5, 6);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"table_i2_little", "table_i4_big", "table_u1_little", "table_u8_little"})
    void readsIntegers(String name) throws IOException {
        try (NpyReader reader = NpyReader.open(fixture("arrays/" + name + ".npy"));
                IntArray values = reader.readInts("test")) {
            assertThat(values.toArray()).containsExactly(1, 2, 3, 4, 5, 6);
        }
    }

    @Test
    void readsTruthAsZeroAndOne() throws IOException {
        try (NpyReader reader = NpyReader.open(fixture("arrays/bool.npy"));
                FloatArray values = reader.readFloats("test")) {
            assertThat(values.toArray()).containsExactly(1, 0, 1);
        }
    }

    @Test
    void readsASingleValue() throws IOException {
        try (NpyReader reader = NpyReader.open(fixture("arrays/scalar.npy"));
                FloatArray values = reader.readFloats("test")) {
            assertThat(reader.shape()).isEmpty();
            assertThat(values.toArray()).containsExactly(2.5f);
        }
    }

    @Test
    void readsAnEmptyArray() throws IOException {
        try (NpyReader reader = NpyReader.open(fixture("arrays/empty.npy"));
                FloatArray values = reader.readFloats("test")) {
            assertThat(values.length()).isZero();
        }
    }

    @Test
    void readsLongsBeyondInts() throws IOException {
        try (NpyReader reader = NpyReader.open(fixture("arrays/int64_beyond_int.npy"));
                LongArray values = reader.readLongs("test")) {
            assertThat(values.toArray()).containsExactly(1, 1L << 40);
        }
    }

    @Test
    void roundsUnsignedLongsToFloats() throws IOException {
        try (NpyReader reader = NpyReader.open(fixture("arrays/uint64_beyond_long.npy"));
                FloatArray values = reader.readFloats("test")) {
            assertThat(values.get(0)).isEqualTo(0x1p63f + 0x1p40f);
        }
    }

    @Test
    void refusesIntegersThatDoNotFit() throws IOException {
        try (NpyReader ints = NpyReader.open(fixture("arrays/int64_beyond_int.npy"));
                NpyReader longs = NpyReader.open(fixture("arrays/uint64_beyond_long.npy"))) {
            assertThatThrownBy(() -> ints.readInts("test")).isInstanceOf(FileFormatException.class)
                    .hasMessageContaining("element 1 is 1099511627776, which does not fit a 32-bit integer");
            assertThatThrownBy(() -> longs.readLongs("test")).isInstanceOf(FileFormatException.class)
                    .hasMessageContaining("element 0 is 9223373136366403584, which does not fit a 64-bit integer");
        }
    }

    @Test
    void refusesFloatsAsIntegers() throws IOException {
        try (NpyReader reader = NpyReader.open(fixture("arrays/table_f4_little.npy"))) {
            assertThatThrownBy(() -> reader.readInts("test")).hasMessageContaining("dtype '<f4', expected integers");
        }
    }

    @Test
    void refusesFortranOrderOfThreeDimensions() throws IOException {
        try (NpyReader reader = NpyReader.open(fixture("arrays/fortran_3d.npy"))) {
            assertThatThrownBy(() -> reader.readFloats("test")).hasMessageContaining("ascontiguousarray");
        }
    }

    @Test
    void isReadOnce() throws IOException {
        try (NpyReader reader = NpyReader.open(fixture("arrays/bool.npy"));
                FloatArray values = reader.readFloats("test")) {
            assertThat(values.length()).isEqualTo(3);
            assertThatThrownBy(() -> reader.readFloats("test")).isInstanceOf(IllegalStateException.class);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            objects    | holds Python objects
            structured | structured array
            float16    | dtype '<f2' is not supported
            complex    | dtype '<c8' is not supported
            """)
    void refusesOtherElementTypes(String name, String message) {
        assertThatThrownBy(() -> NpyReader.open(fixture("arrays/" + name + ".npy")))
                .isInstanceOf(FileFormatException.class).hasMessageContaining(name + ".npy: ")
                .hasMessageContaining(message).hasMessageContaining("float32");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            (1099511627776,)            | needs 4,398,046,511,104 bytes of data, but there are 8
            (4611686018427387904, 4)    | has more bytes than any file holds
            (99999999999999999999999,)  | is not a number
            (-2,)                       | negative size -2
            (3,)                        | needs 12 bytes of data, but there are 8
            (1,)                        | needs 4 bytes of data, but there are 8
            (2 4)                       | is missing in the shape
            """)
    void refusesShapesThatTheDataDoesNotHave(String shape, String message) throws IOException {
        Path file = npy("{'descr': '<f4', 'fortran_order': False, 'shape': %s, }".formatted(shape));
        assertThatThrownBy(() -> NpyReader.open(file)).isInstanceOf(FileFormatException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{}", "[1, 2]", "{'descr': '<f4'}", "{'descr': '<f4', 'shape': (2,)}", "{'descr",
            "{'descr': '<f4' 'shape': (2,)}", "{'descr': '<f4', 'fortran_order': Maybe, 'shape': (2,)}",
            "{'evil\nkey': 1}"})
    void refusesMalformedHeadersInOneLine(String header) throws IOException {
        Path file = npy(header);
        assertThatThrownBy(() -> NpyReader.open(file)).isInstanceOf(FileFormatException.class)
                .hasMessageContaining("malformed NPY header").message().hasLineCount(1);
    }

    @Test
    void refusesAHugeHeaderWithoutReadingIt() throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put("\u0093NUMPY".getBytes(StandardCharsets.ISO_8859_1)).put((byte) 2).put((byte) 0).putInt(-1);
        Path file = Files.write(directory.resolve("a.npy"), bytes.array());
        assertThatThrownBy(() -> NpyReader.open(file)).isInstanceOf(FileFormatException.class)
                .hasMessageContaining("declares a header of 4,294,967,295 bytes");
    }

    @Test
    void refusesMoreDimensionsThanNumPyHas() throws IOException {
        Path file = npy("{'descr': '<f8', 'fortran_order': False, 'shape': (%s), }".formatted("1,".repeat(65)));
        assertThatThrownBy(() -> NpyReader.open(file)).isInstanceOf(FileFormatException.class)
                .hasMessageEndingWith("has more than the 64 dimensions that NumPy knows");
    }

    @Test
    void messagesCannotSteerTheTerminal() throws IOException {
        Path file = npy("{'\u009b31m\u001b[2J': 1}");
        assertThatThrownBy(() -> NpyReader.open(file)).hasMessageContaining("unknown key '?31m?[2J'");
    }

    @Test
    void refusesOtherFiles() throws IOException {
        Path file = Files.writeString(directory.resolve("a.npy"), "feature,label\n1,2\n");
        assertThatThrownBy(() -> NpyReader.open(file)).isInstanceOf(FileFormatException.class)
                .hasMessageContaining("magic bytes");
    }

    @Test
    void refusesUnknownVersions() throws IOException {
        byte[] bytes = Files.readAllBytes(fixture("arrays/bool.npy"));
        bytes[6] = 9;
        Path file = Files.write(directory.resolve("a.npy"), bytes);
        assertThatThrownBy(() -> NpyReader.open(file)).hasMessageContaining("NPY version 9.0");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 5, 9, 60, 129})
    void refusesAFileCutOff(int length) throws IOException {
        byte[] bytes = Files.readAllBytes(fixture("arrays/table_f4_little.npy"));
        Path file = Files.write(directory.resolve("a.npy"), Arrays.copyOf(bytes, length));
        assertThatThrownBy(() -> NpyReader.open(file)).isInstanceOf(FileFormatException.class);
    }

    @Test
    void refusesMissingFilesAndDirectories() {
        assertThatThrownBy(() -> NpyReader.open(directory.resolve("none.npy")))
                .isInstanceOf(FileFormatException.class).hasMessageEndingWith("none.npy: no such file");
        assertThatThrownBy(() -> NpyReader.open(directory)).isInstanceOf(FileFormatException.class)
                .hasMessageEndingWith("is not a file");
    }

    /** A version 1.0 file with this header text and 8 bytes of data. */
    private Path npy(String header) throws IOException {
        byte[] text = header.getBytes(StandardCharsets.ISO_8859_1);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes("\u0093NUMPY\u0001\0".getBytes(StandardCharsets.ISO_8859_1));
        bytes.write(text.length & 0xFF);
        bytes.write(text.length >> 8);
        bytes.writeBytes(text);
        bytes.writeBytes(new byte[8]);
        return Files.write(directory.resolve("a.npy"), bytes.toByteArray());
    }
}
