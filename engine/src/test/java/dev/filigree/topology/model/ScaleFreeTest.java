package dev.filigree.topology.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.filigree.topology.LayerTopology;
import dev.filigree.topology.Sparsity;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ScaleFreeTest {
    @Test
    void aFewNeuronsOnEitherSideHaveManyConnections() {
        try (LayerTopology topology = new ScaleFree().generate(2000, 1000, new Sparsity.Density(0.005), 1)) {
            int[] fanOuts = new int[2000];
            for (long k = 0; k < topology.connections(); k++) {
                fanOuts[topology.source(k)]++;
            }
            // Of 10,000 connections at random no neuron would have more than five times the mean.
            assertThat(Arrays.stream(fanOuts).max().getAsInt()).isGreaterThan(10 * 5);
            assertThat(topology.largestFanIn()).isGreaterThan(5 * 10);
        }
    }

    @Test
    void grownEdgesAreDistinctAndFollowPreference() {
        int nodes = 1000;
        int[] degrees = new int[nodes];
        boolean[][] joined = new boolean[nodes][nodes];
        PreferentialGrowth.grow(nodes, 5_300, new SplittableRandom(2), (node, other) -> {
            assertThat(joined[node][other]).isFalse();
            joined[node][other] = true;
            joined[other][node] = true;
            degrees[node]++;
            degrees[other]++;
        });
        assertThat(Arrays.stream(degrees).sum()).isEqualTo(2 * 5_300);
        // Degrees grow with the square root of age: the first tenth has more than a quarter of the ends.
        assertThat(Arrays.stream(degrees).limit(100).sum()).isGreaterThan(2 * 5_300 / 4);
    }
}
