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
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every gradient the engine computes against central differences of a double-precision reference. */
class GradientTest {
    private static final double TOLERANCE = 1e-4;
    private static final long KEY = 42;
    private static final int[] WIDTHS = {7, 9, 8, 4};

    /** Beside sparse layers, narrow dense ones run on the sparse kernels; these are not narrow. */
    private static final int[] WIDE = {7, 40, 36, 4};

    /** Every place a layer of each kind can take: first, inner, output, alone. */
    private static final List<String> KINDS = List.of("sss", "ddd", "xxx", "sds", "dsd", "sxs", "xsx", "s", "d", "x");

    private static final List<Activation> ACTIVATIONS = List.of(Activation.RELU, Activation.leakyRelu(0.2f),
            Activation.allRelu(0.6f, 0), Activation.allRelu(0.6f, 1), Activation.TANH, Activation.SIGMOID,
            Activation.LINEAR, Activation.SRELU);

    record Case(String kinds, Activation hidden, Activation output, Loss loss, double dropout, int batch,
            boolean vector) {
        @Override
        public String toString() {
            return "%s %s→%s %s dropout %s batch %d %s".formatted(kinds, hidden, output, loss, dropout, batch,
                    vector ? "vector" : "scalar");
        }
    }

    /** Vectors of another width than the machine's change nothing for the scalar kernels. */
    private static Stream<Case> worthwhile(List<Case> cases) {
        boolean otherWidth = !System.getProperty("filigree.vector.bits", "").isEmpty();
        return cases.stream().filter(each -> each.vector || !otherWidth);
    }

    private static Stream<Case> hiddenActivations() {
        List<Case> cases = new ArrayList<>();
        for (String kinds : List.of("sss", "ddd", "sds", "dsd", "xxx", "sxs")) {
            for (Activation hidden : ACTIVATIONS) {
                for (double dropout : new double[]{0, 0.3}) {
                    for (boolean vector : new boolean[]{true, false}) {
                        cases.add(new Case(kinds, hidden, Activation.LINEAR, Loss.SOFTMAX_CROSS_ENTROPY, dropout, 33,
                                vector));
                    }
                }
            }
        }
        return worthwhile(cases);
    }

    private static Stream<Case> outputActivations() {
        List<Case> cases = new ArrayList<>();
        for (String kinds : KINDS) {
            for (Activation output : ACTIVATIONS) {
                for (Loss loss : Loss.values()) {
                    cases.add(new Case(kinds, Activation.TANH, output, loss, 0, 5, true));
                    cases.add(new Case(kinds, Activation.RELU, output, loss, 0.3, 5, false));
                }
            }
        }
        return worthwhile(cases);
    }

    private static Stream<Case> batchSizes() {
        List<Case> cases = new ArrayList<>();
        for (String kinds : KINDS) {
            // 200 fills an odd number of tiles of every vector width but is no multiple of any.
            for (int batch : new int[]{1, 3, 16, 33, 64, 65, 130, 200}) {
                cases.add(new Case(kinds, Activation.allRelu(0.6f, 0), Activation.LINEAR, Loss.SOFTMAX_CROSS_ENTROPY,
                        0.4, batch, true));
                cases.add(new Case(kinds, Activation.SIGMOID, Activation.LINEAR, Loss.MEAN_SQUARED_ERROR, 0.4, batch,
                        batch % 2 == 0));
            }
        }
        return worthwhile(cases);
    }

    @ParameterizedTest
    @MethodSource({"hiddenActivations", "outputActivations", "batchSizes"})
    void matchesFiniteDifferences(Case given) {
        SparseKernels kernels = given.vector ? TestNetworks.VECTOR : TestNetworks.SCALAR;
        // Another draw where a pre-activation lies so near a kink that differences would straddle it.
        for (long seed = 1;; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            int[] widths = given.kinds.length() == 1
                    ? new int[]{7, 4}
                    : given.kinds.chars().distinct().count() > 1 ? WIDE : WIDTHS;
            double[][] x = TestNetworks.samples(given.batch, widths[0], random);
            int[] labels = TestNetworks.labels(given.batch, 4, random);
            try (Mlp mlp = TestNetworks.mlp(given.kinds, widths, given.hidden, given.output,
                    new Dropout(given.dropout), kernels, random)) {
                ReferenceMlp reference = ReferenceMlp.of(mlp, given.batch);
                drop(mlp, reference, given.batch);
                if (reference.distanceToKinks(x) > 1e-5) {
                    check(given, mlp, reference, x, labels);
                    return;
                }
            }
        }
    }

    private static void check(Case given, Mlp mlp, ReferenceMlp reference, double[][] x, int[] labels) {
        try (WorkerPool pool = new WorkerPool(1);
                Propagation propagation = new Propagation(mlp, pool, given.loss, given.batch)) {
            TestNetworks.load(propagation, x);
            propagation.forwardForTraining(KEY);
            double loss = propagation.learn(labels, given.batch, new Loss.Score(), TestNetworks.PROBE) / given.batch;

            double expectedLoss = reference.loss(given.loss, x, labels);
            assertThat(loss).as("loss").isCloseTo(expectedLoss, within(1e-5 * Math.abs(expectedLoss)));
            for (int l = 0; l < mlp.depth(); l++) {
                try (FloatArray gradient = TestNetworks.gradient(mlp.layer(l))) {
                    assertClose("weights of layer " + l, gradient, reference.weightGradient(l, given.loss, x, labels),
                            floor(given));
                }
                assertClose("biases of layer " + l, mlp.layer(l).biasGradient(),
                        reference.biasGradient(l, given.loss, x, labels), floor(given));
                FloatArray learned = mlp.layer(l).activationUnit().gradient();
                if (learned != null) {
                    assertClose("activations of layer " + l, learned,
                            reference.activationGradient(l, given.loss, x, labels), floor(given));
                }
            }
        }
    }

    /** Reads the engine's dropout mask off a matrix of ones, and gives it to the reference. */
    private static void drop(Mlp mlp, ReferenceMlp reference, int batch) {
        for (int l = 0; l < mlp.depth(); l++) {
            Layer layer = mlp.layer(l);
            if (!layer.dropout().isActive()) {
                continue;
            }
            try (TiledMatrix mask = new TiledMatrix(layer.outputs(), batch, mlp.tileLanes(batch), "mask")) {
                for (long i = 0; i < mask.values().length(); i++) {
                    mask.values().set(i, 1);
                }
                for (int tile = 0; tile < mask.tiles(); tile++) {
                    layer.dropout().apply(mlp.kernels(), mask, tile, 0, layer.outputs(), Dropout.layerKey(KEY, l));
                }
                for (int s = 0; s < batch; s++) {
                    for (int j = 0; j < layer.outputs(); j++) {
                        reference.drop(l, s, j, mask.get(j, s));
                    }
                }
            }
        }
    }

    /** A smooth output's derivative is made of the rounded output, which holds few of its digits where it saturates. */
    private static double floor(Case given) {
        return given.output.isSmooth() ? 2 * Math.ulp(1f) : 1e-9;
    }

    /** Relative to the element, or to a hundredth of the largest where cancellation leaves less. */
    private static void assertClose(String what, FloatArray actual, double[] expected, double floor) {
        assertThat(actual.length()).as(what).isEqualTo(expected.length);
        double largest = 0;
        for (double e : expected) {
            largest = Math.max(largest, Double.isNaN(e) ? 0 : Math.abs(e));
        }
        for (int k = 0; k < expected.length; k++) {
            if (Double.isNaN(expected[k])) {
                continue;
            }
            double scale = Math.max(Math.abs(expected[k]), 0.01 * largest);
            double deviation = Math.abs(actual.get(k) - expected[k]);
            assertThat(deviation).as("%s, element %d of %s", what, k, expected[k])
                    .isLessThanOrEqualTo(TOLERANCE * scale + floor);
        }
    }
}
