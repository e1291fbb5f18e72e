package dev.filigree.datasets.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.filigree.datasets.DatasetException;
import dev.filigree.datasets.ValidationSplit;
import dev.filigree.io.NpzWriter;
import dev.filigree.memory.FloatArray;
import dev.filigree.memory.IntArray;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the readers take, and what they say about what they do not. */
class FileFormatTest {
    @TempDir
    Path folder;

    private FileSamples read(String name, String content, @Nullable String labelColumn) throws IOException {
        return FileFormat.read(Files.writeString(folder.resolve(name), content), labelColumn);
    }

    private static float[] row(FileSamples samples, int sample) {
        float[] row = new float[samples.rows().features()];
        samples.rows().read(sample, row);
        return row;
    }

    private Path writeNpz(float[] values, int[] labels, long... shape) throws IOException {
        Path file = folder.resolve("a.npz");
        try (NpzWriter out = NpzWriter.deflated(Files.newOutputStream(file));
                FloatArray x = FloatArray.copyOf(values, "x");
                IntArray y = IntArray.copyOf(labels, "y")) {
            out.add("X", x, shape);
            out.add("y", y);
        }
        return file;
    }

    @Test
    void npzHoldsRowsAndLabels() throws IOException {
        try (FileSamples samples = FileFormat.read(
                writeNpz(new float[]{1, 2, 3, 4, 5, 6, 7, 8}, new int[]{5, -3}, 2, 2, 2),
                null)) {
            assertThat(samples.labels()).containsExactly("5", "-3");
            assertThat(row(samples, 1)).containsExactly(5, 6, 7, 8);
        }
    }

    @Test
    void wrongNpzIsRefused() throws IOException {
        Path labels = writeNpz(new float[]{1, 2, 3, 4}, new int[]{0, 1, 0}, 2, 2);
        assertThatThrownBy(() -> FileFormat.read(labels, null)).hasMessageContaining("found 3 labels in y, expected 2");
        Path flat = writeNpz(new float[]{1, 2}, new int[]{0, 1}, 2);
        assertThatThrownBy(() -> FileFormat.read(flat, null)).hasMessageContaining("X has the shape [2]");
        Path infinite = writeNpz(new float[]{1, 2, Float.NaN, 4}, new int[]{0, 1}, 2, 2);
        assertThatThrownBy(() -> FileFormat.read(infinite, null)).hasMessageContaining("feature 0 of sample 1 is NaN");
        assertThatThrownBy(() -> read("b.npz", "text", null)).hasMessageContaining("not a readable .npz archive");
    }

    @Test
    void npzNumbersPastTheRangeOfFloatAreNamed() throws IOException {
        Path file = folder.resolve("wide.npz");
        ByteBuffer header = ByteBuffer.allocate(128 + 2 * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        header.put(new byte[]{(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0}).putShort((short) 118);
        String text = "{'descr': '<f8', 'fortran_order': False, 'shape': (2, 1), }";
        header.put((text + " ".repeat(117 - text.length()) + "\n").getBytes(StandardCharsets.US_ASCII));
        header.putDouble(1).putDouble(-1e300);
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(file))) {
            out.putNextEntry(new ZipEntry("X.npy"));
            out.write(header.array());
            out.putNextEntry(new ZipEntry("y.npy"));
            out.write(new String(header.array(), StandardCharsets.ISO_8859_1).replace("<f8", "<i8")
                    .replace("(2, 1)", "(2,)  ").getBytes(StandardCharsets.ISO_8859_1));
        }
        assertThatThrownBy(() -> FileFormat.read(file, null))
                .hasMessageContaining("element 1 is -1.0E300, which does not fit a 32-bit float");
    }

    @Test
    void npzWithoutLabelsNamesWhatIsThere() throws IOException {
        Path file = folder.resolve("c.npz");
        try (NpzWriter out = NpzWriter.deflated(Files.newOutputStream(file));
                FloatArray x = FloatArray.copyOf(new float[]{1, 2}, "x")) {
            out.add("X", x, 2, 1);
        }
        assertThatThrownBy(() -> FileFormat.read(file, null)).hasMessageContaining("'y' is missing; found [X]");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            width,height,kind;1,2.5,cat;3,-4e1,dog     |
            1,2.5,cat;3,-4e1,dog                       |
            kind,width,height;cat,1,2.5;dog,3,-4e1     | kind
            cat,1,2.5;dog,3,-4e1                       | 0
            1,cat,2.5;3,dog,-4e1                       | 1
            "width",kind,"height, ""h"" here";1,"cat",2.5;3, "dog" ,-4e1 | kind
            """)
    void csvTakesHeadersQuotesAndAnyLabelColumn(String content, @Nullable String label) throws IOException {
        try (FileSamples samples = read("a.csv", content.replace(';', '\n'), label)) {
            assertThat(samples.labels()).containsExactly("cat", "dog");
            assertThat(row(samples, 0)).containsExactly(1, 2.5f);
            assertThat(row(samples, 1)).containsExactly(3, -40);
        }
    }

    @Test
    void csvTakesSemicolonsBlankLinesAndCarriageReturns() throws IOException {
        try (FileSamples samples = read("a.csv", "\ufeff1;2;a\r\n\r\n3;4;b\r\n\r\n", null)) {
            assertThat(samples.labels()).containsExactly("a", "b");
            assertThat(row(samples, 1)).containsExactly(3, 4);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            1,2,a;3,b          | line 2: found 2 columns, expected 3
            1,2,a;3,NaN,b      | line 2: column 1 is 'NaN', expected a number
            1,2,a;3,1e60,b     | line 2: column 1 is 1e60, expected a number in the range of float
            1,2,a;3,0x1p3,b    | line 2: column 1 is '0x1p3'
            1,2,a;3,,b         | line 2: column 1 is '', expected a number
            1,x,a;3,4,b        | line 1: column 1 is 'x'
            ,x,a;3,4,b         | line 1: column 0 is ''
            1,"x               | line 1: a quoted field does not end
            1,"x"y,a           | line 1: a quoted field goes on
            a;b                | line 1: found 1 columns, expected 2
            width,kind         | has a header but no sample
            ''                 | is empty
            """)
    void wrongCsvIsRefused(String content, String message) {
        assertThatThrownBy(() -> read("a.csv", content.replace(';', '\n'), null)).hasMessageContaining("a.csv")
                .hasMessageContaining(message);
    }

    @Test
    void unknownLabelColumnIsRefused() {
        assertThatThrownBy(() -> read("a.csv", "width,kind\n1,a\n", "colour"))
                .hasMessageContaining("no one column 'colour': expected a name of the header, or a number from 0 to 1");
        assertThatThrownBy(() -> read("a.csv", "width,kind\n1,a\n", "2")).hasMessageContaining("from 0 to 1");
        assertThatThrownBy(() -> read("a.svm", "1 1:1\n", "2")).hasMessageContaining("no label column to choose");
    }

    @Test
    void libsvmLeavesOutZerosAndComments() throws IOException {
        try (FileSamples samples = read("a.txt", "# made by hand\n+1 2:0.5 4:-1 # first\n-1\n", null)) {
            assertThat(samples.labels()).containsExactly("1", "-1");
            assertThat(row(samples, 0)).containsExactly(0, 0.5f, 0, -1);
            assertThat(row(samples, 1)).containsOnly(0);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            1 1:1;1 0:1          | line 2: an index is '0', expected 1 to
            1 3:1 2:1            | line 1: index 2 follows 3, expected ascending
            1 3:1 3:1            | line 1: index 3 follows 3
            1 -1:1               | line 1: an index is '-1'
            1 99999999:1         | line 1: an index is '99999999'
            1 1:x                | line 1: value of index 1 is 'x'
            1 1:inf              | line 1: value of index 1 is 'inf'
            1 1                  | line 1: found '1', expected index:value
            1 qid:3 1:1          | line 1: an index is 'qid'
            0.5 1:1              | line 1: the label is '0.5', expected an integer
            1,2 1:1              | line 1: the label is '1,2'
            1                    | has no value
            """)
    void wrongLibsvmIsRefused(String content, String message) {
        assertThatThrownBy(() -> read("a.libsvm", content.replace(';', '\n'), null)).hasMessageContaining("a.libsvm")
                .hasMessageContaining(message);
    }

    @Test
    void oneFarIndexIsNoReasonToAllocate() throws IOException {
        Path file = folder.resolve("far.svm");
        Files.writeString(file, "1 1:1\n-1 16777216:1\n" + "1 1:1\n-1 1:1\n".repeat(50));
        assertThatThrownBy(() -> new DataFile(file, null, 0.2, null)
                .load(ValidationSplit.none(), 1)).hasMessageContaining("far.svm: 102 samples")
                .hasMessageContaining("check the largest index");
    }

    @Test
    void gzipThatUnpacksToFarMoreIsRefused() throws IOException {
        Path file = folder.resolve("bomb.csv");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            byte[] line = "0,0,0,0,0,0,0,1\n".repeat(1000).getBytes(StandardCharsets.UTF_8);
            for (int k = 0; k < 1000; k++) {
                out.write(line);
            }
        }
        assertThatThrownBy(() -> FileFormat.read(file, null)).isInstanceOf(DatasetException.class)
                .hasMessageContaining("bomb.csv: the gzip data is wrong (unpacks to more than");
    }

    @Test
    void aLostPartOfAGzipFileIsNoticed() throws IOException {
        ByteArrayOutputStream parts = new ByteArrayOutputStream();
        int second = 0;
        for (int k = 0; k < 2; k++) {
            second = k == 1 ? parts.size() : 0;
            try (OutputStream out = new GZIPOutputStream(parts)) {
                out.write("1,2,0\n3,4,1\n".getBytes(StandardCharsets.UTF_8));
            }
        }
        byte[] bytes = parts.toByteArray();
        bytes[second] ^= 1;
        Path file = Files.write(folder.resolve("parts.csv"), bytes);
        assertThatThrownBy(() -> FileFormat.read(file, null)).isInstanceOf(DatasetException.class)
                .hasMessageContaining("something other than gzip data at a member's start");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1 1:%s\n", "1 %s\n", "%s 1:1\n"})
    void messagesStayShortWhateverTheFileHolds(String line) throws IOException {
        Path file = Files.writeString(folder.resolve("long.svm"), line.formatted("9".repeat(100_000)));
        assertThatThrownBy(() -> FileFormat.read(file, null)).isInstanceOf(DatasetException.class)
                .message().hasSizeLessThan(300);
    }

    @Test
    void messagesCannotSteerTheTerminal() throws IOException {
        Path file = Files.writeString(folder.resolve("steer.csv"), "\u001b[2J1,0\n\u001b[2J2,1\n");
        assertThatThrownBy(() -> FileFormat.read(file, "0")).isInstanceOf(DatasetException.class)
                .message().doesNotContain("\u001b");
        Path numbers = Files.writeString(folder.resolve("steer.svm"), "1 1:\u001b[2J\n");
        assertThatThrownBy(() -> FileFormat.read(numbers, null)).isInstanceOf(DatasetException.class)
                .hasMessageContaining("'?[2J'");
    }

    @Test
    void aTabIsNamedInMessages() throws IOException {
        Path file = Files.writeString(folder.resolve("tabs.csv"), "\"a\"b\t1\n");
        assertThatThrownBy(() -> FileFormat.read(file, null))
                .hasMessageEndingWith("goes on after its closing quote, expected a tab");
    }

    @Test
    void textMustBeUtf8() throws IOException {
        Path file = folder.resolve("latin.csv");
        Files.write(file, new byte[]{'1', ',', 'a', '\n', '1', ',', (byte) 0xe4, '\n'});
        assertThatThrownBy(() -> FileFormat.read(file, null))
                .hasMessageContaining("latin.csv: line 2 is not text in UTF-8");
    }

    @ParameterizedTest
    @CsvSource({"a.npz,NPZ", "a.b.CSV,CSV", "a.csv.gz,CSV", "a.svm,LIBSVM", "a.txt.gz,LIBSVM"})
    void endingTellsTheFormat(String name, FileFormat format) {
        assertThat(FileFormat.of(Path.of("folder", name))).isEqualTo(format);
        assertThat(FileFormat.baseName(Path.of("folder", name))).startsWith("a").doesNotEndWith("svm")
                .doesNotEndWith("gz");
    }
}
