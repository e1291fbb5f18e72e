package dev.filigree.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.filigree.memory.FloatArray;
import dev.filigree.parallel.WorkerPool;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PropagationTest {
    private static final int[] WIDTHS = {7, 60, 50, 4};
    private static final int BATCH = 10;
    private static final UpdateStep STEP = new UpdateStep.Sgd(0.1f, 0.9f, false, 0, 0);

    private final SplittableRandom random = new SplittableRandom(1);

    /** Say, a wide one for training and a narrow one for serving. */
    @ParameterizedTest
    @ValueSource(strings = {"sss", "ddd", "sds", "sxx"})
    void propagationsOfOneNetworkMayHavePoolsOfDifferentSizes(String kinds) {
        double[][] x = TestNetworks.samples(BATCH, WIDTHS[0], random);
        int[] labels = TestNetworks.labels(BATCH, WIDTHS[3], random);
        try (Mlp mlp = mlp(kinds);
                Mlp before = TestNetworks.likeWithKinds(mlp, kinds, TestNetworks.VECTOR);
                WorkerPool narrow = new WorkerPool(1);
                WorkerPool wide = new WorkerPool(3);
                Propagation first = new Propagation(mlp, narrow, Loss.SOFTMAX_CROSS_ENTROPY, BATCH);
                Propagation second = new Propagation(mlp, wide, Loss.SOFTMAX_CROSS_ENTROPY, BATCH)) {
            float[][] gradients = new float[2][];
            float[][] outputs = new float[2][];
            TestNetworks.copyParameters(mlp, before);
            for (int p = 0; p < 2; p++) {
                Propagation propagation = p == 0 ? first : second;
                TestNetworks.copyParameters(before, mlp);
                TestNetworks.load(propagation, x);
                propagation.forward();
                propagation.learn(labels, BATCH, new Loss.Score(), TestNetworks.PROBE);
                outputs[p] = propagation.output().values().toArray();
                try (FloatArray gradient = TestNetworks.gradient(mlp.layer(1))) {
                    gradients[p] = gradient.toArray();
                }
            }
            assertThat(outputs[1]).isEqualTo(outputs[0]);
            assertThat(gradients[1]).isEqualTo(gradients[0]);
        }
    }

    @Test
    void weightsSetOrUpdatedAreWhatTheNextForwardPassUses() {
        double[][] x = TestNetworks.samples(BATCH, WIDTHS[0], random);
        int[] labels = TestNetworks.labels(BATCH, WIDTHS[3], random);
        try (Mlp mlp = mlp("sss");
                Mlp fresh = TestNetworks.likeWithKinds(mlp, "sss", TestNetworks.VECTOR);
                WorkerPool pool = new WorkerPool(2);
                Propagation propagation = new Propagation(mlp, pool, Loss.SOFTMAX_CROSS_ENTROPY, BATCH);
                Propagation other = new Propagation(fresh, pool, Loss.SOFTMAX_CROSS_ENTROPY, BATCH)) {
            TestNetworks.load(propagation, x);
            TestNetworks.load(other, x);
            other.forward();
            for (int step = 0; step < 3; step++) {
                propagation.forward();
                propagation.learn(labels, BATCH, new Loss.Score(), STEP);
            }
            propagation.forward();
            for (int l = 0; l < 3; l++) {
                try (FloatArray weights = mlp.layer(l).copyWeights()) {
                    fresh.layer(l).setWeights(weights);
                }
                fresh.layer(l).bias().copyFrom(mlp.layer(l).bias());
            }
            other.forward();
            assertThat(other.output().values().toArray()).isEqualTo(propagation.output().values().toArray());
        }
    }

    @Test
    void gradientsAfterAPassWithoutDropoutAreThoseWithoutDropout() {
        double[][] x = TestNetworks.samples(BATCH, WIDTHS[0], random);
        int[] labels = TestNetworks.labels(BATCH, WIDTHS[3], random);
        float[][] gradients = new float[2][];
        for (int p = 0; p < 2; p++) {
            SplittableRandom weights = new SplittableRandom(9);
            try (Mlp mlp = TestNetworks.mlp("sss", WIDTHS, Activation.TANH, Activation.LINEAR,
                    new Dropout(p == 0 ? 0 : 0.5), TestNetworks.VECTOR, weights);
                    WorkerPool pool = new WorkerPool(1);
                    Propagation propagation = new Propagation(mlp, pool, Loss.SOFTMAX_CROSS_ENTROPY, BATCH)) {
                TestNetworks.load(propagation, x);
                propagation.forward();
                propagation.learn(labels, BATCH, new Loss.Score(), TestNetworks.PROBE);
                try (FloatArray gradient = TestNetworks.gradient(mlp.layer(0))) {
                    gradients[p] = gradient.toArray();
                }
            }
        }
        assertThat(gradients[1]).isEqualTo(gradients[0]);
    }

    @Test
    void namesTheFirstLayerThatIsNotFinite() {
        try (Mlp mlp = mlp("sss");
                WorkerPool pool = new WorkerPool(1);
                Propagation propagation = new Propagation(mlp, pool, Loss.SOFTMAX_CROSS_ENTROPY, BATCH)) {
            propagation.forward();
            assertThat(propagation.firstNonFiniteLayer()).isEqualTo(-1);
            mlp.layer(1).bias().set(0, Float.NaN);
            propagation.forward();
            assertThat(propagation.firstNonFiniteLayer()).isEqualTo(1);
        }
    }

    /** A layer with dense products keeps the input it has multiplied, for the gradient. */
    @ParameterizedTest
    @ValueSource(strings = {"ddd", "sss"})
    void refusesToLearnWhatWasNotTheLastBatchOfTheNetwork(String kinds) {
        int[] labels = TestNetworks.labels(BATCH, WIDTHS[3], random);
        try (Mlp mlp = mlp(kinds);
                WorkerPool pool = new WorkerPool(2);
                Propagation propagation = new Propagation(mlp, pool, Loss.SOFTMAX_CROSS_ENTROPY, BATCH);
                Propagation other = new Propagation(mlp, pool, Loss.SOFTMAX_CROSS_ENTROPY, BATCH)) {
            assertThatThrownBy(() -> propagation.learn(labels, BATCH, new Loss.Score(), STEP))
                    .isInstanceOf(IllegalStateException.class).hasMessageContaining("run it forward first");
            propagation.forward();
            other.forward();
            assertThatThrownBy(() -> propagation.learn(labels, BATCH, new Loss.Score(), STEP))
                    .isInstanceOf(IllegalStateException.class).hasMessageContaining("nothing else in between");
            other.learn(labels, BATCH, new Loss.Score(), STEP);
            propagation.forward();
            propagation.learn(labels, BATCH, new Loss.Score(), STEP);
        }
    }

    @Test
    void refusesMoreSamplesThanTheBatchItWasPreparedFor() {
        try (Mlp mlp = mlp("sss");
                WorkerPool pool = new WorkerPool(1);
                Propagation propagation = new Propagation(mlp, pool, Loss.SOFTMAX_CROSS_ENTROPY, BATCH)) {
            propagation.forward();
            assertThatThrownBy(() -> propagation.learn(new int[100], 100, new Loss.Score(), STEP))
                    .isInstanceOf(IllegalArgumentException.class).hasMessage("100 samples in a batch of 10");
            assertThatThrownBy(() -> propagation.score(new int[100], 0, new Loss.Score()))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> new Propagation(mlp, pool, Loss.SOFTMAX_CROSS_ENTROPY, 0))
                    .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("batch is 0");
        }
    }

    private Mlp mlp(String kinds) {
        return TestNetworks.mlp(kinds, WIDTHS, Activation.RELU, Activation.LINEAR, Dropout.NONE, TestNetworks.VECTOR,
                random);
    }
}
