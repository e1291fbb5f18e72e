package dev.filigree.cli.doctor;

import dev.filigree.dense.DenseBackend;
import dev.filigree.memory.FloatArray;
import java.util.concurrent.TimeUnit;

/** Times a dense backend on one thread with the product of two square matrices. */
final class GemmSpeed {
    private static final int SIZE = 1024;
    private static final long WARM_UP_NANOS = TimeUnit.MILLISECONDS.toNanos(300);
    private static final long MEASURED_NANOS = TimeUnit.SECONDS.toNanos(1);

    private GemmSpeed() {}

    /**
     * Speed of the fastest run in GFLOP/s, a multiplication and an addition counting as two. The fastest, because
     * the slower ones tell what else runs on the machine.
     */
    static double measure(DenseBackend backend) {
        try (FloatArray a = ones(); FloatArray b = ones(); FloatArray c = ones()) {
            fastestNanos(backend, a, b, c, WARM_UP_NANOS);
            return 2.0 * SIZE * SIZE * SIZE / fastestNanos(backend, a, b, c, MEASURED_NANOS);
        }
    }

    private static long fastestNanos(DenseBackend backend, FloatArray a, FloatArray b, FloatArray c,
            long budgetNanos) {
        long fastest = Long.MAX_VALUE;
        long end = System.nanoTime() + budgetNanos;
        do {
            long start = System.nanoTime();
            backend.gemm(false, false, SIZE, SIZE, SIZE, a.address(), SIZE, b.address(), SIZE, 0f, c.address(), SIZE);
            fastest = Math.min(fastest, System.nanoTime() - start);
        } while (System.nanoTime() < end);
        return fastest;
    }

    private static FloatArray ones() {
        FloatArray array = FloatArray.allocate((long) SIZE * SIZE, "speed measurement");
        for (long i = 0; i < array.length(); i++) {
            array.set(i, 1);
        }
        return array;
    }
}
