package dev.filigree.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.filigree.kernel.SparseKernels;
import dev.filigree.kernel.TiledMatrix;
import dev.filigree.memory.FloatArray;
import dev.filigree.parallel.WorkerPool;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A sparse layer in which every connection exists is a dense layer: the same numbers by other sweeps. */
class SparseDenseEquivalenceTest {
    private static final UpdateStep STEP = new UpdateStep.Sgd(0.05f, 0.9f, true, 1e-3f, 1e-4f);

    @ParameterizedTest
    @CsvSource({"true,1,sss", "true,33,sss", "true,130,sss", "false,1,sss", "false,33,sss", "false,130,sss",
            "true,33,xxx",
            "true,130,xxx"})
    void outputsMomentumAndWeightsAgree(boolean vector, int batch, String kinds) {
        assertAgree(vector, batch, kinds, new int[]{13, 40, 17, 5}, Activation.allRelu(0.6f, 0),
                kinds.equals("sss") ? Products.SPARSE : Products.DENSE);
    }

    /** Without a kink: among so many activations one is near it, and rounds to either side. */
    @ParameterizedTest
    @CsvSource({"true,33", "true,130", "true,200", "false,33", "false,130"})
    void blocksAgree(boolean vector, int batch) {
        assertAgree(vector, batch, "sss", new int[]{13, 300, 150, 5}, Activation.TANH, Products.BLOCKED);
    }

    private static void assertAgree(boolean vector, int batch, String kinds, int[] widths, Activation activation,
            Products products) {
        SparseKernels kernels = vector ? TestNetworks.VECTOR : TestNetworks.SCALAR;
        SplittableRandom random = new SplittableRandom(11);
        try (Mlp dense = TestNetworks.mlp("ddd", widths, activation, Activation.LINEAR,
                new Dropout(0), kernels, random);
                Mlp sparse = sparseCopy(dense, kinds, kernels);
                WorkerPool pool = new WorkerPool(2);
                Propagation first = new Propagation(dense, pool, Loss.SOFTMAX_CROSS_ENTROPY, batch);
                Propagation second = new Propagation(sparse, pool, Loss.SOFTMAX_CROSS_ENTROPY, batch)) {
            assertThat(sparse.layer(1).products()).isEqualTo(products);
            for (int step = 0; step < 6; step++) {
                double[][] x = TestNetworks.samples(batch, widths[0], random);
                int[] labels = TestNetworks.labels(batch, widths[3], random);
                for (Propagation propagation : new Propagation[]{first, second}) {
                    TestNetworks.load(propagation, x);
                    propagation.forwardForTraining(step);
                    propagation.learn(labels, batch, new Loss.Score(), STEP);
                }
                float[] outputs = outputs(first.output(), batch);
                assertThat(relativeDistance(outputs(second.output(), batch), outputs)).as("outputs of step %d", step)
                        .isLessThan(2e-5);
                for (int l = 0; l < dense.depth(); l++) {
                    assertClose(dense.layer(l), sparse.layer(l), Layer::copyVelocity);
                    assertClose(dense.layer(l), sparse.layer(l), Layer::copyWeights);
                    assertThat(relativeDistance(sparse.layer(l).bias().toArray(),
                            dense.layer(l).bias().toArray())).isLessThan(2e-5);
                }
            }
        }
    }

    private static Mlp sparseCopy(Mlp dense, String kinds, SparseKernels kernels) {
        Mlp sparse = TestNetworks.likeWithKinds(dense, kinds, kernels);
        for (int l = 0; l < dense.depth(); l++) {
            try (FloatArray weights = dense.layer(l).copyWeights()) {
                sparse.layer(l).setWeights(weights);
            }
            sparse.layer(l).bias().copyFrom(dense.layer(l).bias());
        }
        return sparse;
    }

    private static void assertClose(Layer expected, Layer actual, Function<Layer, FloatArray> what) {
        try (FloatArray want = what.apply(expected);
                FloatArray have = what.apply(actual)) {
            assertThat(relativeDistance(have.toArray(), want.toArray())).isLessThan(2e-5);
        }
    }

    private static float[] outputs(TiledMatrix matrix, int batch) {
        float[] result = new float[matrix.neurons() * batch];
        for (int i = 0; i < result.length; i++) {
            result[i] = matrix.get(i % matrix.neurons(), i / matrix.neurons());
        }
        return result;
    }

    /** Largest difference over the largest number. */
    private static double relativeDistance(float[] actual, float[] expected) {
        assertThat(actual.length).isEqualTo(expected.length);
        double difference = 0;
        double largest = 0;
        for (int k = 0; k < expected.length; k++) {
            difference = Math.max(difference, Math.abs((double) actual[k] - expected[k]));
            largest = Math.max(largest, Math.abs(expected[k]));
        }
        return difference / largest;
    }
}
