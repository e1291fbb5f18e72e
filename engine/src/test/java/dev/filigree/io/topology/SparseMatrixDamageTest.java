package dev.filigree.io.topology;

import static dev.filigree.io.Fixtures.fixture;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.filigree.io.FileFormatException;
import dev.filigree.io.NpzWriter;
import dev.filigree.memory.FloatArray;
import dev.filigree.memory.LongArray;
import dev.filigree.memory.OffHeapMemory;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every damaged file is refused with one line that names it, and nothing stays allocated. */
class SparseMatrixDamageTest {
    @TempDir
    Path directory;

    /** A sound 2 × 3 matrix with entries (0, 0), (0, 2) and (1, 1), for each test to damage. */
    private String format = "csr";
    private long[] shape = {2, 3};
    private long[] indptr = {0, 2, 3};
    private long[] indices = {0, 2, 1};
    private float[] data = {1, 2, 3};

    @AfterEach
    void nothingStaysAllocated() {
        assertThat(OffHeapMemory.leakReport()).noneMatch(line -> line.contains("of a matrix"));
    }

    @Test
    void soundMatrixIsRead() throws IOException {
        try (LayerWeights layer = SparseMatrixFile.read(write())) {
            assertThat(layer.weights().toArray()).containsExactly(1, 3, 2);
        }
    }

    @Test
    void missingFile() {
        assertRefused(directory.resolve("weight_l0.npz"), "no such file");
    }

    @Test
    void notAnArchive() throws IOException {
        assertRefused(Files.writeString(directory.resolve("weight_l0.npz"), "1,2,3\n"), "not a readable .npz archive");
    }

    @Test
    void emptyFile() throws IOException {
        assertRefused(Files.createFile(directory.resolve("weight_l0.npz")), "not a readable .npz archive");
    }

    @ParameterizedTest
    @ValueSource(ints = {50, 400, 800})
    void cutOff(int bytes) throws IOException {
        Path file = write();
        Files.write(file, Arrays.copyOf(Files.readAllBytes(file), bytes));
        assertRefused(file, "cut off");
    }

    @Test
    void otherArrays() throws IOException {
        Path file = directory.resolve("weight_l0.npz");
        try (OutputStream out = Files.newOutputStream(file); NpzWriter npz = NpzWriter.stored(out)) {
            add(npz, "X", 1, 2);
        }
        assertRefused(file, "no sparse matrix, it holds the arrays [X]; expected a file of scipy.sparse.save_npz");
    }

    @Test
    void missingData() throws IOException {
        Path file = directory.resolve("weight_l0.npz");
        try (OutputStream out = Files.newOutputStream(file); NpzWriter npz = NpzWriter.stored(out)) {
            npz.addText("format", "csr");
            add(npz, "shape", shape);
            add(npz, "indptr", indptr);
            add(npz, "indices", indices);
        }
        assertRefused(file, "the array 'data' is missing; found [format, shape, indptr, indices]");
    }

    @Test
    void unknownFormat() throws IOException {
        format = "lil";
        assertRefused("sparse format 'lil'; expected csr, csc or coo");
    }

    @Test
    void shapeOfOneNumber() throws IOException {
        shape = new long[]{6};
        assertRefused("'shape' has 1 numbers, expected 2");
    }

    @Test
    void negativeSize() throws IOException {
        shape = new long[]{-2, 3};
        assertRefused("the matrix has -2 rows, expected 1 to");
    }

    @Test
    void sizeBeyondInts() throws IOException {
        shape = new long[]{2, 1L << 40};
        assertRefused("the matrix has 1099511627776 columns, expected 1 to");
    }

    @Test
    void hugeShapeWithHardlyAnyConnection() throws IOException {
        shape = new long[]{2, 2_000_000_000};
        assertRefused("a matrix of 2 × 2,000,000,000 with 3 entries is not a believable layer");
    }

    @Test
    void shapeThatTakesMoreMemoryThanTheFileExplains() throws IOException {
        shape = new long[]{2, 1 << 24};
        assertRefused("a matrix of 2 × 16,777,216 with 3 entries is not a believable layer");
    }

    @Test
    void shapeDoesNotFitIndptr() throws IOException {
        shape = new long[]{3, 3};
        assertRefused("'indptr' has 3 positions, expected 4 for 3 rows");
    }

    @Test
    void indptrStartsElsewhere() throws IOException {
        indptr = new long[]{1, 2, 3};
        assertRefused("'indptr' starts at 1, expected 0");
    }

    @Test
    void indptrDescends() throws IOException {
        indptr = new long[]{0, 4, 3};
        assertRefused("'indptr' descends from 4 to 3 at position 2");
    }

    @Test
    void indptrEndsElsewhere() throws IOException {
        indptr = new long[]{0, 2, 2};
        assertRefused("'indptr' ends at 2, expected 3");
    }

    @Test
    void indexTooLarge() throws IOException {
        indices = new long[]{0, 3, 1};
        assertRefused("'indices' has index 3 at position 1, expected 0 to 2");
    }

    @Test
    void indexNegative() throws IOException {
        indices = new long[]{0, -1, 1};
        assertRefused("'indices' has index -1 at position 1, expected 0 to 2");
    }

    @Test
    void indexBeyondInts() throws IOException {
        indices = new long[]{0, 1L << 33, 1};
        assertRefused("element 1 is 8589934592, which does not fit a 32-bit integer");
    }

    @Test
    void fewerIndicesThanValues() throws IOException {
        indices = new long[]{0, 2};
        assertRefused("'indices' has 2 entries but 'data' has 3");
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
    void valueNotFinite(float value) throws IOException {
        data[1] = value;
        assertRefused("the value at row 0, column 2 is %s; expected a finite float32 number".formatted(value));
    }

    @Test
    void duplicatesWhoseSumIsNotFinite() throws IOException {
        indices = new long[]{0, 0, 1};
        data = new float[]{3e38f, 3e38f, 1};
        assertRefused("the value at row 0, column 0 is Infinity");
    }

    @Test
    void nothingLeftBesidesTheBias() throws IOException {
        shape = new long[]{1, 3};
        indptr = new long[]{0, 3};
        Path file = write();
        assertThatThrownBy(() -> SparseMatrixFile.readWithBiasRow(file)).isInstanceOf(FileFormatException.class)
                .hasMessageContaining("its only row would be the bias");
    }

    @Test
    void coordinatesOutOfRange() throws IOException {
        Path file = directory.resolve("weight_l0.npz");
        try (OutputStream out = Files.newOutputStream(file); NpzWriter npz = NpzWriter.stored(out)) {
            npz.addText("format", "coo");
            add(npz, "shape", shape);
            add(npz, "row", 0, 2);
            add(npz, "col", 0, 0);
            add(npz, "data", 1, 1);
        }
        assertRefused(file, "'row' has index 2 at position 1, expected 0 to 1");
    }

    @Test
    void objectValues() throws IOException {
        Path file = write();
        try (FileSystem zip = FileSystems.newFileSystem(file)) {
            Files.copy(fixture("arrays/objects.npy"), zip.getPath("data.npy"),
                    StandardCopyOption.REPLACE_EXISTING);
        }
        assertRefused(file, "array 'data': holds Python objects");
    }

    private void assertRefused(String message) throws IOException {
        assertRefused(write(), message);
    }

    private static void assertRefused(Path file, String message) {
        assertThatThrownBy(() -> SparseMatrixFile.read(file)).isInstanceOf(FileFormatException.class)
                .hasMessageContaining(message).hasMessageContaining(file.toString()).message().hasLineCount(1);
    }

    private Path write() throws IOException {
        Path file = directory.resolve("weight_l0.npz");
        try (OutputStream out = Files.newOutputStream(file);
                NpzWriter npz = NpzWriter.deflated(out);
                FloatArray values = FloatArray.copyOf(data, "test")) {
            add(npz, "indices", indices);
            add(npz, "indptr", indptr);
            npz.addText("format", format);
            add(npz, "shape", shape);
            npz.add("data", values);
        }
        return file;
    }

    private static void add(NpzWriter npz, String name, long... values) throws IOException {
        try (LongArray array = LongArray.copyOf(values, "test")) {
            npz.add(name, array);
        }
    }
}
