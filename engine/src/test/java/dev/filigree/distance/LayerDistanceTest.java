package dev.filigree.distance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.filigree.assignment.Matching;
import dev.filigree.parallel.WorkerPool;
import dev.filigree.topology.LayerTopology;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LayerDistanceTest {
    @ParameterizedTest
    @ValueSource(doubles = {0, 0.1, 0.3, 0.7, 1})
    void isThatOfTheBestOfAllMatchings(double density) {
        Random random = new Random(11);
        for (int outputs = 1; outputs <= 7; outputs++) {
            for (int repeat = 0; repeat < 8; repeat++) {
                try (LayerTopology a = TestTopologies.random(10, outputs, density, random);
                        LayerTopology b = TestTopologies.random(10, outputs, density, random)) {
                    assertThat(LayerDistance.between(a, b).distance()).isCloseTo(ReferenceDistance.ofLayers(a, b),
                            within(1e-12));
                }
            }
        }
    }

    @Test
    void eightNeuronsAreMatchedBestToo() {
        Random random = new Random(12);
        try (LayerTopology a = TestTopologies.random(12, 8, 0.25, random);
                LayerTopology b = TestTopologies.random(12, 8, 0.25, random)) {
            assertThat(LayerDistance.between(a, b).distance()).isCloseTo(ReferenceDistance.ofLayers(a, b),
                    within(1e-12));
        }
    }

    @Test
    void isTheMeanOfThePairedNeurons() {
        Random random = new Random(13);
        try (LayerTopology a = TestTopologies.random(50, 90, 0.1, random);
                LayerTopology b = TestTopologies.random(50, 90, 0.1, random)) {
            LayerDistance layer = LayerDistance.between(a, b);
            double total = 0;
            for (int i = 0; i < 90; i++) {
                total += NeuronDistance.between(a, i, b, layer.matching().column(i));
            }
            assertThat(layer.distance()).isCloseTo(total / 90, within(1e-12));
        }
    }

    @Test
    void isProvenOptimal() {
        Random random = new Random(14);
        try (LayerTopology a = TestTopologies.random(300, 300, 0.02, random);
                LayerTopology b = TestTopologies.random(300, 300, 0.02, random)) {
            assertThat(LayerDistance.between(a, b).isOptimal(1e-12)).isTrue();
        }
    }

    @Test
    void isTheSameInBothDirections() {
        Random random = new Random(15);
        try (LayerTopology a = TestTopologies.random(100, 80, 0.05, random);
                LayerTopology b = TestTopologies.random(100, 80, 0.05, random)) {
            assertThat(LayerDistance.between(a, b).distance()).isCloseTo(LayerDistance.between(b, a).distance(),
                    within(1e-12));
        }
    }

    @Test
    void findsTheOrderOfShuffledNeurons() {
        Random random = new Random(16);
        Matching names = TestTopologies.shuffle(60, random);
        try (LayerTopology a = TestTopologies.random(100, 60, 0.2, random);
                LayerTopology b = TestTopologies.renamed(a, Matching.identity(100), names)) {
            assertThat(LayerDistance.between(a, b)).isEqualTo(new LayerDistance(0, names, 0));
        }
    }

    @Test
    void readsInputsUnderTheirOldNames() {
        Random random = new Random(17);
        Matching inputs = TestTopologies.shuffle(100, random);
        try (LayerTopology a = TestTopologies.random(100, 60, 0.2, random);
                LayerTopology b = TestTopologies.renamed(a, inputs, Matching.identity(60))) {
            assertThat(LayerDistance.between(a, b, inputs).distance()).isZero();
            assertThat(LayerDistance.pinned(a, b, inputs).distance()).isZero();
        }
    }

    @Test
    void unconnectedNeuronsMatchEachOther() {
        try (LayerTopology a = LayerTopology.of(3, new int[]{}, new int[]{0}, new int[]{});
                LayerTopology b = LayerTopology.of(3, new int[]{1}, new int[]{}, new int[]{})) {
            LayerDistance layer = LayerDistance.between(a, b);
            assertThat(layer.distance()).isEqualTo(1.0 / 3);
            assertThat(layer.matching().column(1)).isZero();
        }
    }

    @Test
    void disjointLayersAreFarthestApart() {
        try (LayerTopology a = LayerTopology.of(4, new int[]{0}, new int[]{1});
                LayerTopology b = LayerTopology.of(4, new int[]{2}, new int[]{3})) {
            assertThat(LayerDistance.between(a, b).distance()).isEqualTo(1);
        }
    }

    @Test
    void pinnedNeuronsKeepTheirPlace() {
        try (LayerTopology a = LayerTopology.of(4, new int[]{0, 1}, new int[]{2, 3});
                LayerTopology b = LayerTopology.of(4, new int[]{2, 3}, new int[]{1, 2, 3})) {
            LayerDistance pinned = LayerDistance.pinned(a, b, Matching.identity(4));
            assertThat(pinned.matching()).isEqualTo(Matching.identity(2));
            assertThat(pinned.distance()).isCloseTo((1 + 1.0 / 3) / 2, within(1e-15));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 7})
    void isTheSameForAnyNumberOfThreads(int threads) {
        Random random = new Random(18);
        try (LayerTopology a = TestTopologies.random(200, 331, 0.03, random);
                LayerTopology b = TestTopologies.random(200, 331, 0.03, random);
                WorkerPool pool = new WorkerPool(threads)) {
            Matching inputs = TestTopologies.shuffle(200, random);
            assertThat(LayerDistance.between(a, b, inputs, pool)).isEqualTo(LayerDistance.between(a, b, inputs));
        }
    }

    @Test
    void surplusNeuronsCountAsOne() {
        try (LayerTopology a = LayerTopology.of(4, new int[]{0}, new int[]{1});
                LayerTopology b = LayerTopology.of(4, new int[]{1})) {
            assertThat(LayerDistance.between(a, b)).isEqualTo(
                    new LayerDistance(0.5, Matching.of(new int[]{Matching.NONE, 0}, 1), 0));
            assertThat(LayerDistance.between(b, a).distance()).isEqualTo(0.5);
        }
    }

    @Test
    void refusesLayersOfDifferentInputs() {
        try (LayerTopology a = LayerTopology.of(4, new int[]{0}, new int[]{1});
                LayerTopology b = LayerTopology.of(3, new int[]{0})) {
            assertThatThrownBy(() -> LayerDistance.between(a, b)).isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("4 inputs").hasMessageContaining("3");
        }
    }
}
