package dev.filigree.openblas;

import static org.assertj.core.api.Assertions.assertThat;

import dev.filigree.dense.DenseBackend;
import dev.filigree.memory.FloatArray;
import java.util.Random;

/**
 * One product to check.
 *
 * @param gap floats between the end of a stored row and the start of the next
 */
record GemmCase(boolean transposeA, boolean transposeB, int m, int n, int k, int gap, float beta) {
    GemmCase withGap(int floats) {
        return new GemmCase(transposeA, transposeB, m, n, k, floats, beta);
    }

    GemmCase withBeta(float newBeta) {
        return new GemmCase(transposeA, transposeB, m, n, k, gap, newBeta);
    }

    /** Runs the product on random matrices and compares all of C's memory with the naive loop's. */
    void check(DenseBackend backend) {
        Random random = new Random(31L * m + 37L * n + 41L * k);
        int lda = (transposeA ? m : k) + gap;
        int ldb = (transposeB ? k : n) + gap;
        int ldc = n + gap;
        float[] a = normal(random, (transposeA ? k : m) * lda);
        float[] b = normal(random, (transposeB ? n : k) * ldb);
        float[] c = normal(random, m * ldc);
        try (FloatArray nativeA = FloatArray.copyOf(a, "a");
                FloatArray nativeB = FloatArray.copyOf(b, "b");
                FloatArray nativeC = FloatArray.copyOf(c, "c")) {
            backend.gemm(transposeA, transposeB, m, n, k, nativeA.address(), lda, nativeB.address(), ldb, beta,
                    nativeC.address(), ldc);
            naive(a, lda, b, ldb, c, ldc);
            assertThat(largestDifference(nativeC.toArray(), c)).isLessThan(1e-5 * (k + 1));
        }
    }

    private void naive(float[] a, int lda, float[] b, int ldb, float[] c, int ldc) {
        for (int row = 0; row < m; row++) {
            for (int column = 0; column < n; column++) {
                double sum = 0;
                for (int i = 0; i < k; i++) {
                    float left = transposeA ? a[i * lda + row] : a[row * lda + i];
                    float right = transposeB ? b[column * ldb + i] : b[i * ldb + column];
                    sum += (double) left * right;
                }
                int target = row * ldc + column;
                c[target] = (float) (sum + (beta == 0 ? 0 : beta * c[target]));
            }
        }
    }

    private static double largestDifference(float[] actual, float[] expected) {
        double largest = 0;
        for (int i = 0; i < expected.length; i++) {
            double difference = Math.abs(actual[i] - expected[i]);
            largest = Double.isNaN(difference) ? Double.POSITIVE_INFINITY : Math.max(largest, difference);
        }
        return largest;
    }

    private static float[] normal(Random random, int length) {
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }
}
