package dev.filigree.cli.doctor;

import dev.filigree.kernel.SparseKernels;

/**
 * What computes sparse layers.
 *
 * @param provider name of the kernels in use, such as {@code vector-512} or {@code scalar}
 */
public record KernelReport(String provider) {
    /** Reports the kernels that networks use in this JVM. */
    public static KernelReport current() {
        return new KernelReport(SparseKernels.best().name());
    }
}
