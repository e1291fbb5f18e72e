package dev.filigree.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.filigree.memory.FloatArray;
import dev.filigree.parallel.WorkerPool;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Several optimizer steps of a whole network against the textbook formulas in double precision. */
class UpdateFormulaTest {
    private static final int BATCH = 20;
    private static final int[] WIDTHS = {6, 40, 8, 3};

    /** What a textbook does with the parameters of a network. */
    private interface Textbook {
        void move(double[] weights, double[] first, double[] second, double[] gradient, int t);
    }

    @ParameterizedTest
    @CsvSource({"0,false,0,0", "0.9,false,0,0", "0.9,true,0,0", "0.9,false,0.01,0", "0.9,true,0.01,0",
            "0.9,false,0,0.002", "0.5,true,0.01,0.002"})
    void momentumFollowsTheFormula(float momentum, boolean nesterov, float l2, float decay) {
        UpdateStep.Sgd step = new UpdateStep.Sgd(0.1f, momentum, nesterov, l2, decay);
        followsTheFormula(t -> step, (weights, velocity, none, gradient, t) -> {
            // v ← μv − η(g + λw); w ← (1 − δ)w + v, or + μv − η(g + λw) with Nesterov's look ahead.
            for (int k = 0; k < weights.length; k++) {
                double pull = -step.rate() * (gradient[k] + step.l2() * weights[k]);
                velocity[k] = step.momentum() * velocity[k] + pull;
                weights[k] += -step.decay() * weights[k]
                        + (step.nesterov() ? step.momentum() * velocity[k] + pull : velocity[k]);
            }
        });
    }

    @ParameterizedTest
    @CsvSource({"0.9,0.999,1e-8,0,0", "0.9,0.999,1e-3,0,0", "0.9,0.999,1e-8,0.01,0", "0.9,0.999,1e-8,0,0.002",
            "0.5,0.9,1e-3,0.01,0.002", "0,0,1e-3,0,0"})
    void adamFollowsTheFormula(double beta1, double beta2, double epsilon, double l2, double decay) {
        double rate = 0.01;
        followsTheFormula(t -> UpdateStep.Adam.of(rate, beta1, beta2, epsilon, l2, decay, t),
                (weights, first, second, gradient, t) -> {
                    for (int k = 0; k < weights.length; k++) {
                        double g = gradient[k] + l2 * weights[k];
                        first[k] = beta1 * first[k] + (1 - beta1) * g;
                        second[k] = beta2 * second[k] + (1 - beta2) * g * g;
                        double corrected = first[k] / (1 - Math.pow(beta1, t));
                        double correctedSecond = second[k] / (1 - Math.pow(beta2, t));
                        weights[k] -= rate * corrected / (Math.sqrt(correctedSecond) + epsilon) + decay * weights[k];
                    }
                });
    }

    private static void followsTheFormula(IntFunction<UpdateStep> steps, Textbook textbook) {
        for (String kinds : new String[]{"sss", "dsd", "xsx"}) {
            SplittableRandom random = new SplittableRandom(5);
            try (Mlp mlp = TestNetworks.mlp(kinds, WIDTHS, Activation.TANH, Activation.LINEAR, Dropout.NONE,
                    TestNetworks.VECTOR, random);
                    Mlp probe = TestNetworks.likeWithKinds(mlp, kinds, TestNetworks.VECTOR);
                    WorkerPool pool = new WorkerPool(2);
                    Propagation propagation = new Propagation(mlp, pool, Loss.SOFTMAX_CROSS_ENTROPY, BATCH);
                    Propagation probing = new Propagation(probe, pool, Loss.SOFTMAX_CROSS_ENTROPY, BATCH)) {
                double[][] weights = new double[6][];
                double[][] first = new double[6][];
                double[][] second = new double[6][];
                for (int p = 0; p < 6; p++) {
                    weights[p] = parameters(mlp, p, false);
                    first[p] = new double[weights[p].length];
                    second[p] = new double[weights[p].length];
                }
                for (int t = 1; t <= 5; t++) {
                    double[][] x = TestNetworks.samples(BATCH, WIDTHS[0], random);
                    int[] labels = TestNetworks.labels(BATCH, WIDTHS[3], random);
                    TestNetworks.copyParameters(mlp, probe);
                    learn(probing, x, labels, TestNetworks.PROBE);
                    learn(propagation, x, labels, steps.apply(t));
                    for (int p = 0; p < 6; p++) {
                        textbook.move(weights[p], first[p], second[p], parameters(probe, p, true), t);
                        double[] actual = parameters(mlp, p, false);
                        for (int k = 0; k < actual.length; k++) {
                            assertThat(actual[k]).as("%s step %d parameters %d[%d]", kinds, t, p, k)
                                    .isCloseTo(weights[p][k], within(2e-6));
                        }
                    }
                }
            }
        }
    }

    private static void learn(Propagation propagation, double[][] x, int[] labels, UpdateStep step) {
        TestNetworks.load(propagation, x);
        propagation.forward();
        propagation.learn(labels, BATCH, new Loss.Score(), step);
    }

    /** Weights of layers 0 to 2, then their biases. */
    private static double[] parameters(Mlp mlp, int index, boolean gradient) {
        Layer layer = mlp.layer(index % 3);
        if (index >= 3) {
            return toDoubles(gradient ? layer.biasGradient() : layer.bias());
        }
        try (FloatArray values = gradient ? TestNetworks.gradient(layer) : layer.copyWeights()) {
            return toDoubles(values);
        }
    }

    private static double[] toDoubles(FloatArray array) {
        double[] result = new double[(int) array.length()];
        for (int k = 0; k < result.length; k++) {
            result[k] = array.get(k);
        }
        return result;
    }
}
