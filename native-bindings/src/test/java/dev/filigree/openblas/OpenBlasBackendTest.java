package dev.filigree.openblas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.filigree.dense.DenseBackend;
import dev.filigree.memory.FloatArray;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OpenBlasBackendTest {
    private static final int[] SIZES = {1, 3, 15, 16, 17, 63, 64, 65, 127, 128, 129};

    private final DenseBackend openBlas = new OpenBlasBackend();

    @Test
    void isFoundByServiceLoader() {
        assertThat(ServiceLoader.load(DenseBackend.class)).anyMatch(OpenBlasBackend.class::isInstance);
    }

    @Test
    void descriptionTellsVersionCoreTypeAndThreads() {
        assertThat(openBlas.description()).contains("OpenBLAS 0.3.31", "core type " + openBlas.coreType().orElseThrow(),
                "1 thread per call");
    }

    static Stream<GemmCase> allTransposesAtOddSizes() {
        List<GemmCase> cases = new ArrayList<>();
        for (int i = 0; i < SIZES.length; i++) {
            int m = SIZES[i];
            int n = SIZES[(i + 4) % SIZES.length];
            int k = SIZES[(i + 7) % SIZES.length];
            for (boolean transposeA : new boolean[]{false, true}) {
                for (boolean transposeB : new boolean[]{false, true}) {
                    cases.add(new GemmCase(transposeA, transposeB, m, n, k, 0, 0f));
                }
            }
        }
        return cases.stream();
    }

    @ParameterizedTest
    @MethodSource("allTransposesAtOddSizes")
    void agreesWithTheNaiveLoop(GemmCase gemm) {
        gemm.check(openBlas);
    }

    @ParameterizedTest
    @MethodSource("allTransposesAtOddSizes")
    void addsToCWhenBetaIsOne(GemmCase gemm) {
        gemm.withBeta(1f).check(openBlas);
    }

    @ParameterizedTest
    @MethodSource("allTransposesAtOddSizes")
    void leavesTheGapsBetweenRowsAlone(GemmCase gemm) {
        gemm.withGap(5).check(openBlas);
    }

    @Test
    void betaZeroOverwritesNaN() {
        try (FloatArray a = FloatArray.copyOf(new float[]{1, 2, 3, 4}, "a");
                FloatArray c = FloatArray.copyOf(new float[]{Float.NaN, Float.NaN, Float.NaN, Float.NaN}, "c")) {
            openBlas.gemm(false, false, 2, 2, 2, a.address(), 2, a.address(), 2, 0f, c.address(), 2);
            assertThat(c.toArray()).containsExactly(7, 10, 15, 22);
        }
    }

    @Test
    void emptyInnerDimensionLeavesBetaTimesC() {
        try (FloatArray a = FloatArray.allocate(1, "a");
                FloatArray c = FloatArray.copyOf(new float[]{Float.NaN, 2}, "c")) {
            openBlas.gemm(false, false, 1, 2, 0, a.address(), 1, a.address(), 2, 0f, c.address(), 2);
            assertThat(c.toArray()).containsExactly(0, 0);
        }
    }

    @Test
    void rowsLongerThanTheirDistanceAreRefused() {
        assertThatThrownBy(() -> openBlas.gemm(false, false, 2, 2, 3, 0, 2, 0, 2, 0f, 0, 2))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("lda=2");
    }

    @Test
    void twoThreadsMayCallAtOnce() throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            Callable<Void> calls = () -> {
                for (int i = 0; i < 50; i++) {
                    new GemmCase(false, i % 2 == 0, 65, 129, 17 + i, 3, 0f).check(openBlas);
                }
                return null;
            };
            for (Future<Void> future : threads.invokeAll(List.of(calls, calls))) {
                future.get();
            }
        }
    }

    @Test
    void allocatesNothingAfterTheFirstCall() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        try (FloatArray a = FloatArray.allocate(64, "a"); FloatArray c = FloatArray.allocate(64, "c")) {
            // Linking and compiling leave a few objects at a moment of the virtual machine's choice.
            long least = Long.MAX_VALUE;
            for (int attempt = 0; attempt < 10; attempt++) {
                long before = threads.getCurrentThreadAllocatedBytes();
                multiply(a, c, 1000);
                least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
            }
            assertThat(least).as("bytes of 1000 calls").isLessThan(1000);
        }
    }

    private void multiply(FloatArray a, FloatArray c, int times) {
        for (int i = 0; i < times; i++) {
            openBlas.gemm(false, true, 8, 8, 8, a.address(), 8, a.address(), 8, 0f, c.address(), 8);
        }
    }
}
