package dev.filigree.io.topology;

import static dev.filigree.io.Fixtures.fixture;
import static org.assertj.core.api.Assertions.assertThat;

import dev.filigree.io.FileFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Damage of a weight file anywhere is noticed, or changes nothing: no weight is ever silently another. */
class EveryByteTest {
    private static final int[] FLIPS = {0x01, 0x80, 0xff};

    @TempDir
    Path directory;

    /** What a layer holds, so that any difference shows. */
    private record Content(int inputs, int outputs, List<Float> weights, List<String> sources) {
        static Content of(Path file) throws IOException {
            try (LayerWeights layer = SparseMatrixFile.read(file)) {
                float[] weights = layer.weights().toArray();
                Float[] boxed = new Float[weights.length];
                Arrays.setAll(boxed, k -> weights[k]);
                return new Content(layer.topology().inputs(), layer.topology().outputs(), List.of(boxed),
                        List.of(Arrays.toString(layer.topology().sources().toArray()),
                                Arrays.toString(layer.topology().rowStarts().toArray())));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"csr_float32_int32_stored", "csc_float32_int64_deflated", "coo_coords"})
    void aFlipIsNoticedOrHarmless(String name) throws IOException {
        Path original = fixture("sparse/" + name + ".npz");
        byte[] bytes = Files.readAllBytes(original);
        Content expected = Content.of(original);
        int refused = 0;
        for (int position = 0; position < bytes.length; position++) {
            for (int flip : FLIPS) {
                byte[] damaged = bytes.clone();
                damaged[position] ^= (byte) flip;
                refused += isRefused(damaged, expected, "byte %d ^ %02x".formatted(position, flip)) ? 1 : 0;
            }
        }
        assertThat(refused).isGreaterThan(bytes.length * FLIPS.length / 4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"csr_float32_int32_stored", "csc_float32_int64_deflated", "coo_coords"})
    void everyShorterFileIsRefused(String name) throws IOException {
        Path original = fixture("sparse/" + name + ".npz");
        byte[] bytes = Files.readAllBytes(original);
        Content expected = Content.of(original);
        for (int length = 0; length < bytes.length; length++) {
            assertThat(isRefused(Arrays.copyOf(bytes, length), expected, "length " + length)).as("length %d", length)
                    .isTrue();
        }
    }

    private boolean isRefused(byte[] damaged, Content expected, String what) throws IOException {
        Path file = Files.write(directory.resolve("weight_l0.npz"), damaged);
        try {
            assertThat(Content.of(file)).as(what).isEqualTo(expected);
            return false;
        } catch (FileFormatException e) {
            assertThat(e).as(what).message().hasLineCount(1);
            return true;
        }
    }
}
