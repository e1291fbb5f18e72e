package dev.filigree.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.filigree.memory.FloatArray;
import dev.filigree.parallel.WorkerPool;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who keeps moments, which, and for how long. */
class MomentsTest {
    private static final int BATCH = 20;
    private static final int[] WIDTHS = {6, 40, 8, 3};
    private static final UpdateStep SGD = new UpdateStep.Sgd(0.1f, 0.9f, true, 0, 0);

    private final SplittableRandom random = new SplittableRandom(5);
    private final double[][] samples = TestNetworks.samples(BATCH, WIDTHS[0], random);
    private final int[] labels = TestNetworks.labels(BATCH, WIDTHS[3], random);

    @ParameterizedTest
    @ValueSource(strings = {"sss", "dsd", "xsx"})
    void onlyAdamPaysForSecondMoments(String kinds) {
        try (Mlp mlp = network(kinds)) {
            learn(mlp, SGD, 0);
            long bytes = mlp.bytes();
            learn(mlp, SGD, 3);
            assertThat(mlp.bytes()).isEqualTo(bytes);
            // A sparse layer that runs dense has a moment for every place.
            long parameters = mlp.layers().stream()
                    .mapToLong(layer -> layer.weightMoments().first().length() + layer.outputs()).sum();
            learnWithAdam(mlp, 3);
            assertThat(mlp.bytes()).isEqualTo(bytes + 4 * parameters);
            learn(mlp, SGD, 1);
            assertThat(mlp.bytes()).isEqualTo(bytes);
            assertThat(mlp.layer(0).copySecondMoment()).isNull();
        }
    }

    @Test
    void momentsOfAnotherOptimizerAreForgotten() {
        try (Mlp changing = network("sds"); Mlp fresh = network("sds")) {
            learn(changing, SGD, 3);
            TestNetworks.copyParameters(changing, fresh);
            assertThat(changing.adamSteps()).isZero();
            learnWithAdam(changing, 3);
            learnWithAdam(fresh, 3);
            assertThat(changing.adamSteps()).isEqualTo(3);
            assertThat(parameters(changing)).usingRecursiveComparison().isEqualTo(parameters(fresh));
            try (Mlp freshAgain = network("sds")) {
                TestNetworks.copyParameters(changing, freshAgain);
                learn(changing, SGD, 3);
                learn(freshAgain, SGD, 3);
                assertThat(parameters(changing)).usingRecursiveComparison().isEqualTo(parameters(freshAgain));
            }
            assertThat(changing.adamSteps()).isZero();
        }
    }

    @Test
    void rewiringNeedsSecondMomentsWhereTheyAreKept() {
        try (Mlp mlp = network("sss"); WorkerPool pool = new WorkerPool(1)) {
            SparseLayer layer = (SparseLayer) mlp.layer(1);
            OwnedConnections without = layer.owned();
            mlp.keepSecondMoments(true);
            OwnedConnections with = layer.owned();
            assertThatIllegalArgumentException().isThrownBy(() -> layer.rewire(without, pool))
                    .withMessageContaining("keeps its second moments");
            mlp.keepSecondMoments(false);
            assertThatIllegalArgumentException().isThrownBy(() -> layer.rewire(with, pool))
                    .withMessageContaining("keeps no second moments");
        }
    }

    private Mlp network(String kinds) {
        return TestNetworks.mlp(kinds, WIDTHS, Activation.TANH, Activation.LINEAR, Dropout.NONE, TestNetworks.VECTOR,
                new SplittableRandom(3));
    }

    private void learn(Mlp mlp, UpdateStep step, int steps) {
        try (WorkerPool pool = new WorkerPool(2);
                Propagation propagation = new Propagation(mlp, pool, Loss.SOFTMAX_CROSS_ENTROPY, BATCH)) {
            TestNetworks.load(propagation, samples);
            propagation.forward();
            for (int t = 0; t < steps; t++) {
                propagation.forward();
                propagation.learn(labels, BATCH, new Loss.Score(), step);
            }
        }
    }

    private void learnWithAdam(Mlp mlp, int steps) {
        for (int t = 0; t < steps; t++) {
            learn(mlp, UpdateStep.Adam.of(0.01, 0.9, 0.999, 1e-8, 0, 0, mlp.adamSteps() + 1), 1);
        }
    }

    private static List<float[]> parameters(Mlp mlp) {
        List<float[]> parameters = new ArrayList<>();
        for (Layer layer : mlp.layers()) {
            try (FloatArray weights = layer.copyWeights()) {
                parameters.add(weights.toArray());
            }
            parameters.add(layer.bias().toArray());
        }
        return parameters;
    }
}
