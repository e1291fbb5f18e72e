package dev.filigree.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.filigree.kernel.TiledMatrix;
import dev.filigree.memory.FloatArray;
import dev.filigree.parallel.WorkerPool;
import dev.filigree.topology.Sparsity;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a learned activation adds to a layer. */
class SReluUnitTest {
    private static final int[] WIDTHS = {6, 40, 8, 3};
    private static final int BATCH = 20;

    private final SplittableRandom random = new SplittableRandom(4);

    @Test
    void beginsAsALeakyReluOfARandomSlope() {
        try (Mlp mlp = random(Activation.SRELU, 7)) {
            FloatArray parameters = parameters(mlp);
            double slopes = 0;
            double thresholds = 0;
            for (int j = 0; j < 1000; j++) {
                assertThat(parameters.get(4L * j)).isZero();
                assertThat(parameters.get(4L * j + 1)).isBetween(0f, 1f);
                assertThat(parameters.get(4L * j + 2)).isBetween(0f, 5f);
                assertThat(parameters.get(4L * j + 3)).isEqualTo(1);
                slopes += parameters.get(4L * j + 1) / 1000;
                thresholds += parameters.get(4L * j + 2) / 1000;
            }
            // Ten standard errors.
            assertThat(slopes).isBetween(0.4, 0.6);
            assertThat(thresholds).isBetween(2.0, 3.0);
        }
    }

    @Test
    void theSeedDecidesTheParametersButNotTheWeightsOfOtherActivations() {
        try (Mlp first = random(Activation.SRELU, 7);
                Mlp again = random(Activation.SRELU, 7);
                Mlp other = random(Activation.SRELU, 8);
                Mlp relu = random(Activation.RELU, 7);
                FloatArray weights = first.layer(0).copyWeights();
                FloatArray reluWeights = relu.layer(0).copyWeights()) {
            assertThat(parameters(again).toArray()).isEqualTo(parameters(first).toArray());
            assertThat(parameters(other).toArray()).isNotEqualTo(parameters(first).toArray());
            assertThat(reluWeights.toArray()).isEqualTo(weights.toArray());
            assertThat(relu.layer(0).activationParameters()).isNull();
        }
    }

    /** Parameters, gradients and velocities, with Adam second moments too: 4 of each per neuron, 4 bytes each. */
    @Test
    void memoryIsCounted() {
        try (Mlp srelu = random(Activation.SRELU, 7); Mlp relu = random(Activation.RELU, 7)) {
            assertThat(srelu.bytes() - relu.bytes()).isEqualTo(1000 * 3 * 4 * 4);
            srelu.keepSecondMoments(true);
            relu.keepSecondMoments(true);
            assertThat(srelu.bytes() - relu.bytes()).isEqualTo(1000 * 4 * 4 * 4);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sss", "ddd"})
    void decaySparesTheParameters(String kinds) {
        try (Mlp plain = network(kinds); Mlp decayed = network(kinds)) {
            learn(plain, new UpdateStep.Sgd(0.1f, 0.9f, true, 0, 0));
            learn(decayed, new UpdateStep.Sgd(0.1f, 0.9f, true, 0.1f, 0.1f));
            assertThat(parameters(decayed).toArray()).isEqualTo(parameters(plain).toArray());
            assertThat(decayed.layer(0).bias().toArray()).isNotEqualTo(plain.layer(0).bias().toArray());
        }
        try (Mlp plain = network(kinds); Mlp decayed = network(kinds)) {
            learn(plain, UpdateStep.Adam.of(0.01, 0.9, 0.999, 1e-8, 0, 0, 1));
            learn(decayed, UpdateStep.Adam.of(0.01, 0.9, 0.999, 1e-8, 0.1, 0.1, 1));
            assertThat(parameters(decayed).toArray()).isEqualTo(parameters(plain).toArray());
        }
    }

    @Test
    void oneSampleIsActivatedToTheSameBitsAsABatch() {
        try (Mlp mlp = network("sss");
                TiledMatrix z = new TiledMatrix(40, BATCH, TestNetworks.VECTOR.tileLanes(BATCH), "z");
                TiledMatrix y = new TiledMatrix(40, BATCH, TestNetworks.VECTOR.tileLanes(BATCH), "y");
                FloatArray alone = FloatArray.allocate(40, "one sample")) {
            TestNetworks.fill(z.values(), random);
            ActivationUnit unit = mlp.layer(0).activationUnit();
            for (int tile = 0; tile < z.tiles(); tile++) {
                unit.apply(z, y, tile, 0, 40);
            }
            for (int s = 0; s < BATCH; s++) {
                for (int j = 0; j < 40; j++) {
                    alone.set(j, z.get(j, s));
                }
                unit.apply(alone);
                for (int j = 0; j < 40; j++) {
                    assertThat(alone.get(j)).isEqualTo(y.get(j, s));
                }
            }
        }
    }

    private Mlp random(Activation activation, long seed) {
        return Mlp.random(50, List.of(new LayerSpec(1000, new Sparsity.Density(0.1), activation, Dropout.NONE)),
                new Initializer(Initializer.Distribution.HE_UNIFORM, Initializer.Fan.TOPOLOGY), seed,
                TestNetworks.compute(TestNetworks.VECTOR));
    }

    private static Mlp network(String kinds) {
        return TestNetworks.mlp(kinds, WIDTHS, Activation.SRELU, Activation.LINEAR, Dropout.NONE, TestNetworks.VECTOR,
                new SplittableRandom(3));
    }

    private static FloatArray parameters(Mlp mlp) {
        return Objects.requireNonNull(mlp.layer(0).activationParameters());
    }

    private static void learn(Mlp mlp, UpdateStep step) {
        SplittableRandom samples = new SplittableRandom(5);
        try (WorkerPool pool = new WorkerPool(2);
                Propagation propagation = new Propagation(mlp, pool, Loss.SOFTMAX_CROSS_ENTROPY, BATCH)) {
            TestNetworks.load(propagation, TestNetworks.samples(BATCH, WIDTHS[0], samples));
            propagation.forward();
            propagation.learn(TestNetworks.labels(BATCH, WIDTHS[3], samples), BATCH, new Loss.Score(), step);
        }
    }
}
