package dev.filigree.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.filigree.evolution.Evolution;
import dev.filigree.kernel.SparseKernels;
import dev.filigree.memory.FloatArray;
import dev.filigree.network.Mlp;
import dev.filigree.network.TestNetworks;
import dev.filigree.parallel.WorkerPool;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is not finite is found in its step, and where. */
class DivergenceTest {
    private static TrainingDivergedException diverges(SparseKernels kernels, Optimizer optimizer,
            GradientClipping clipping, int brokenAfter, Consumer<Mlp> breakIt) {
        try (TestProblem problem = new TestProblem(200, 1);
                Mlp mlp = TestProblem.network(kernels, 1);
                WorkerPool pool = new WorkerPool(2)) {
            TrainingConfig config = TestProblem.clipped(TestProblem.config(3, 32, optimizer, Evolution.STATIC, 1),
                    clipping);
            Trainer trainer = new Trainer(mlp, config, problem.samples, null, null);
            trainer.listen(new TrainingListener() {
                @Override
                public void stepDone(int epoch, int samples, int total) {
                    if (epoch == 2 && samples == 32 * brokenAfter) {
                        breakIt.accept(mlp);
                    }
                }
            });
            return assertThatExceptionOfType(TrainingDivergedException.class).isThrownBy(() -> trainer.train(pool))
                    .actual();
        }
    }

    static Stream<Arguments> weights() {
        return Stream.of(TestNetworks.VECTOR, TestNetworks.SCALAR).flatMap(kernels -> Stream.of(0, 1, 2, 3).flatMap(
                layer -> Stream.of(Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY)
                        .map(value -> Arguments.of(kernels, layer, value))));
    }

    /** Behind it are saturating activations, dropout, and softmax, in which an infinity may vanish. */
    @ParameterizedTest
    @MethodSource("weights")
    void aWeightThatIsNotFiniteIsFoundInTheNextStep(SparseKernels kernels, int layer, float value) {
        for (long k : new long[]{0, 7, 13}) {
            TrainingDivergedException e = diverges(kernels, TestProblem.sgd(0.02), GradientClipping.NONE, 3, mlp -> {
                try (FloatArray weights = mlp.layer(layer).copyWeights()) {
                    weights.set(k, value);
                    mlp.layer(layer).setWeights(weights);
                }
            });
            assertThat(e.epoch()).isEqualTo(2);
            assertThat(e.step()).isEqualTo(4);
            assertThat(e.layer()).isBetween(0, layer);
            assertThat(e).hasMessageContaining("not finite in epoch 2, step 4").hasMessageContaining("layer ");
        }
    }

    /** An output of minus infinity is of no class, and costs no loss. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anOutputOfMinusInfinityIsFound(boolean vector) {
        TrainingDivergedException e = diverges(vector ? TestNetworks.VECTOR : TestNetworks.SCALAR,
                TestProblem.sgd(0.02), GradientClipping.NONE, 3, mlp -> {
                    mlp.layer(3).bias().set(2, Float.NEGATIVE_INFINITY);
                });
        assertThat(e.step()).isEqualTo(4);
        assertThat(e.layer()).isEqualTo(3);
    }

    /** The update overflows, before any loss can show it. */
    @ParameterizedTest
    @CsvSource({"true,true", "true,false", "false,true", "false,false"})
    void parametersThatOverflowAreFoundInTheStepThatMovesThem(boolean vector, boolean adam) {
        Optimizer huge = adam
                ? new Optimizer.Adam(new LearningRate.Constant(3e38), 0.9, 0.999, 1e-8, 0, 0)
                : new Optimizer.Sgd(new LearningRate.Constant(3e38), 0.9, false, 1e4, 0);
        TrainingDivergedException e = diverges(vector ? TestNetworks.VECTOR : TestNetworks.SCALAR, huge,
                GradientClipping.NONE, 3, mlp -> {
                });
        assertThat(e.epoch()).isEqualTo(1);
        assertThat(e.step()).isBetween(1, 2);
    }

    /** Clipping would make an ordinary number of it. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anInfiniteGradientIsFoundBeforeItIsClipped(boolean byNorm) {
        TrainingDivergedException e = diverges(TestNetworks.VECTOR, TestProblem.sgd(0.02),
                byNorm ? new GradientClipping.ByNorm(1) : new GradientClipping.ByValue(1), 3, mlp -> {
                    for (int k = 0; k < mlp.layer(0).outputs(); k++) {
                        mlp.layer(0).bias().set(k, Float.NEGATIVE_INFINITY);
                    }
                });
        assertThat(e.epoch()).isEqualTo(2);
        assertThat(e.step()).isEqualTo(4);
    }

    /** As well as without clipping. */
    @Test
    void clippedTrainingLearns() {
        try (TestProblem problem = new TestProblem(1000, 1);
                Mlp mlp = TestProblem.network(TestNetworks.VECTOR, 1);
                WorkerPool pool = new WorkerPool(2)) {
            TrainingConfig config = TestProblem.clipped(TestProblem.config(8, 32, 0.02, Evolution.STATIC, 1),
                    new GradientClipping.ByNorm(0.5));
            EpochReport last = new Trainer(mlp, config, problem.samples, null, null).train(pool).getLast();
            assertThat(last.training().accuracy()).isGreaterThan(0.9);
        }
    }

    @Test
    void limitsAreChecked() {
        for (double wrong : new double[]{0, -1, Double.NaN, Double.POSITIVE_INFINITY, 1e39, 1e-50}) {
            assertThatIllegalArgumentException().isThrownBy(() -> new GradientClipping.ByValue(wrong))
                    .withMessage("the gradients' limit is %s, expected a number above 0 in the range of float", wrong);
            assertThatIllegalArgumentException().isThrownBy(() -> new GradientClipping.ByNorm(wrong));
        }
    }
}
