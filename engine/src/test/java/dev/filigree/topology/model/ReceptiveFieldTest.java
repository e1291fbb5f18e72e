package dev.filigree.topology.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.filigree.topology.LayerTopology;
import dev.filigree.topology.Sparsity;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReceptiveFieldTest {
    @Test
    void withoutRandomnessTheNearestInputsAreTaken() {
        try (LayerTopology fields = new ReceptiveField(0).generate(12, 4, new Sparsity.Density(0.25), 1);
                LayerTopology expected = LayerTopology.of(12, new int[]{0, 1, 2}, new int[]{3, 4, 5},
                        new int[]{6, 7, 8}, new int[]{9, 10, 11})) {
            assertThat(fields.sameConnections(expected)).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({"0", "0.1", "1"})
    void allOutputsHaveAsManyInputsOrOneMore(double randomness) {
        try (LayerTopology fields = new ReceptiveField(randomness).generate(100, 77, new Sparsity.Density(0.123), 1)) {
            for (int j = 0; j < 77; j++) {
                assertThat(fields.fanIn(j)).isBetween(12, 13);
            }
        }
    }

    /** Against the probability that a place is among three draws, summed over all orders. */
    @ParameterizedTest
    @CsvSource({"0", "0.5", "1", "4", "12"})
    void drawsHaveTheProbabilitiesOfDrawsOneAfterAnother(double alpha) {
        int places = 9;
        double[] weights = new double[places];
        for (int rank = 0; rank < places; rank++) {
            weights[rank] = Math.pow(1 + FallingDraws.distance(rank), -alpha);
        }
        double[] expected = new double[places];
        addDraws(weights, expected, 0, 1, 3);
        int repetitions = 40_000;
        int[] counts = new int[places];
        FallingDraws draws = new FallingDraws(places, alpha, 3, new SplittableRandom(5));
        for (int i = 0; i < repetitions; i++) {
            for (int rank : draws.draw(3)) {
                counts[rank]++;
            }
        }
        for (int rank = 0; rank < places; rank++) {
            double sigma = Math.sqrt(expected[rank] * (1 - expected[rank]) / repetitions);
            assertThat(counts[rank] / (double) repetitions).isCloseTo(expected[rank], within(5 * sigma + 1e-9));
        }
    }

    private static void addDraws(double[] weights, double[] included, int drawn, double probability, int left) {
        double rest = 0;
        for (int rank = 0; rank < weights.length; rank++) {
            if ((drawn >> rank & 1) != 0) {
                included[rank] += left == 0 ? probability : 0;
            } else {
                rest += weights[rank];
            }
        }
        for (int rank = 0; left > 0 && rank < weights.length; rank++) {
            if ((drawn >> rank & 1) == 0) {
                addDraws(weights, included, drawn | 1 << rank, probability * weights[rank] / rest, left - 1);
            }
        }
    }

    @Test
    void farInputsBecomeRareAsRandomnessFalls() {
        double[] means = new double[3];
        double[] randomness = {0.1, 0.3, 1};
        for (int i = 0; i < 3; i++) {
            try (LayerTopology fields = new ReceptiveField(randomness[i]).generate(1000, 1000,
                    new Sparsity.Density(0.02), 1)) {
                for (int j = 0; j < 1000; j++) {
                    for (long k = fields.rowStart(j); k < fields.rowStart(j + 1); k++) {
                        int apart = Math.abs(fields.source(k) - j);
                        means[i] += Math.min(apart, 1000 - apart) / (double) fields.connections();
                    }
                }
            }
        }
        assertThat(means[0]).isLessThan(10);
        assertThat(means[1]).isBetween(10.0, 200.0);
        assertThat(means[2]).isCloseTo(250, within(5.0));
    }
}
