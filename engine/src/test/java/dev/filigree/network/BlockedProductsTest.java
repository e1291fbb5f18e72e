package dev.filigree.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.filigree.dense.DenseBackend;
import dev.filigree.evolution.EvolvingLayer;
import dev.filigree.evolution.PruneAndGrow;
import dev.filigree.evolution.TrainingProgress;
import dev.filigree.evolution.UpdateSchedule;
import dev.filigree.memory.FloatArray;
import dev.filigree.memory.MemoryLimit;
import dev.filigree.parallel.WorkerPool;
import dev.filigree.topology.ErdosRenyi;
import dev.filigree.topology.LayerTopology;
import dev.filigree.topology.Sparsity;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Layers with enough connections for blocks: whatever changes their weights, the blocks hold what the layer owns. */
class BlockedProductsTest {
    private static final int BATCH = 100;
    private static final int[] WIDTHS = {20, 300, 150, 24};

    private final SplittableRandom random = new SplittableRandom(11);

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5})
    void learnedWeightsReachTheBlocks(int workers) {
        try (WorkerPool pool = new WorkerPool(workers); Mlp mlp = network(); Mlp before = copy(mlp)) {
            assertThat(mlp.layer(1).products()).isEqualTo(Products.BLOCKED);
            try (Propagation propagation = new Propagation(mlp, pool, Loss.SOFTMAX_CROSS_ENTROPY, BATCH)) {
                TestNetworks.fill(propagation.input().values(), random);
                propagation.forward();
                propagation.learn(TestNetworks.labels(BATCH, 24, random), BATCH, new Loss.Score(), TestNetworks.PROBE);
            }
            assertThat(outputs(mlp, pool)).isNotEqualTo(outputs(before, pool));
            assertComputesLikeACopy(mlp, pool);
        }
    }

    /** Of two tiles, which are swept together, and of a third one. */
    @ParameterizedTest
    @ValueSource(ints = {100, 150})
    void learnedBitsDoNotDependOnTheWorkers(int batch) {
        List<float[]> weights = new ArrayList<>();
        for (int workers : new int[]{1, 2, 3, 5}) {
            SplittableRandom same = new SplittableRandom(3);
            try (WorkerPool pool = new WorkerPool(workers);
                    Mlp mlp = TestNetworks.mlp("sss", WIDTHS, Activation.RELU, Activation.RELU, Dropout.NONE,
                            TestNetworks.VECTOR, same);
                    Propagation propagation = new Propagation(mlp, pool, Loss.SOFTMAX_CROSS_ENTROPY, batch)) {
                assertThat(mlp.layer(1).products()).isEqualTo(Products.BLOCKED);
                for (int step = 0; step < 3; step++) {
                    TestNetworks.fill(propagation.input().values(), same);
                    propagation.forward();
                    propagation.learn(TestNetworks.labels(batch, 24, same), batch, new Loss.Score(),
                            TestNetworks.PROBE);
                }
                for (int l = 0; l < mlp.depth(); l++) {
                    try (FloatArray learned = mlp.layer(l).copyWeights()) {
                        weights.add(learned.toArray());
                    }
                }
            }
        }
        for (int other = 3; other < weights.size(); other++) {
            assertThat(weights.get(other)).isEqualTo(weights.get(other % 3));
        }
    }

    @Test
    void onlyWhatMayRunOverBlocksIsPricedSo() {
        assertThat(products(257, 257, 0.6, ActivationFormat.FLOAT32)).isEqualTo(Products.BLOCKED);
        assertThat(products(257, 257, 0.6, ActivationFormat.BFLOAT16)).isEqualTo(Products.DENSE);
        assertThat(products(256, 256, 0.6, ActivationFormat.FLOAT32)).isEqualTo(Products.DENSE);
        assertThat(products(300, 33, 0.1, ActivationFormat.FLOAT32)).isEqualTo(Products.SPARSE);
    }

    /** A backend that the cost model takes for a fast one. */
    private record NativeLike() implements DenseBackend {
        @Override
        public String name() {
            return "native-like";
        }

        @Override
        public String description() {
            return name();
        }

        @Override
        public int priority() {
            return 1;
        }

        @Override
        public void gemm(boolean transposeA, boolean transposeB, int m, int n, int k, long a, int lda, long b, int ldb,
                float beta, long c, int ldc) {
            throw new UnsupportedOperationException();
        }
    }

    private static Products products(int inputs, int outputs, double density, ActivationFormat activations) {
        Compute compute = new Compute(TestNetworks.VECTOR, new NativeLike(), null, activations);
        try (LayerTopology topology = ErdosRenyi.generate(inputs, outputs, new Sparsity.Density(density), 1)) {
            return compute.preferred(topology, false);
        }
    }

    @Test
    void rewiredConnectionsReachTheBlocks() {
        try (WorkerPool pool = new WorkerPool(2); Mlp mlp = network()) {
            assertThat(evolve(mlp, PruneAndGrow.set(0.5, null), new TrainingProgress(1, 1, 1, 2), pool)).isPositive();
            assertThat(mlp.layer(1).products()).isEqualTo(Products.BLOCKED);
            assertComputesLikeACopy(mlp, pool);
        }
    }

    @Test
    void fewerConnectionsLeaveTheBlocks() {
        try (WorkerPool pool = new WorkerPool(2); Mlp mlp = network()) {
            evolve(mlp, PruneAndGrow.gradualPruning(0.05, new UpdateSchedule(1, 0, 1)),
                    new TrainingProgress(1, 9, 10, 1),
                    pool);
            assertThat(mlp.layer(1).products()).isEqualTo(Products.SPARSE);
            assertComputesLikeACopy(mlp, pool);
        }
    }

    /** When a network is made, and when it is rewired, with all that it may keep. */
    @Test
    void memoryThatRunsOutIsNotLost() {
        try (WorkerPool pool = new WorkerPool(2); Mlp mlp = network()) {
            MemoryLimit.raiseUntilDone(5000, () -> makeAndRewire(mlp, pool));
        }
    }

    private static void makeAndRewire(Mlp like, WorkerPool pool) {
        try (Mlp mlp = TestNetworks.likeWithKinds(like, "sss", TestNetworks.VECTOR)) {
            mlp.keepSecondMoments(true);
            mlp.keepGradients(true);
            evolve(mlp, PruneAndGrow.set(0.5, null), new TrainingProgress(1, 1, 1, 2), pool);
        }
    }

    private Mlp network() {
        return TestNetworks.mlp("sss", WIDTHS, Activation.RELU, Activation.RELU, Dropout.NONE, TestNetworks.VECTOR,
                random);
    }

    private static long evolve(Mlp mlp, PruneAndGrow evolution, TrainingProgress now, WorkerPool pool) {
        List<EvolvingLayer> inner = List.of(new EvolvingLayer((SparseLayer) mlp.layer(1), true, 7, null));
        return evolution.evolve(inner, now, pool)[0];
    }

    private static Mlp copy(Mlp mlp) {
        Mlp copy = TestNetworks.likeWithKinds(mlp, "sss", TestNetworks.VECTOR);
        TestNetworks.copyParameters(mlp, copy);
        return copy;
    }

    private void assertComputesLikeACopy(Mlp mlp, WorkerPool pool) {
        try (Mlp copy = copy(mlp)) {
            assertThat(copy.layer(1).products()).isEqualTo(mlp.layer(1).products());
            assertThat(outputs(mlp, pool)).isEqualTo(outputs(copy, pool));
        }
    }

    private static float[] outputs(Mlp mlp, WorkerPool pool) {
        try (Propagation propagation = new Propagation(mlp, pool, Loss.SOFTMAX_CROSS_ENTROPY, BATCH)) {
            TestNetworks.fill(propagation.input().values(), new SplittableRandom(5));
            propagation.forward();
            return propagation.output().values().toArray();
        }
    }
}
