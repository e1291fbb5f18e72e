package dev.filigree.distance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.filigree.topology.LayerTopology;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NeuronDistanceTest {
    @Test
    void isTheShareOfInputsThatDiffer() {
        try (LayerTopology layer = LayerTopology.of(5, new int[]{0, 1, 2}, new int[]{1, 2, 3, 4})) {
            assertThat(NeuronDistance.between(layer, 0, layer, 1)).isEqualTo(3.0 / 5);
        }
    }

    @Test
    void neuronsWithoutInputsAreEqual() {
        assertThat(NeuronDistance.of(0, 0, 0)).isZero();
    }

    @Test
    void neuronsWithoutCommonInputAreFarthestApart() {
        assertThat(NeuronDistance.of(3, 4, 0)).isEqualTo(1);
        assertThat(NeuronDistance.of(0, 4, 0)).isEqualTo(1);
    }

    @Test
    void agreesWithSetOperations() {
        Random random = new Random(3);
        try (LayerTopology a = TestTopologies.random(9, 40, 0.4, random);
                LayerTopology b = TestTopologies.random(9, 40, 0.4, random)) {
            for (int i = 0; i < 40; i++) {
                assertThat(NeuronDistance.between(a, i, b, i)).isEqualTo(ReferenceDistance.ofNeurons(a, i, b, i));
            }
        }
    }

    @Test
    void refusesLayersOfDifferentInputs() {
        try (LayerTopology a = LayerTopology.of(4, new int[]{0}); LayerTopology b = LayerTopology.of(5, new int[]{0})) {
            assertThatThrownBy(() -> NeuronDistance.between(a, 0, b, 0)).isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("4 inputs").hasMessageContaining("5 inputs");
        }
    }
}
