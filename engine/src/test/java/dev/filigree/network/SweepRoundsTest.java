package dev.filigree.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.filigree.memory.FloatArray;
import dev.filigree.parallel.WorkerPool;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Workers with tiles of their own, alone or in groups, and layers of so many connections that these take turns. */
class SweepRoundsTest {
    private static final int[] WIDTHS = {80, 200, 120, 4};
    private static final int BATCH = 80;
    private static final UpdateStep SGD = new UpdateStep.Sgd(0.05f, 0.9f, false, 1e-3f, 0);
    private static final UpdateStep ADAM = UpdateStep.Adam.of(0.01, 0.9, 0.999, 1e-8, 0, 1e-3, 1);

    /** Tiles of four samples, so 20 of them. */
    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 5, 6})
    void theBitsDoNotDependOnWhoSweepsWhat(int workers) {
        for (UpdateStep step : List.of(SGD, ADAM, new UpdateStep.ClippedByValue(SGD, 0.01f),
                new UpdateStep.ClippedByNorm(SGD, 0.1f))) {
            assertThat(learned(workers, step)).isDeepEqualTo(learned(1, step));
        }
    }

    private static float[][] learned(int workers, UpdateStep step) {
        SplittableRandom random = new SplittableRandom(5);
        try (Mlp mlp = TestNetworks.mlp("sss", WIDTHS, Activation.SRELU, Activation.LINEAR, new Dropout(0.2),
                TestNetworks.SCALAR, random);
                WorkerPool pool = new WorkerPool(workers);
                Propagation propagation = new Propagation(mlp, pool, Loss.SOFTMAX_CROSS_ENTROPY, BATCH)) {
            for (int key = 0; key < 3; key++) {
                TestNetworks.load(propagation, TestNetworks.samples(BATCH, WIDTHS[0], random));
                propagation.forwardForTraining(key);
                propagation.learn(TestNetworks.labels(BATCH, WIDTHS[3], random), BATCH, new Loss.Score(), step);
            }
            for (int l = 0; l < 2; l++) {
                SweepPlan plan = Objects.requireNonNull(mlp.layer(l).plan());
                assertThat(plan.rounds()).isEqualTo(plan.sharesTiles() ? 1 : 2 + l);
            }
            List<float[]> values = new ArrayList<>();
            for (Layer layer : mlp.layers()) {
                try (LayerState state = layer.copyState()) {
                    add(state.weights(), values);
                    add(state.bias(), values);
                    if (state.activation() != null) {
                        add(state.activation(), values);
                    }
                }
            }
            return values.toArray(float[][]::new);
        }
    }

    private static void add(LearnedValues learned, List<float[]> values) {
        values.add(learned.values().toArray());
        values.add(learned.firstMoment().toArray());
        FloatArray second = learned.secondMoment();
        if (second != null) {
            values.add(second.toArray());
        }
    }
}
