package dev.filigree.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.filigree.memory.FloatArray;
import dev.filigree.parallel.WorkerPool;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The gradient at every place, also without a connection, against central differences. */
class DenseGradientTest {
    private static final int[] WIDTHS = {7, 9, 8, 4};

    @ParameterizedTest
    @CsvSource({"sss,33,true", "sss,33,false", "sxs,5,true", "xsx,130,true", "s,3,false"})
    void isTheSlopeOfTheLoss(String kinds, int batch, boolean vector) {
        SplittableRandom random = new SplittableRandom(batch);
        double[][] x = TestNetworks.samples(batch, WIDTHS[0], random);
        int[] labels = TestNetworks.labels(batch, 4, random);
        int[] widths = kinds.length() == 1 ? new int[]{7, 4} : WIDTHS;
        try (WorkerPool pool = new WorkerPool(2);
                Mlp mlp = TestNetworks.mlp(kinds, widths, Activation.TANH, Activation.LINEAR, Dropout.NONE,
                        vector ? TestNetworks.VECTOR : TestNetworks.SCALAR, random);
                Propagation propagation = new Propagation(mlp, pool, Loss.SOFTMAX_CROSS_ENTROPY, batch)) {
            ReferenceMlp reference = ReferenceMlp.of(mlp, batch);
            TestNetworks.load(propagation, x);
            propagation.forward();
            propagation.learn(labels, batch, new Loss.Score(), TestNetworks.PROBE);
            for (int l = 0; l < mlp.depth(); l++) {
                double[][] expected = reference.denseGradient(l, Loss.SOFTMAX_CROSS_ENTROPY, x, labels);
                DenseGradient gradient = propagation.gradient(l);
                boolean nearIsOutput = ((SparseLayer) mlp.layer(l)).ownsIncoming();
                try (FloatArray block = FloatArray.allocate((long) gradient.near() * gradient.far(), "block")) {
                    // In two parts, as blocks are.
                    int middle = gradient.near() / 2;
                    gradient.rows(middle, gradient.near(), block);
                    assertRows(expected, nearIsOutput, middle, gradient, block);
                    gradient.rows(0, middle, block);
                    assertRows(expected, nearIsOutput, 0, gradient, block);
                }
            }
        }
    }

    private static void assertRows(double[][] expected, boolean nearIsOutput, int from, DenseGradient gradient,
            FloatArray block) {
        int to = from == 0 ? gradient.near() / 2 : gradient.near();
        for (int near = from; near < to; near++) {
            for (int far = 0; far < gradient.far(); far++) {
                assertThat((double) block.get((long) (near - from) * gradient.far() + far))
                        .isCloseTo(nearIsOutput ? expected[near][far] : expected[far][near], within(1e-4));
            }
        }
    }

    @Test
    void blockMustHoldTheRows() {
        try (WorkerPool pool = new WorkerPool(1);
                Mlp mlp = TestNetworks.mlp("sd", new int[]{7, 40, 4}, Activation.TANH, Activation.LINEAR, Dropout.NONE,
                        TestNetworks.VECTOR, new SplittableRandom(1));
                Propagation propagation = new Propagation(mlp, pool, Loss.SOFTMAX_CROSS_ENTROPY, 3);
                FloatArray block = FloatArray.allocate(13, "block")) {
            DenseGradient gradient = propagation.gradient(0);
            assertThatThrownBy(() -> gradient.rows(0, 2, block)).isInstanceOf(IndexOutOfBoundsException.class)
                    .hasMessage("rows 0 to 2 of 40 neurons × 7 into block[13]");
            assertThatThrownBy(() -> gradient.rows(39, 41, block)).isInstanceOf(IndexOutOfBoundsException.class);
        }
    }
}
