package dev.filigree.dense;

import java.util.Optional;

/**
 * Dense single-precision matrix products on off-heap memory, in row-major order. Implementations are found by
 * {@link java.util.ServiceLoader}; {@link JavaDenseBackend} is always there.
 *
 * <p>Every call runs on the calling thread alone and may run concurrently with others: the caller splits the
 * work. Addresses are absolute and trusted; the caller has checked that the matrices lie in live memory.
 */
public interface DenseBackend {
    /** Short name for reports, such as {@code "OpenBLAS"}. */
    String name();

    /** Version, kernel and thread report, one line. */
    String description();

    /** CPU type whose kernels a native library has chosen to run; empty if there is no such choice. */
    default Optional<String> coreType() {
        return Optional.empty();
    }

    /** The one with the highest number is chosen; plain Java is 0. */
    int priority();

    /**
     * {@code C = beta·C + op(A)·op(B)}, row-major.
     *
     * @param transposeA whether {@code op(A)} is the transpose of what is stored
     * @param transposeB whether {@code op(B)} is the transpose of what is stored
     * @param m rows of C and of {@code op(A)}
     * @param n columns of C and of {@code op(B)}
     * @param k columns of {@code op(A)}, rows of {@code op(B)}
     * @param a address of A
     * @param lda floats between two stored rows of A
     * @param b address of B
     * @param ldb floats between two stored rows of B
     * @param beta 0 overwrites C (whatever it held), 1 adds to it
     * @param c address of C
     * @param ldc floats between two stored rows of C
     */
    void gemm(boolean transposeA, boolean transposeB, int m, int n, int k, long a, int lda, long b, int ldb, float beta,
            long c, int ldc);
}
