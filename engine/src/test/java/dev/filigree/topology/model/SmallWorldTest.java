package dev.filigree.topology.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.filigree.random.ChiSquare;
import dev.filigree.topology.LayerTopology;
import dev.filigree.topology.Sparsity;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SmallWorldTest {
    @Test
    void withoutMovesEveryNeuronHasTheNeighboursOppositeToIt() {
        // Five connections each of ten neurons: two to either side, around the end too.
        try (LayerTopology rings = new SmallWorld(0).generate(10, 10, new Sparsity.Density(0.5), 1);
                LayerTopology expected = LayerTopology.of(10, new int[]{0, 1, 2, 8, 9}, new int[]{0, 1, 2, 3, 9},
                        new int[]{0, 1, 2, 3, 4}, new int[]{1, 2, 3, 4, 5}, new int[]{2, 3, 4, 5, 6},
                        new int[]{3, 4, 5, 6, 7}, new int[]{4, 5, 6, 7, 8}, new int[]{5, 6, 7, 8, 9},
                        new int[]{0, 6, 7, 8, 9}, new int[]{0, 1, 7, 8, 9})) {
            assertThat(rings.sameConnections(expected)).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({"784,10", "10,784", "300,100"})
    void withoutMovesAllNeuronsAreConnectedAndAboutEqual(int inputs, int outputs) {
        try (LayerTopology rings = new SmallWorld(0).generate(inputs, outputs, new Sparsity.Density(0.25), 1)) {
            int[] fanOuts = new int[inputs];
            for (long k = 0; k < rings.connections(); k++) {
                fanOuts[rings.source(k)]++;
            }
            double perInput = rings.connections() / (double) inputs;
            assertThat(Arrays.stream(fanOuts)).allMatch(fan -> Math.abs(fan - perInput) <= 2);
            double perOutput = rings.connections() / (double) outputs;
            for (int j = 0; j < outputs; j++) {
                assertThat((double) rings.fanIn(j)).isCloseTo(perOutput, within(2.0));
            }
        }
    }

    @Test
    void asManyMoveAsBetaSays() {
        Sparsity sparsity = new Sparsity.Density(0.02);
        try (LayerTopology rings = new SmallWorld(0).generate(1000, 1000, sparsity, 1);
                LayerTopology moved = new SmallWorld(0.3).generate(1000, 1000, sparsity, 1)) {
            long same = 0;
            for (int j = 0; j < 1000; j++) {
                for (long k = moved.rowStart(j); k < moved.rowStart(j + 1); k++) {
                    long place = rings.position(j, moved.source(k));
                    same += place < rings.rowStart(j + 1) && rings.source(place) == moved.source(k) ? 1 : 0;
                }
            }
            // 20,000 connections; a few of those that move come back.
            assertThat((double) same).isCloseTo(14_000 + 6_000 * 0.006, within(5 * Math.sqrt(20_000 * 0.21)));
        }
    }

    @Test
    void allMovedIsUniform() {
        long[] places = new long[600];
        for (long seed = 0; seed < 1000; seed++) {
            try (LayerTopology random = new SmallWorld(1).generate(20, 30, new Sparsity.Density(0.1), seed)) {
                for (int j = 0; j < 30; j++) {
                    for (long k = random.rowStart(j); k < random.rowStart(j + 1); k++) {
                        places[j * 20 + random.source(k)]++;
                    }
                }
            }
        }
        assertThat(ChiSquare.excess(places)).isLessThan(5);
    }
}
