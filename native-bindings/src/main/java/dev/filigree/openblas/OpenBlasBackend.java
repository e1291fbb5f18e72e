package dev.filigree.openblas;

import static org.bytedeco.openblas.global.openblas_nolapack.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_sgemm;

import dev.filigree.dense.DenseBackend;
import java.util.Optional;

/**
 * Dense matrix products by OpenBLAS, on the caller's memory as it lies: nothing is copied and, once a thread has
 * made its first call, nothing is allocated on the heap.
 *
 * <p>OpenBLAS's own threads are switched off when it is loaded, because the caller already splits the work: two
 * thread pools on the same cores wait for each other.
 */
public final class OpenBlasBackend implements DenseBackend {
    private static final ThreadLocal<Operands> OPERANDS = ThreadLocal.withInitial(Operands::new);

    private final OpenBlasLibrary library;

    /**
     * Loads OpenBLAS.
     *
     * @throws IllegalStateException if it cannot be loaded; the message says what is missing
     */
    public OpenBlasBackend() {
        library = OpenBlasLibrary.load();
    }

    @Override
    public String name() {
        return "OpenBLAS";
    }

    @Override
    public String description() {
        return "%s, core type %s, %d thread per call".formatted(library.config(), library.coreName(),
                library.threads());
    }

    @Override
    public Optional<String> coreType() {
        return Optional.of(library.coreName());
    }

    @Override
    public int priority() {
        return 100;
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException if a size is negative or a row is longer than the distance between two rows
     */
    @Override
    public void gemm(boolean transposeA, boolean transposeB, int m, int n, int k, long a, int lda, long b, int ldb,
            float beta, long c, int ldc) {
        checkSizes(transposeA, transposeB, m, n, k, lda, ldb, ldc);
        Operands operands = OPERANDS.get();
        cblas_sgemm(CblasRowMajor, transposeA ? CblasTrans : CblasNoTrans, transposeB ? CblasTrans : CblasNoTrans, m, n,
                k, 1f, operands.a.at(a), lda, operands.b.at(b), ldb, beta, operands.c.at(c), ldc);
    }

    // OpenBLAS answers a wrong size with a line on the console and leaves C as it was.
    private static void checkSizes(boolean transposeA, boolean transposeB, int m, int n, int k, int lda, int ldb,
            int ldc) {
        if (m < 0 || n < 0 || k < 0 || lda < Math.max(1, transposeA ? m : k) || ldb < Math.max(1, transposeB ? k : n)
                || ldc < Math.max(1, n)) {
            throw new IllegalArgumentException(
                    "gemm m=%d n=%d k=%d transposeA=%b transposeB=%b lda=%d ldb=%d ldc=%d: sizes must be 0 or more and rows no longer than lda, ldb, ldc"
                            .formatted(m, n, k, transposeA, transposeB, lda, ldb, ldc));
        }
    }

    /** One thread's three views, pointed at new matrices on every call. */
    private static final class Operands {
        final FloatView a = new FloatView();
        final FloatView b = new FloatView();
        final FloatView c = new FloatView();
    }
}
