package dev.filigree.distance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.filigree.assignment.Matching;
import dev.filigree.parallel.WorkerPool;
import dev.filigree.topology.LayerTopology;
import dev.filigree.topology.NetworkTopology;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NetworkDistanceTest {
    @Test
    void everyLayerIsMatchedBestGivenTheLayerBefore() {
        Random random = new Random(21);
        for (int repeat = 0; repeat < 20; repeat++) {
            try (NetworkTopology a = TestTopologies.random(0.4, random, 8, 6, 7, 5);
                    NetworkTopology b = TestTopologies.random(0.4, random, 8, 6, 7, 5)) {
                NetworkDistance distance = NetworkDistance.between(a, b, OutputNeurons.MATCHED);
                Matching inputs = Matching.identity(8);
                for (int l = 0; l < 3; l++) {
                    LayerDistance layer = distance.layers().get(l);
                    try (LayerTopology renamed = TestTopologies.renamed(b.layer(l), inputs.inverse(),
                            Matching.identity(b.layer(l).outputs()))) {
                        assertThat(layer.distance()).isCloseTo(ReferenceDistance.ofLayers(a.layer(l), renamed),
                                within(1e-12));
                    }
                    inputs = layer.matching();
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void orderOfHiddenNeuronsDoesNotMatter(OutputNeurons outputNeurons) {
        Random random = new Random(22);
        try (NetworkTopology a = TestTopologies.random(0.2, random, 60, 50, 40, 10);
                NetworkTopology b = TestTopologies.withShuffledHiddenNeurons(a, random)) {
            assertThat(NetworkDistance.between(a, b, outputNeurons).distance()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void isZeroToItself(OutputNeurons outputNeurons) {
        try (NetworkTopology network = TestTopologies.random(0.02, new Random(23), 60, 80, 80, 10)) {
            assertThat(NetworkDistance.between(network, network, outputNeurons).distance()).isZero();
        }
    }

    @Test
    void fullyConnectedNetworksAreEqual() {
        Random random = new Random(24);
        try (NetworkTopology a = TestTopologies.random(1, random, 7, 6, 5);
                NetworkTopology b = TestTopologies.random(1, random, 7, 6, 5)) {
            assertThat(NetworkDistance.between(a, b, OutputNeurons.MATCHED).distance()).isZero();
        }
    }

    @Test
    void isTheMeanOverTheLayers() {
        Matching one = Matching.identity(1);
        NetworkDistance distance = new NetworkDistance(List.of(new LayerDistance(0.5, one, 0),
                new LayerDistance(0.25, one, 0.125), new LayerDistance(0, one, 0)));
        assertThat(distance.distance()).isEqualTo(0.25);
        assertThat(distance.largestGap()).isEqualTo(0.125);
    }

    @Test
    void onlyPinnedOutputNeuronsTellClassesApart() {
        try (NetworkTopology a = new NetworkTopology(
                List.of(LayerTopology.of(4, new int[]{0}, new int[]{1, 2})));
                NetworkTopology b = new NetworkTopology(
                        List.of(LayerTopology.of(4, new int[]{1, 2}, new int[]{0})))) {
            assertThat(NetworkDistance.between(a, b, OutputNeurons.MATCHED).distance()).isZero();
            assertThat(NetworkDistance.between(a, b, OutputNeurons.PINNED).distance()).isEqualTo(1);
        }
    }

    @Test
    void isTheSameForAnyNumberOfThreads() {
        Random random = new Random(25);
        try (NetworkTopology a = TestTopologies.random(0.03, random, 150, 200, 130, 10);
                NetworkTopology b = TestTopologies.random(0.03, random, 150, 200, 130, 10);
                WorkerPool pool = new WorkerPool(3)) {
            assertThat(NetworkDistance.between(a, b, OutputNeurons.MATCHED, pool))
                    .isEqualTo(NetworkDistance.between(a, b, OutputNeurons.MATCHED));
        }
    }

    @Test
    void layersOfDifferentWidthAreCompared() {
        try (NetworkTopology a = new NetworkTopology(
                List.of(LayerTopology.of(4, new int[]{0}, new int[]{1}), LayerTopology.of(2, new int[]{0, 1})));
                NetworkTopology b = new NetworkTopology(
                        List.of(LayerTopology.of(4, new int[]{1}), LayerTopology.of(1, new int[]{0})))) {
            NetworkDistance distance = NetworkDistance.between(a, b, OutputNeurons.MATCHED);
            assertThat(distance.layers()).extracting(LayerDistance::distance).containsExactly(0.5, 0.5);
        }
    }

    @Test
    void refusesNetworksOfDifferentInputs() {
        Random random = new Random(26);
        try (NetworkTopology a = TestTopologies.random(0.5, random, 4, 3);
                NetworkTopology b = TestTopologies.random(0.5, random, 5, 3)) {
            assertThatThrownBy(() -> NetworkDistance.between(a, b, OutputNeurons.MATCHED))
                    .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("4 inputs")
                    .hasMessageContaining("5 inputs");
        }
    }

    @Test
    void refusesNetworksOfDifferentDepth() {
        Random random = new Random(27);
        try (NetworkTopology a = TestTopologies.random(0.5, random, 4, 3, 2);
                NetworkTopology b = TestTopologies.random(0.5, random, 4, 3)) {
            assertThatThrownBy(() -> NetworkDistance.between(a, b, OutputNeurons.MATCHED))
                    .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("2 layers")
                    .hasMessageContaining("1 layers");
        }
    }
}
