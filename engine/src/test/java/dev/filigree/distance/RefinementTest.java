package dev.filigree.distance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.filigree.parallel.WorkerPool;
import dev.filigree.topology.LayerTopology;
import dev.filigree.topology.NetworkTopology;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Ties, and layers matched with a view to the next one. */
class RefinementTest {
    /** The neurons of the first layer are alike, so only the second layer tells which is which. */
    private static NetworkTopology network(int[]... readers) {
        return new NetworkTopology(
                List.of(LayerTopology.of(2, new int[]{0, 1}, new int[]{0, 1}, new int[]{0, 1}),
                        LayerTopology.of(3, readers)));
    }

    @Test
    void spreadHoldsWhatTheOrderOfEqualNeuronsDecides() {
        try (NetworkTopology a = network(new int[]{0}, new int[]{0, 1}, new int[]{0, 1, 2});
                NetworkTopology b = network(new int[]{2}, new int[]{1, 2}, new int[]{0, 2});
                WorkerPool pool = new WorkerPool(1)) {
            TieSpread spread = TieSpread.of(a, b, OutputNeurons.PINNED, 40, 7, pool);
            assertThat(spread.layers().getFirst()).isEqualTo(new TieSpread.Range(0, 0, 0));
            assertThat(spread.layers().get(1).largest()).isGreaterThan(spread.layers().get(1).least());
            assertThat(spread.mean().least()).isEqualTo(spread.layers().get(1).least() / 2);
        }
    }

    @Test
    void refinementFindsTheOrderOfEqualNeurons() {
        try (NetworkTopology a = network(new int[]{0}, new int[]{0, 1}, new int[]{0, 1, 2});
                NetworkTopology b = network(new int[]{2}, new int[]{1, 2}, new int[]{0, 2});
                WorkerPool pool = new WorkerPool(1)) {
            NetworkDistance start = NetworkDistance.between(a, b, OutputNeurons.PINNED);
            NetworkDistance refined = JointMatching.refine(a, b, OutputNeurons.PINNED, start, pool);
            // Neuron 0 of a stands for 2 of b, and 1 for 1: two of three output neurons agree, the third by two thirds.
            assertThat(refined.layers().get(1).distance()).isEqualTo(1.0 / 9);
            assertThat(refined.layers().getFirst().gap()).isZero();
        }
    }

    @Test
    void refinementOfALargerNetworkPays() {
        Random random = new Random(61);
        try (NetworkTopology a = TestTopologies.random(0.05, random, 80, 90, 90, 10);
                NetworkTopology b = TestTopologies.random(0.05, random, 80, 90, 90, 10);
                WorkerPool pool = new WorkerPool(2)) {
            NetworkDistance start = NetworkDistance.between(a, b, OutputNeurons.MATCHED, pool);
            NetworkDistance refined = JointMatching.refine(a, b, OutputNeurons.MATCHED, start, pool);
            assertThat(refined.distance()).isLessThan(start.distance() - 0.005);
            for (int l = 0; l < 3; l++) {
                LayerDistance layer = refined.layers().get(l);
                assertThat(layer.distance() - layer.gap()).as("best of layer %d", l).isBetween(0.0, layer.distance());
            }
        }
    }

    @Test
    void tooFewSamplesAreRefused() {
        try (NetworkTopology a = network(new int[]{0}); WorkerPool pool = new WorkerPool(1)) {
            assertThatThrownBy(() -> TieSpread.of(a, a, OutputNeurons.MATCHED, 1, 1, pool))
                    .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("1 samples")
                    .hasMessageContaining("2 or more");
        }
    }

    @Test
    void negativeToleranceIsRefused() {
        try (NetworkTopology a = network(new int[]{0}); WorkerPool pool = new WorkerPool(1)) {
            assertThatThrownBy(() -> NetworkDistance.between(a, a, OutputNeurons.MATCHED, -0.1, pool))
                    .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("tolerance of -0.1");
        }
    }
}
