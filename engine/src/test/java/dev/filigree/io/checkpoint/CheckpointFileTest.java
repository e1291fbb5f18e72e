package dev.filigree.io.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.filigree.io.FileFormatException;
import dev.filigree.memory.FloatArray;
import dev.filigree.memory.IntArray;
import dev.filigree.memory.LongArray;
import dev.filigree.memory.OffHeapMemory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The sections of a file come back as they were, or the file is refused. */
class CheckpointFileTest {
    @TempDir
    Path directory;

    private Path file;

    @BeforeEach
    void nameFile() {
        file = directory.resolve("a.checkpoint");
    }

    private long write() throws IOException {
        try (FloatArray floats = FloatArray.copyOf(new float[]{1.5f, -0f, Float.NaN}, "floats");
                IntArray ints = IntArray.copyOf(new int[]{7, -7, Integer.MIN_VALUE, 0}, "ints");
                LongArray longs = LongArray.copyOf(new long[]{1L << 40, -1}, "longs");
                FloatArray none = FloatArray.allocate(0, "none")) {
            return CheckpointWriter.write(file, List.of(SectionContent.of("text", "grüße"),
                    SectionContent.of("floats", floats), SectionContent.of("ints", ints),
                    SectionContent.of("longs", longs), SectionContent.of("few", 3L, -4L),
                    SectionContent.of("doubles", Math.PI, Double.NEGATIVE_INFINITY), SectionContent.of("none", none)));
        }
    }

    private List<Object> read() throws IOException {
        List<Object> content = new ArrayList<>();
        try (CheckpointReader in = CheckpointReader.open(file)) {
            content.add(in.readText("text"));
            try (FloatArray floats = in.readFloats("floats", 3, "floats");
                    IntArray ints = in.readInts("ints", 4, "ints");
                    LongArray longs = in.readLongs("longs", 2, "longs");
                    FloatArray none = in.readFloats("none", 0, "none")) {
                for (float value : floats.toArray()) {
                    content.add(Float.floatToRawIntBits(value));
                }
                content.addAll(List.of(ints.get(0), ints.get(1), ints.get(2), ints.get(3), longs.get(0),
                        longs.get(1), none.length()));
            }
            content.addAll(List.of(in.readLongs("few", 2)[1], in.readDoubles("doubles", 2)[0],
                    in.readDoubles("doubles", 2)[1]));
        }
        return content;
    }

    @Test
    void sectionsComeBack() throws IOException {
        long bytes = write();
        assertThat(bytes).isEqualTo(Files.size(file));
        assertThat(read()).containsExactly("grüße", Float.floatToRawIntBits(1.5f), Float.floatToRawIntBits(-0f),
                Float.floatToRawIntBits(Float.NaN), 7, -7, Integer.MIN_VALUE, 0, 1L << 40, -1L, 0L, -4L, Math.PI,
                Double.NEGATIVE_INFINITY);
    }

    @Test
    void layoutIsAsDescribed() throws IOException {
        write();
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(bytes.getLong(0)).isEqualTo(0x0A1A0A0D474C4689L);
        assertThat(bytes.getInt(8)).isEqualTo(1);
        assertThat(bytes.getInt(12)).isEqualTo(7);
        assertThat(bytes.getLong(16)).isEqualTo(bytes.capacity());
        int second = 64 + 64;
        assertThat((char) bytes.get(second)).isEqualTo('f');
        assertThat(bytes.getInt(second + 40)).as("float32").isEqualTo(4);
        int offset = (int) bytes.getLong(second + 48);
        assertThat(offset % 64).isZero();
        assertThat(bytes.getLong(second + 56)).isEqualTo(3);
        assertThat(bytes.getFloat(offset)).isEqualTo(1.5f);
        CRC32C sum = new CRC32C();
        sum.update(bytes.slice(offset, 12));
        assertThat(bytes.getInt(second + 44)).isEqualTo((int) sum.getValue());
    }

    @Test
    void largeSectionsTakeSeveralPieces() throws IOException {
        try (IntArray ints = IntArray.allocate(1_000_003, "ints")) {
            for (int i = 0; i < ints.length(); i++) {
                ints.set(i, i * 0x9E3779B9);
            }
            CheckpointWriter.write(file, List.of(SectionContent.of("ints", ints)));
            try (CheckpointReader in = CheckpointReader.open(file);
                    IntArray back = in.readInts("ints", ints.length(), "back")) {
                assertThat(back.segment().mismatch(ints.segment())).isNegative();
            }
        }
    }

    /** Right sums around numbers that cannot be: these are what the sums do not guard against. */
    @ParameterizedTest
    @CsvSource({"8,4,2,version 2", "12,4,-1,no room", "12,4,1000000000,no room", "12,4,6,expected it from byte",
            "16,8,1,header says 1", "16,8,1000000000000,cut off", "176,8,64,expected it from byte",
            "184,8,1000000000000,within", "184,8,-1,within", "184,8,9223372036854775807,within",
            "168,4,9,type 9", "168,4,0,type 0", "128,8,0,no name of a section", "128,4,1954047348,named 'text'"})
    void numbersThatCannotBeAreRefused(int at, int size, long number, String message) throws IOException {
        write();
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        if (message.startsWith("named")) {
            bytes.put(128, new byte[40]);
        }
        if (size == 8) {
            bytes.putLong(at, number);
        } else {
            bytes.putInt(at, (int) number);
        }
        int sections = Math.clamp(bytes.getInt(12), 0, 7);
        bytes.putInt(24, sum(bytes, 64, 64 * sections)).putInt(28, sum(bytes, 0, 28));
        Files.write(file, bytes.array());
        assertThatExceptionOfType(FileFormatException.class).isThrownBy(this::read).withMessageContaining(message)
                .withMessageStartingWith(file.toString());
    }

    private static int sum(ByteBuffer bytes, int offset, int length) {
        CRC32C sum = new CRC32C();
        sum.update(bytes.slice(offset, length));
        return (int) sum.getValue();
    }

    @Test
    void sectionsAreOfTheTypeAndSizeAskedFor() throws IOException {
        write();
        long before = OffHeapMemory.bytesAllocated();
        try (CheckpointReader in = CheckpointReader.open(file)) {
            assertThatExceptionOfType(FileFormatException.class).isThrownBy(() -> in.readFloats("ints", 4, "x"))
                    .withMessageContaining("INT32, expected 4 of FLOAT32");
            assertThatExceptionOfType(FileFormatException.class)
                    .isThrownBy(() -> in.readFloats("floats", 1L << 40, "x")).withMessageContaining("3 elements");
            assertThatExceptionOfType(FileFormatException.class).isThrownBy(() -> in.readText("nothing"))
                    .withMessageContaining("'nothing' is missing");
        }
        assertThat(OffHeapMemory.bytesAllocated()).isEqualTo(before);
    }

    @Test
    void whatIsNoFileIsRefused() throws IOException {
        assertThatExceptionOfType(FileFormatException.class).isThrownBy(() -> CheckpointReader.open(directory))
                .withMessageContaining("is not a file");
        Files.writeString(file, "x".repeat(100));
        assertThatExceptionOfType(FileFormatException.class).isThrownBy(() -> CheckpointReader.open(file))
                .withMessageContaining("is not a checkpoint");
    }

    @Test
    void namesAreChecked() throws IOException {
        assertThatIllegalArgumentException().isThrownBy(() -> SectionContent.of("Name", 1L));
        assertThatIllegalArgumentException().isThrownBy(() -> SectionContent.of("n".repeat(41), 1L));
        assertThatIllegalArgumentException().isThrownBy(() -> CheckpointWriter.write(file,
                List.of(SectionContent.of("a", 1L), SectionContent.of("a", 2L)))).withMessageContaining("same name");
        assertThat(file).doesNotExist();
    }
}
