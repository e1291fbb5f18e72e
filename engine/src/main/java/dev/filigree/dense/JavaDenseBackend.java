package dev.filigree.dense;

import static dev.filigree.memory.OffHeapMemory.getFloat;
import static dev.filigree.memory.OffHeapMemory.setFloat;

/** Matrix products in plain Java loops: always there, an order of magnitude slower than a tuned library. */
public final class JavaDenseBackend implements DenseBackend {
    /** The plain Java backend. */
    public JavaDenseBackend() {}

    @Override
    public String name() {
        return "Java";
    }

    @Override
    public String description() {
        return "plain Java loops";
    }

    @Override
    public int priority() {
        return 0;
    }

    @Override
    public void gemm(boolean transposeA, boolean transposeB, int m, int n, int k, long a, int lda, long b, int ldb,
            float beta, long c, int ldc) {
        long aRow = transposeA ? 1 : lda;
        long aColumn = transposeA ? lda : 1;
        long bRow = transposeB ? 1 : ldb;
        long bColumn = transposeB ? ldb : 1;
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < n; j++) {
                float sum = 0;
                for (int p = 0; p < k; p++) {
                    sum = Math.fma(getFloat(a + 4 * (i * aRow + p * aColumn)),
                            getFloat(b + 4 * (p * bRow + j * bColumn)), sum);
                }
                long at = c + 4 * ((long) i * ldc + j);
                setFloat(at, beta == 0 ? sum : Math.fma(beta, getFloat(at), sum));
            }
        }
    }
}
