package dev.filigree.topology.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.filigree.dense.JavaDenseBackend;
import dev.filigree.memory.FloatArray;
import dev.filigree.topology.LayerTopology;
import dev.filigree.topology.Sparsity;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CorrelatedFeaturesTest {
    private static final int SAMPLES = 200;
    private static final int FEATURES = 12;

    /** Features that share something with those before; the last one never changes. */
    private static FloatArray samples() {
        SplittableRandom random = new SplittableRandom(9);
        FloatArray values = FloatArray.allocate(SAMPLES * FEATURES, "samples");
        for (int s = 0; s < SAMPLES; s++) {
            double common = random.nextGaussian();
            for (int f = 0; f < FEATURES; f++) {
                double noise = random.nextGaussian();
                values.set(s * FEATURES + f, f == FEATURES - 1 ? 7 : (float) (100 + common * (f % 5) + noise));
            }
        }
        return values;
    }

    private static double pearson(FloatArray values, int a, int b) {
        double[] sums = new double[5];
        for (int s = 0; s < SAMPLES; s++) {
            double x = values.get(s * FEATURES + a);
            double y = values.get(s * FEATURES + b);
            sums[0] += x / SAMPLES;
            sums[1] += y / SAMPLES;
            sums[2] += x * x / SAMPLES;
            sums[3] += y * y / SAMPLES;
            sums[4] += x * y / SAMPLES;
        }
        double spread = (sums[2] - sums[0] * sums[0]) * (sums[3] - sums[1] * sums[1]);
        return a == b || spread < 1e-9 ? 0 : Math.abs(sums[4] - sums[0] * sums[1]) / Math.sqrt(spread);
    }

    @Test
    void coefficientsArePearsons() {
        try (FloatArray values = samples()) {
            FeatureCorrelations correlations = new FeatureCorrelations(values, SAMPLES, FEATURES,
                    new JavaDenseBackend());
            for (int a = 0; a < FEATURES; a++) {
                for (int b = 0; b < FEATURES; b++) {
                    assertThat((double) correlations.coefficient(a, b)).isCloseTo(pearson(values, a, b),
                            within(1e-5));
                }
            }
        }
    }

    /** Every connection is of features at least as correlated as those of every pair that is not connected. */
    @ParameterizedTest
    @CsvSource({"12,12", "12,24", "12,30", "24,12", "12,5"})
    void theMostCorrelatedPairsAreConnected(int inputs, int outputs) {
        try (FloatArray values = samples();
                LayerTopology topology = new CorrelatedFeatures(
                        new FeatureCorrelations(values, SAMPLES, FEATURES, new JavaDenseBackend())).generate(inputs,
                                outputs, new Sparsity.Density(0.3), 1)) {
            double weakest = 1;
            double strongestFree = 0;
            for (int j = 0; j < outputs; j++) {
                for (int i = 0; i < inputs; i++) {
                    double coefficient = pearson(values, feature(i, inputs), feature(j, outputs));
                    long place = topology.position(j, i);
                    if (place < topology.rowStart(j + 1) && topology.source(place) == i) {
                        weakest = Math.min(weakest, coefficient);
                    } else {
                        strongestFree = Math.max(strongestFree, coefficient);
                    }
                }
            }
            assertThat(weakest).isGreaterThan(strongestFree - 1e-5);
            assertThat(strongestFree).isPositive();
        }
    }

    private static int feature(int neuron, int width) {
        return width < FEATURES ? neuron * FEATURES / width : neuron % FEATURES;
    }

    @Test
    void pairsWithoutCorrelationAreDrawnAtRandom() {
        try (FloatArray values = samples()) {
            TopologyModel model = new CorrelatedFeatures(
                    new FeatureCorrelations(values, SAMPLES, FEATURES, new JavaDenseBackend()));
            try (LayerTopology first = model.generate(12, 12, new Sparsity.Density(0.9), 1);
                    LayerTopology other = model.generate(12, 12, new Sparsity.Density(0.9), 2)) {
                assertThat(first.connections()).isEqualTo(130);
                assertThat(other.sameConnections(first)).isFalse();
            }
        }
    }
}
