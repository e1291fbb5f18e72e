package dev.filigree.io.topology;

import static dev.filigree.io.Fixtures.fixture;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.filigree.io.FileFormatException;
import dev.filigree.memory.FloatArray;
import dev.filigree.topology.LayerTopology;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SparseMatrixFileTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({"csr,int32,stored", "csr,int32,deflated", "csr,int64,stored", "csr,int64,deflated", "csc,int32,stored",
            "csc,int32,deflated", "csc,int64,stored", "csc,int64,deflated", "coo,int32,stored", "coo,int32,deflated",
            "coo,int64,stored", "coo,int64,deflated"})
    void readsEveryFormThatSciPyWrites(String format, String indices, String packing) throws IOException {
        Path file = fixture("sparse/%s_float32_%s_%s.npz".formatted(format, indices, packing));
        try (LayerWeights layer = SparseMatrixFile.read(file)) {
            ExampleLayer.assertIsExample(layer);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"csr_float64_int32_deflated", "csr_array", "coo_coords", "csr_unicode_format"})
    void readsVariantsOfTheSameMatrix(String name) throws IOException {
        try (LayerWeights layer = SparseMatrixFile.read(fixture("sparse/" + name + ".npz"))) {
            ExampleLayer.assertIsExample(layer);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"csr_int8_int32_deflated", "csr_int64_int32_deflated"})
    void readsIntegerWeights(String name) throws IOException {
        try (LayerWeights layer = SparseMatrixFile.read(fixture("sparse/" + name + ".npz"))) {
            assertThat(layer.weights().toArray()).containsExactly(6, 0, -4, 1, -8, 12, 32, 2, 28);
            ExampleLayer.assertHasTheConnections(layer);
        }
    }

    @Test
    void readsTruthValuesAndKeepsStoredZerosAsConnections() throws IOException {
        try (LayerWeights layer = SparseMatrixFile.read(fixture("sparse/csr_bool_int32_deflated.npz"))) {
            assertThat(layer.weights().toArray()).containsExactly(1, 0, 1, 1, 1, 1, 1, 1, 1);
            ExampleLayer.assertHasTheConnections(layer);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"csc_unsorted_duplicates", "coo_unsorted_duplicates"})
    void sortsAndAddsUpDuplicates(String name) throws IOException {
        try (LayerWeights layer = SparseMatrixFile.read(fixture("sparse/" + name + ".npz"))) {
            ExampleLayer.assertIsExample(layer);
        }
    }

    @Test
    void separatesTheBiasRow() throws IOException {
        try (LayerWeights layer = SparseMatrixFile.readWithBiasRow(fixture("sparse/csr_float32_int32_stored.npz"));
                LayerTopology expected = LayerTopology.of(4, new int[]{0, 2}, new int[]{2}, new int[]{0, 3},
                        new int[]{2}, new int[]{}, new int[]{3})) {
            assertThat(layer.topology().sameConnections(expected)).isTrue();
            assertThat(layer.weights().toArray()).containsExactly(1.5f, 0, 0.25f, -2, 3, 8, 7);
            FloatArray bias = Objects.requireNonNull(layer.bias());
            assertThat(bias.toArray()).containsExactly(-1, 0, 0, 0.5f, 0, 0);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"bsr", "dia"})
    void refusesOtherSparseFormats(String format) {
        assertThatThrownBy(() -> SparseMatrixFile.read(fixture("sparse/" + format + ".npz")))
                .isInstanceOf(FileFormatException.class)
                .hasMessageContaining("sparse format '%s'; expected csr, csc or coo".formatted(format));
    }

    @Test
    void readsTheShapeAlone() throws IOException {
        assertThat(SparseMatrixFile.readShape(fixture("sparse/csc_float32_int64_deflated.npz")))
                .isEqualTo(new SparseMatrixFile.Shape(5, 6));
    }

    @Test
    void writesTheArraysThatSciPyWrites() throws IOException {
        assertSameArrays(writtenExample(), fixture("sparse/csr_float32_int32_stored.npz"));
    }

    @Test
    void writesWideIndicesAsSciPyDoes() throws IOException {
        Path file = directory.resolve("wide.npz");
        try (LayerTopology topology = ExampleLayer.topology();
                FloatArray weights = FloatArray.copyOf(ExampleLayer.WEIGHTS, "test");
                CompressedMatrix columns = new CompressedMatrix(6, 5, topology.rowStarts(), topology.sources(),
                        weights);
                CompressedMatrix rows = columns.transpose();
                OutputStream out = Files.newOutputStream(file)) {
            SparseMatrixFile.writeRows(out, rows, true);
        }
        assertSameArrays(file, fixture("sparse/csr_float32_int64_stored.npz"));
    }

    @Test
    void readsBackWhatItWrote() throws IOException {
        try (LayerWeights layer = SparseMatrixFile.read(writtenExample())) {
            ExampleLayer.assertIsExample(layer);
        }
    }

    @Test
    void sameLayerGivesTheSameBytes() throws IOException {
        byte[] first = Files.readAllBytes(writtenExample());
        assertThat(Files.readAllBytes(writtenExample())).isEqualTo(first);
    }

    @Test
    void writesALayerWithoutConnections() throws IOException {
        Path file = directory.resolve("weight_l0.npz");
        try (LayerTopology none = LayerTopology.of(2, new int[]{}, new int[]{}, new int[]{});
                FloatArray weights = FloatArray.allocate(0, "test")) {
            SparseMatrixFile.write(file, none, weights);
            try (LayerWeights back = SparseMatrixFile.read(file)) {
                assertThat(back.topology().sameConnections(none)).isTrue();
            }
        }
    }

    @Test
    void writesADenseLayerWithAllConnections() throws IOException {
        Path file = directory.resolve("weight_l0.npz");
        try (FloatArray weights = FloatArray.copyOf(new float[]{1, 2, 0, 4, 5, 6}, "test")) {
            SparseMatrixFile.writeDense(file, 3, 2, weights);
            try (LayerWeights back = SparseMatrixFile.read(file)) {
                assertThat(back.topology().density()).isEqualTo(1);
                assertThat(back.weights().toArray()).containsExactly(1, 2, 0, 4, 5, 6);
            }
        }
    }

    @Test
    void refusesToWriteOtherThanOneWeightPerConnection() {
        try (LayerTopology topology = ExampleLayer.topology(); FloatArray weights = FloatArray.allocate(8, "test")) {
            assertThatThrownBy(() -> SparseMatrixFile.write(directory.resolve("a.npz"), topology, weights))
                    .isInstanceOf(IllegalArgumentException.class).hasMessage("8 weights for 9 connections");
        }
    }

    private Path writtenExample() throws IOException {
        Path file = directory.resolve("weight_l0.npz");
        try (LayerTopology topology = ExampleLayer.topology();
                FloatArray weights = FloatArray.copyOf(ExampleLayer.WEIGHTS, "test")) {
            SparseMatrixFile.write(file, topology, weights);
        }
        return file;
    }

    /** Same names in the same order, same NPY bytes. */
    private static void assertSameArrays(Path ours, Path theirs) throws IOException {
        Map<String, byte[]> expected = arraysOf(theirs);
        Map<String, byte[]> actual = arraysOf(ours);
        assertThat(actual.keySet()).containsExactlyElementsOf(expected.keySet());
        assertThat(actual).allSatisfy((name, bytes) -> assertThat(bytes).isEqualTo(expected.get(name)));
    }

    private static Map<String, byte[]> arraysOf(Path npz) throws IOException {
        Map<String, byte[]> arrays = new LinkedHashMap<>();
        try (InputStream in = Files.newInputStream(npz); ZipInputStream zip = new ZipInputStream(in)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                arrays.put(entry.getName(), zip.readAllBytes());
            }
        }
        return arrays;
    }
}
