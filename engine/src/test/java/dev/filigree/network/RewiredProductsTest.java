package dev.filigree.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.filigree.evolution.EvolvingLayer;
import dev.filigree.evolution.PruneAndGrow;
import dev.filigree.evolution.TrainingProgress;
import dev.filigree.memory.MemoryLimit;
import dev.filigree.parallel.WorkerPool;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A rewired network computes what a new one of its connections and weights computes: nothing old is left. */
class RewiredProductsTest {
    @ParameterizedTest
    @ValueSource(strings = {"ss", "sx", "xs", "xx"})
    void rewiredLayersComputeLikeNewOnes(String kinds) {
        SplittableRandom random = new SplittableRandom(3);
        try (WorkerPool pool = new WorkerPool(2);
                Mlp mlp = TestNetworks.mlp(kinds, new int[]{20, 30, 20}, Activation.RELU, Activation.RELU,
                        Dropout.NONE, TestNetworks.VECTOR, random)) {
            for (Layer layer : mlp.layers()) {
                List<EvolvingLayer> alone = List.of(new EvolvingLayer((SparseLayer) layer, true, 7, null));
                assertThat(PruneAndGrow.set(0.5, null).evolve(alone, new TrainingProgress(1, 1, 1, 2), pool)[0])
                        .isPositive();
            }
            try (Mlp fresh = TestNetworks.likeWithKinds(mlp, kinds, TestNetworks.VECTOR);
                    Propagation rewired = new Propagation(mlp, pool, Loss.SOFTMAX_CROSS_ENTROPY, 8);
                    Propagation expected = new Propagation(fresh, pool, Loss.SOFTMAX_CROSS_ENTROPY, 8)) {
                TestNetworks.copyParameters(mlp, fresh);
                TestNetworks.fill(rewired.input().values(), random);
                expected.input().values().copyFrom(rewired.input().values());
                rewired.forward();
                expected.forward();
                assertThat(rewired.output().values().toArray()).isEqualTo(expected.output().values().toArray());
            }
        }
    }

    /** Layers that run dense lend copies of their values. */
    @Test
    void anUpdateThatMovesNothingKeepsNoCopies() {
        try (WorkerPool pool = new WorkerPool(1); Mlp mlp = dense()) {
            long before = mlp.bytes();
            assertThat(evolve(mlp, 0, pool)).isZero();
            assertThat(mlp.bytes()).isEqualTo(before);
        }
    }

    /** When a network whose layers run dense is made, and when it is rewired, with all that it may keep. */
    @Test
    void memoryThatRunsOutIsNotLost() {
        try (WorkerPool pool = new WorkerPool(2); Mlp mlp = dense()) {
            MemoryLimit.raiseUntilDone(1000, () -> makeAndRewire(mlp, pool));
        }
    }

    private static void makeAndRewire(Mlp like, WorkerPool pool) {
        try (Mlp mlp = TestNetworks.likeWithKinds(like, "xx", TestNetworks.VECTOR)) {
            mlp.keepSecondMoments(true);
            mlp.keepGradients(true);
            TestNetworks.copyParameters(like, mlp);
            evolve(mlp, 0.5, pool);
        }
    }

    private static Mlp dense() {
        return TestNetworks.mlp("xx", new int[]{20, 30, 20}, Activation.RELU, Activation.RELU, Dropout.NONE,
                TestNetworks.VECTOR, new SplittableRandom(3));
    }

    private static long evolve(Mlp mlp, double zeta, WorkerPool pool) {
        List<EvolvingLayer> last = List.of(new EvolvingLayer((SparseLayer) mlp.layer(1), true, 7, null));
        return PruneAndGrow.set(zeta, null).evolve(last, new TrainingProgress(1, 1, 1, 2), pool)[0];
    }
}
