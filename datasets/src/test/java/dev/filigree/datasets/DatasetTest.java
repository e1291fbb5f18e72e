package dev.filigree.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.filigree.memory.FloatArray;
import dev.filigree.memory.IntArray;
import org.junit.jupiter.api.Test;

class DatasetTest {
    @Test
    void valuesAreSampleMajor() {
        try (Dataset data = dataset(new float[]{1, 2, 3, 4, 5, 6}, new int[]{0, 1}, 3, 2)) {
            assertThat(data.value(1, 0)).isEqualTo(4f);
            assertThat(data.label(1)).isEqualTo(1);
        }
    }

    @Test
    void countsSamplesPerClass() {
        try (Dataset data = dataset(new float[4], new int[]{2, 0, 2, 2}, 1, 4)) {
            assertThat(data.samplesPerClass()).containsExactly(1, 0, 3, 0);
        }
    }

    @Test
    void closingFreesBothArrays() {
        FloatArray values = FloatArray.allocate(2, "test");
        IntArray labels = IntArray.allocate(2, "test");
        new Dataset("test", values, labels, 1, 1).close();
        assertThatThrownBy(values::address).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(labels::address).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void featureOutsideTheSampleThrows() {
        try (Dataset data = dataset(new float[6], new int[2], 3, 1)) {
            assertThatThrownBy(() -> data.value(0, 3)).isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    @Test
    void wrongNumberOfValues() {
        assertRefused(5, new int[2], 3, 1, "test has 5 values, expected 2 samples × 3 features = 6");
    }

    @Test
    void labelOutOfRange() {
        assertRefused(2, new int[]{0, 1}, 1, 1, "label of sample 1 of test is 1, expected 0 to 0");
    }

    @Test
    void noSamples() {
        assertRefused(0, new int[0], 3, 1, "test has 0 samples, expected 1 to 2147483647");
    }

    private static void assertRefused(int values, int[] labels, int features, int classes, String message) {
        try (FloatArray v = FloatArray.allocate(values, "test"); IntArray l = IntArray.copyOf(labels, "test")) {
            assertThatThrownBy(() -> new Dataset("test", v, l, features, classes))
                    .isInstanceOf(IllegalArgumentException.class).hasMessage(message);
        }
    }

    private static Dataset dataset(float[] values, int[] labels, int features, int classes) {
        return new Dataset("test", FloatArray.copyOf(values, "test"), IntArray.copyOf(labels, "test"), features,
                classes);
    }
}
