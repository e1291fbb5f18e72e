package dev.filigree.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.filigree.kernel.SparseKernels;
import dev.filigree.kernel.TiledMatrix;
import dev.filigree.memory.FloatArray;
import dev.filigree.parallel.WorkerPool;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What parameters move along, of layers of every kind, with both providers. */
class GradientClippingTest {
    private static final int[] WIDTHS = {11, 9, 8, 7};
    private static final int BATCH = 37;

    static Stream<Arguments> networks() {
        return Stream.of(TestNetworks.VECTOR, TestNetworks.SCALAR)
                .flatMap(kernels -> Stream.of("sss", "dsd", "xsx", "ddd").map(kinds -> Arguments.of(kernels, kinds)));
    }

    /** How far one step moves all parameters, without momentum and with a rate of 1: minus the gradients. */
    private static List<double[]> moves(SparseKernels kernels, String kinds, UnaryOperator<UpdateStep> clipping,
            int workers) {
        SplittableRandom random = new SplittableRandom(3);
        try (Mlp mlp = TestNetworks.mlp(kinds, WIDTHS, Activation.SRELU, Activation.LINEAR, Dropout.NONE, kernels,
                random);
                WorkerPool pool = new WorkerPool(workers);
                Propagation propagation = new Propagation(mlp, pool, Loss.SOFTMAX_CROSS_ENTROPY, BATCH)) {
            TiledMatrix input = propagation.input();
            int[] labels = new int[BATCH];
            for (int s = 0; s < BATCH; s++) {
                labels[s] = random.nextInt(7);
                for (int f = 0; f < 11; f++) {
                    input.set(f, s, (float) random.nextGaussian());
                }
            }
            List<double[]> before = parameters(mlp);
            propagation.forward();
            propagation.learn(labels, BATCH, new Loss.Score(), clipping.apply(TestNetworks.PROBE));
            assertThat(propagation.nonFiniteParameters()).isEqualTo(-1);
            propagation.forward();
            List<double[]> moves = parameters(mlp);
            for (int p = 0; p < moves.size(); p++) {
                for (int k = 0; k < moves.get(p).length; k++) {
                    moves.get(p)[k] -= before.get(p)[k];
                }
            }
            double[] outputs = new double[7];
            for (int c = 0; c < 7; c++) {
                outputs[c] = propagation.output().get(c, 5);
            }
            moves.add(outputs);
            return moves;
        }
    }

    private static List<double[]> parameters(Mlp mlp) {
        List<double[]> all = new ArrayList<>();
        for (Layer layer : mlp.layers()) {
            try (FloatArray weights = layer.copyWeights()) {
                all.add(doubles(weights));
            }
            all.add(doubles(layer.bias()));
            if (layer.activationParameters() != null) {
                all.add(doubles(layer.activationParameters()));
            }
        }
        return all;
    }

    private static double[] doubles(FloatArray values) {
        double[] copy = new double[(int) values.length()];
        for (int k = 0; k < copy.length; k++) {
            copy[k] = values.get(k);
        }
        return copy;
    }

    private static double norm(List<double[]> moves) {
        return Math.sqrt(moves.subList(0, moves.size() - 1).stream().flatMapToDouble(java.util.Arrays::stream)
                .map(d -> d * d).sum());
    }

    @ParameterizedTest
    @MethodSource("networks")
    void aNormAboveTheLimitIsBroughtDownToItInTheSameDirection(SparseKernels kernels, String kinds) {
        List<double[]> plain = moves(kernels, kinds, step -> step, 2);
        float limit = (float) (norm(plain) / 3);
        List<double[]> clipped = moves(kernels, kinds, step -> new UpdateStep.ClippedByNorm(step, limit), 2);
        assertThat(norm(clipped)).isCloseTo(limit, within(1e-5 * limit));
        for (int p = 0; p < plain.size() - 1; p++) {
            for (int k = 0; k < plain.get(p).length; k++) {
                assertThat(clipped.get(p)[k]).isCloseTo(plain.get(p)[k] / 3, within(1e-6));
            }
        }
    }

    /** The outputs after the step are the same too: the weights are brought to wherever they are read. */
    @ParameterizedTest
    @MethodSource("networks")
    void aNormBelowTheLimitChangesNoBit(SparseKernels kernels, String kinds) {
        List<double[]> plain = moves(kernels, kinds, step -> step, 2);
        float limit = (float) (norm(plain) * 1.01);
        for (int workers : new int[]{1, 2, 3, 5}) {
            assertThat(moves(kernels, kinds, step -> new UpdateStep.ClippedByNorm(step, limit), workers))
                    .usingRecursiveComparison().isEqualTo(plain);
        }
    }

    @ParameterizedTest
    @MethodSource("networks")
    void valuesAboveTheLimitAreBroughtDownToItOneByOne(SparseKernels kernels, String kinds) {
        List<double[]> plain = moves(kernels, kinds, step -> step, 2);
        double limit = 0.005;
        List<double[]> clipped = moves(kernels, kinds, step -> new UpdateStep.ClippedByValue(step, (float) limit), 2);
        int limited = 0;
        for (int p = 0; p < plain.size() - 1; p++) {
            for (int k = 0; k < plain.get(p).length; k++) {
                assertThat(clipped.get(p)[k]).isCloseTo(Math.clamp(plain.get(p)[k], -limit, limit), within(1e-6));
                limited += Math.abs(plain.get(p)[k]) > limit ? 1 : 0;
            }
        }
        assertThat(limited).isGreaterThan(20);
    }
}
