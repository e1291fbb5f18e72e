package dev.filigree.io;

import static dev.filigree.io.Fixtures.fixture;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.filigree.memory.FloatArray;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NpzFileTest {
    /** The first bytes of an entry in a zip file's central directory. */
    private static final int CENTRAL_ENTRY = 0x02014b50;

    @TempDir
    Path directory;

    @Test
    void listsTheArrays() throws IOException {
        try (NpzFile npz = NpzFile.open(fixture("sparse/csr_float32_int32_stored.npz"))) {
            assertThat(npz.names()).containsExactly("indices", "indptr", "format", "shape", "data");
            assertThat(npz.contains("data")).isTrue();
            assertThat(npz.contains("data.npy")).isFalse();
        }
    }

    @Test
    void namesTheArraysThatAreThereWhenOneIsMissing() throws IOException {
        try (NpzFile npz = NpzFile.open(fixture("sparse/csr_float32_int32_stored.npz"))) {
            assertThatThrownBy(() -> npz.array("weights")).isInstanceOf(FileFormatException.class)
                    .hasMessageContaining(
                            "the array 'weights' is missing; found [indices, indptr, format, shape, data]");
        }
    }

    @Test
    void readsTextOfBytesAndOfCharacters() throws IOException {
        for (String name : new String[]{"csr_float32_int32_stored", "csr_unicode_format"}) {
            try (NpzFile npz = NpzFile.open(fixture("sparse/" + name + ".npz")); NpyReader in = npz.array("format")) {
                assertThat(in.readText()).isEqualTo("csr");
            }
        }
    }

    @Test
    void sameArraysGiveTheSameBytes() throws IOException {
        assertThat(archive(true)).isEqualTo(archive(true));
        assertThat(archive(false)).isEqualTo(archive(false));
    }

    @Test
    void noTimeZoneEntersTheFile() throws IOException {
        assertThat(extraFieldBytes(archive(true))).isZero();
    }

    @Test
    void deflatedAndStoredHoldTheSame() throws IOException {
        Path stored = Files.write(directory.resolve("stored.npz"), archive(true));
        Path deflated = Files.write(directory.resolve("deflated.npz"), archive(false));
        assertThat(Files.size(deflated)).isLessThan(Files.size(stored) / 2);
        for (Path file : new Path[]{stored, deflated}) {
            try (NpzFile npz = NpzFile.open(file);
                    NpyReader in = npz.array("zeros");
                    FloatArray values = in.readFloats("test")) {
                assertThat(in.shape()).containsExactly(100L, 200L);
                assertThat(values.toArray()).containsOnly(0f);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 100, 1000, 1340})
    void refusesAnArchiveCutOff(int length) throws IOException {
        byte[] bytes = Files.readAllBytes(fixture("sparse/csr_float32_int32_stored.npz"));
        Path file = Files.write(directory.resolve("cut.npz"), Arrays.copyOf(bytes, length));
        assertThatThrownBy(() -> NpzFile.open(file)).isInstanceOf(FileFormatException.class)
                .hasMessageContaining("cut.npz: not a readable .npz archive, or cut off").message().hasLineCount(1);
    }

    @Test
    void refusesADirectoryThatWouldLieBeforeTheFile() throws IOException {
        byte[] bytes = archive(true);
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(bytes.length - 10, 0x7fff_ffff);
        Path file = Files.write(directory.resolve("before.npz"), bytes);
        assertThatThrownBy(() -> NpzFile.open(file)).isInstanceOf(FileFormatException.class)
                .hasMessageContaining("before.npz: not a readable .npz archive");
    }

    @Test
    void refusesAFlippedBit() throws IOException {
        byte[] bytes = archive(true);
        bytes[bytes.length / 2] ^= 1;
        Path file = Files.write(directory.resolve("flipped.npz"), bytes);
        try (NpzFile npz = NpzFile.open(file); NpyReader in = npz.array("zeros")) {
            assertThatThrownBy(() -> in.readFloats("test")).isInstanceOf(FileFormatException.class)
                    .hasMessageContaining("flipped.npz, array 'zeros': the archive is damaged (checksum");
        }
    }

    @Test
    void refusesASizeThatTheFileCannotHold() throws IOException {
        Path file = Files.write(directory.resolve("large.npz"), withDeclaredSize(archive(true), 2_000_000_000));
        try (NpzFile npz = NpzFile.open(file)) {
            assertThatThrownBy(() -> npz.array("zeros")).isInstanceOf(FileFormatException.class)
                    .hasMessageContaining("declares 2,000,000,000 bytes");
        }
    }

    @Test
    void refusesASizeThatCompressionCouldExplainButTheDataDoesNot() throws IOException {
        byte[] honest;
        try (FloatArray zeros = FloatArray.allocate(500_000, "test")) {
            honest = archive(false, zeros, 500_000);
        }
        Path file = Files.write(directory.resolve("bomb.npz"), withDeclaredSize(honest, 2_000_136));
        try (NpzFile npz = NpzFile.open(file)) {
            assertThatThrownBy(() -> npz.array("zeros")).isInstanceOf(FileFormatException.class)
                    .hasMessageContaining("declares 2,000,136 bytes, which are not in the");
        }
    }

    @Test
    void refusesAnHonestBombWithoutUnpackingIt() throws IOException {
        byte[] bomb;
        try (FloatArray zeros = FloatArray.allocate(5_000_000, "test")) {
            bomb = archive(false, zeros, 5_000_000);
        }
        Path file = Files.write(directory.resolve("bomb.npz"), bomb);
        try (NpzFile npz = NpzFile.open(file)) {
            assertThatThrownBy(() -> npz.array("zeros")).isInstanceOf(FileFormatException.class)
                    .hasMessageContaining("would unpack to 20,000,128 bytes, more than 256 times the file");
        }
    }

    @Test
    void refusesTwoArraysOfOneName() throws IOException {
        Path file = directory.resolve("twice.npz");
        String twice = new String(archiveOf("zeros", "other"), StandardCharsets.ISO_8859_1).replace("other", "zeros");
        Files.write(file, twice.getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> NpzFile.open(file)).isInstanceOf(FileFormatException.class)
                .hasMessageContaining("twice.npz: holds 'zeros.npy' twice");
    }

    @Test
    void namesThatArePathsOrCommandsForTheTerminalStayNames() throws IOException {
        Path file = Files.write(directory.resolve("names.npz"), archiveOf("../../zeros", "\u001b[2J\nünï", "/zeros"));
        try (NpzFile npz = NpzFile.open(file)) {
            assertThat(npz.contains("zeros")).isFalse();
            assertThatThrownBy(() -> npz.array("zeros")).isInstanceOf(FileFormatException.class)
                    .hasMessageEndingWith("found [../../zeros, ?[2J?ünï, /zeros]");
        }
        try (var files = Files.walk(directory)) {
            assertThat(files).containsExactlyInAnyOrder(directory, file);
        }
    }

    @Test
    void messagesListOnlyTheFirstNames() throws IOException {
        String[] names = IntStream.range(0, 1000).mapToObj(k -> "a" + k).toArray(String[]::new);
        Path file = Files.write(directory.resolve("many.npz"), archiveOf(names));
        try (NpzFile npz = NpzFile.open(file)) {
            assertThat(npz.namesInWords()).isEqualTo("[a0, a1, a2, a3, a4, a5, a6, a7, …]");
        }
    }

    private static byte[] archiveOf(String... names) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (NpzWriter writer = NpzWriter.stored(bytes); FloatArray zeros = FloatArray.allocate(1, "test")) {
            for (String name : names) {
                writer.add(name, zeros);
            }
        }
        return bytes.toByteArray();
    }

    private static byte[] archive(boolean stored) throws IOException {
        try (FloatArray zeros = FloatArray.allocate(20_000, "test")) {
            return archive(stored, zeros, 100, 200);
        }
    }

    private static byte[] archive(boolean stored, FloatArray zeros, long... shape) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (NpzWriter writer = stored ? NpzWriter.stored(bytes) : NpzWriter.deflated(bytes)) {
            writer.add("zeros", zeros, shape);
        }
        return bytes.toByteArray();
    }

    /** Changes the unpacked size in the central directory of an archive with one array. */
    private static byte[] withDeclaredSize(byte[] archive, int size) {
        byte[] changed = archive.clone();
        ByteBuffer buffer = ByteBuffer.wrap(changed).order(ByteOrder.LITTLE_ENDIAN);
        buffer.putInt(centralEntry(buffer) + 24, size);
        return changed;
    }

    private static int extraFieldBytes(byte[] archive) {
        ByteBuffer buffer = ByteBuffer.wrap(archive).order(ByteOrder.LITTLE_ENDIAN);
        return buffer.getShort(28) + buffer.getShort(centralEntry(buffer) + 30);
    }

    private static int centralEntry(ByteBuffer archive) {
        int nameBytes = "zeros.npy".getBytes(StandardCharsets.UTF_8).length;
        int position = archive.limit() - 22 - 46 - nameBytes;
        while (archive.getInt(position) != CENTRAL_ENTRY) {
            position--;
        }
        return position;
    }
}
