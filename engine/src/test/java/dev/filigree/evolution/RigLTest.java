package dev.filigree.evolution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.filigree.dense.DenseBackend;
import dev.filigree.memory.OffHeapMemory;
import dev.filigree.network.TestNetworks;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One update against the algorithm of the paper, applied to sorted lists. */
class RigLTest {
    private static final TrainingProgress NOW = new TrainingProgress(1, 1, 10, 1);
    private static final int[] WIDTHS = {40, 50, 30, 12};

    private final long bytesBefore = OffHeapMemory.bytesInUse();

    @AfterEach
    void nothingLeaks() {
        assertThat(OffHeapMemory.bytesInUse()).as("%s", OffHeapMemory.leakReport()).isEqualTo(bytesBefore);
    }

    /** The last of these fractions asks for more places than have a gradient. */
    @ParameterizedTest
    @CsvSource({"0.2,0.3", "0.2,0.05", "0.05,0.9", "0.5,0.99", "0.9,0.5", "0.55,0.95"})
    void dropsTheSmallestAndGrowsWhereTheGradientIsLargest(double density, double fraction) {
        try (LearnedNetwork network = new LearnedNetwork(WIDTHS, density, 2)) {
            List<Map<Long, Float>> expected = new ArrayList<>();
            for (int l = 0; l < 3; l++) {
                expected.add(expected(network.weights(l), network.gradient(l), fraction));
            }
            long[] removed = network.evolve(rigl(fraction), NOW);
            for (int l = 0; l < 3; l++) {
                assertThat(network.weights(l)).as("layer %d", l).isEqualTo(expected.get(l));
                assertThat(removed[l]).isEqualTo((long) (fraction * expected.get(l).size()));
            }
        }
    }

    private static PruneAndGrow rigl(double fraction) {
        return PruneAndGrow.rigl(fraction, new UpdateSchedule(1, 0, 1)).dropping(DropSchedule.CONSTANT);
    }

    private static Map<Long, Float> expected(Map<Long, Float> weights, float[] gradient, double fraction) {
        int replaced = (int) (fraction * weights.size());
        weights.entrySet().stream().sorted(Comparator.comparingDouble(e -> Math.abs(e.getValue()))).limit(replaced)
                .map(Map.Entry::getKey).toList().forEach(weights::remove);
        Set<Long> kept = new HashSet<>(weights.keySet());
        LongStream.range(0, gradient.length).filter(place -> !kept.contains(place)).boxed()
                .sorted(Comparator.<Long>comparingDouble(place -> -Math.abs(gradient[(int) (long) place]))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(replaced).forEach(place -> weights.put(place, 0f));
        return weights;
    }

    @Test
    void newConnectionsHaveNoMomentum() {
        try (LearnedNetwork network = new LearnedNetwork(WIDTHS, 0.2, 1)) {
            network.evolve(rigl(0.5), NOW);
            Map<Long, Float> momentum = network.momentum(1);
            network.weights(1).forEach((place, weight) -> {
                if (weight == 0) {
                    assertThat(momentum.get(place)).isZero();
                }
            });
            assertThat(momentum.values()).anyMatch(value -> value != 0);
        }
    }

    @Test
    void anyNumberOfWorkersGivesTheSameBits() {
        List<Map<Long, Float>> alone = evolved(1);
        for (int workers : new int[]{2, 3, 5}) {
            assertThat(evolved(workers)).isEqualTo(alone);
        }
    }

    /** Wide enough for several blocks of the gradient. */
    private static List<Map<Long, Float>> evolved(int workers) {
        try (LearnedNetwork network = new LearnedNetwork(new int[]{300, 600, 300}, 0.1, workers)) {
            network.evolve(rigl(0.3), NOW);
            return List.of(network.weights(0), network.weights(1));
        }
    }

    /** The more candidates there are for few places, the more often room is made for the better ones. */
    @Test
    void fewPlacesAreFoundAmongMany() {
        try (LearnedNetwork network = new LearnedNetwork(new int[]{500, 1000, 20}, 0.01, 1)) {
            Map<Long, Float> expected = expected(network.weights(0), network.gradient(0), 0.01);
            network.evolve(rigl(0.01), NOW);
            assertThat(network.weights(0)).isEqualTo(expected);
        }
    }

    /** A dense gradient of the layer would take 36 MB. */
    @Test
    void memoryIsThatOfTheConnectionsAndOneBlock() {
        AtomicLong most = new AtomicLong();
        DenseBackend watching = new WatchedBackend(() -> most.accumulateAndGet(OffHeapMemory.bytesInUse(), Math::max));
        try (LearnedNetwork network = new LearnedNetwork(new int[]{3000, 3000}, 0.001, 1, watching)) {
            long before = OffHeapMemory.bytesInUse();
            network.evolve(rigl(0.3), NOW);
            long block = 256 * 3000 * 4;
            assertThat(most.get() - before).isBetween(block, block + 2_000_000);
        }
    }

    @Test
    void completeLayersStayAsTheyAre() {
        try (LearnedNetwork network = new LearnedNetwork(WIDTHS, 1, 1)) {
            Map<Long, Float> before = network.weights(1);
            assertThat(network.evolve(rigl(0.3), NOW)).containsExactly(0, 0, 0);
            assertThat(network.weights(1)).isEqualTo(before);
        }
    }

    @Test
    void needsTheGradientOfABatch() {
        try (LearnedNetwork network = new LearnedNetwork(WIDTHS, 0.2, 1)) {
            List<EvolvingLayer> without = List.of(new EvolvingLayer(network.layer(0), true, 1, null));
            assertThatIllegalStateException().isThrownBy(() -> rigl(0.3).evolve(without, NOW, network.pool))
                    .withMessageContaining("gradient of a batch");
        }
        assertThat(PruneAndGrow.rigl(0.3, UpdateSchedule.EVERY_EPOCH).betweenEpochs()).isFalse();
        assertThat(PruneAndGrow.set(0.3, null).betweenEpochs()).isTrue();
    }

    /** Plain Java's products, with a look around before each. */
    private record WatchedBackend(Runnable look) implements DenseBackend {
        @Override
        public String name() {
            return "watched";
        }

        @Override
        public String description() {
            return "watched";
        }

        @Override
        public int priority() {
            return 0;
        }

        @Override
        public void gemm(boolean transposeA, boolean transposeB, int m, int n, int k, long a, int lda, long b,
                int ldb, float beta, long c, int ldc) {
            look.run();
            TestNetworks.DENSE.gemm(transposeA, transposeB, m, n, k, a, lda, b, ldb, beta, c, ldc);
        }
    }
}
