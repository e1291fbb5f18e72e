package dev.filigree.benchmark.distance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class DistanceAgreementTest {
    @Test
    void textbookFindsTheSameOptimum() {
        LayerPair layers = new LayerPair();
        layers.neurons = 150;
        layers.density = 0.08;
        layers.threads = 2;
        layers.draw();
        try {
            // Throws where the optima differ.
            assertThat(layers.solveByTextbook()).hasSize(150);
            assertThat(layers.distance().distance()).isCloseTo(layers.solve().cost() / 150,
                    within(1e-6));
            assertThat(layers.solveWithin(0.01).gap()).isLessThanOrEqualTo(1.5);
            assertThat(layers.makeCosts()).isPositive();
        } finally {
            layers.close();
        }
    }

    @Test
    void matrixHoldsThePairs() {
        RelatedNetworks networks = new RelatedNetworks();
        networks.threads = 2;
        networks.draw();
        try {
            assertThat(networks.matrix().distance(1, 2)).isEqualTo(networks.pair().distance()).isBetween(0.2, 0.9);
        } finally {
            networks.close();
        }
    }
}
