package dev.filigree.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.filigree.evolution.EvolvingLayer;
import dev.filigree.evolution.PruneAndGrow;
import dev.filigree.evolution.TrainingProgress;
import dev.filigree.parallel.WorkerPool;
import java.util.List;
import java.util.SplittableRandom;
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
}
