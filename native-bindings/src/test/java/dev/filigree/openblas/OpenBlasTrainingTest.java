package dev.filigree.openblas;

import static org.assertj.core.api.Assertions.assertThat;

import dev.filigree.dense.DenseBackend;
import dev.filigree.kernel.SparseKernels;
import dev.filigree.memory.FloatArray;
import dev.filigree.network.Activation;
import dev.filigree.network.Compute;
import dev.filigree.network.Dropout;
import dev.filigree.network.Initializer;
import dev.filigree.network.Initializer.Distribution;
import dev.filigree.network.Initializer.Fan;
import dev.filigree.network.Layer;
import dev.filigree.network.LayerSpec;
import dev.filigree.network.Loss;
import dev.filigree.network.Mlp;
import dev.filigree.network.Propagation;
import dev.filigree.network.UpdateStep;
import dev.filigree.parallel.WorkerPool;
import dev.filigree.topology.Sparsity;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Training dense layers on OpenBLAS gives what complete sparse layers give on the engine's own kernels. */
class OpenBlasTrainingTest {
    private static final UpdateStep STEP = new UpdateStep.Sgd(0.02f, 0.9f, true, 1e-3f, 0);
    private static final DenseBackend OPENBLAS = new OpenBlasBackend();

    @ParameterizedTest
    @ValueSource(ints = {1, 33, 130})
    void momentumAndWeightsAgreeWithCompleteSparseLayers(int batch) {
        SplittableRandom random = new SplittableRandom(3);
        try (Mlp dense = mlp(null);
                Mlp sparse = mlp(new Sparsity.Density(1));
                WorkerPool pool = new WorkerPool(2);
                Propagation first = new Propagation(dense, pool, Loss.SOFTMAX_CROSS_ENTROPY, batch);
                Propagation second = new Propagation(sparse, pool, Loss.SOFTMAX_CROSS_ENTROPY, batch)) {
            for (int step = 0; step < 5; step++) {
                int[] labels = IntStream.range(0, batch).map(s -> random.nextInt(10)).toArray();
                for (int s = 0; s < batch; s++) {
                    for (int f = 0; f < 30; f++) {
                        float x = (float) random.nextGaussian();
                        first.input().set(f, s, x);
                        second.input().set(f, s, x);
                    }
                }
                for (Propagation propagation : List.of(first, second)) {
                    propagation.forward();
                    propagation.learn(labels, batch, new Loss.Score(), STEP);
                }
                for (int l = 0; l < 3; l++) {
                    assertClose(sparse.layer(l), dense.layer(l), Layer::copyVelocity);
                    assertClose(sparse.layer(l), dense.layer(l), Layer::copyWeights);
                }
            }
        }
    }

    /** A narrow layer never does: a dense product of so few rows is slow. */
    @ParameterizedTest
    @CsvSource({"0.02,200,false", "0.9,200,true", "0.9,20,false"})
    void layersOfManyConnectionsMultiplyOnOpenBlas(double density, int neurons, boolean dense) {
        try (Mlp mlp = Mlp.random(200,
                List.of(new LayerSpec(neurons, new Sparsity.Density(density), Activation.RELU, Dropout.NONE)),
                new Initializer(Distribution.HE_UNIFORM, Fan.DENSE), 1,
                new Compute(SparseKernels.best(), OPENBLAS, null))) {
            assertThat(mlp.layer(0).hasDenseProducts()).isEqualTo(dense);
        }
    }

    /** One seed draws the same weights for both, because both have the same connections. */
    private static Mlp mlp(@Nullable Sparsity sparsity) {
        return Mlp.random(30,
                List.of(new LayerSpec(300, sparsity, Activation.leakyRelu(0.1f), Dropout.NONE),
                        new LayerSpec(50, sparsity, Activation.TANH, Dropout.NONE),
                        new LayerSpec(10, sparsity, Activation.LINEAR, Dropout.NONE)),
                new Initializer(Distribution.HE_UNIFORM, Fan.DENSE), 1,
                new Compute(SparseKernels.best(), OPENBLAS, 1.0));
    }

    private static void assertClose(Layer expected, Layer actual, Function<Layer, FloatArray> what) {
        try (FloatArray want = what.apply(expected);
                FloatArray have = what.apply(actual)) {
            double difference = 0;
            double largest = 0;
            for (long k = 0; k < want.length(); k++) {
                difference = Math.max(difference, Math.abs((double) have.get(k) - want.get(k)));
                largest = Math.max(largest, Math.abs(want.get(k)));
            }
            assertThat(difference).isLessThan(1e-5 * largest);
        }
    }
}
