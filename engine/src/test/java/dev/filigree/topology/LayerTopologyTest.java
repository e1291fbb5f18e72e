package dev.filigree.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.filigree.memory.OffHeapMemory;
import java.util.List;
import org.junit.jupiter.api.Test;

class LayerTopologyTest {
    @Test
    void closedTopologyIsNotCopied() {
        LayerTopology topology = LayerTopology.of(2, new int[][]{{0}});
        topology.close();
        assertThatThrownBy(topology::copy).isInstanceOf(IllegalStateException.class)
                .hasMessage("row starts is closed");
        assertThat(OffHeapMemory.leakReport()).isEmpty();
    }

    @Test
    void keepsIncomingOrder() {
        try (LayerTopology layer = LayerTopology.of(4, new int[]{0, 3}, new int[]{}, new int[]{1, 2, 3})) {
            assertThat(layer.connections()).isEqualTo(5);
            assertThat(layer.fanIn(1)).isZero();
            assertThat(layer.source(layer.rowStart(2) + 1)).isEqualTo(2);
            assertThat(layer.density()).isEqualTo(5.0 / 12);
        }
    }

    @Test
    void refusesUnsortedOrForeignSources() {
        assertThatThrownBy(() -> LayerTopology.of(4, new int[]{2, 1})).hasMessageContaining("strictly ascending");
        assertThatThrownBy(() -> LayerTopology.of(4, new int[]{1, 4})).hasMessageContaining("below 4");
    }

    @Test
    void networkShapesMustChain() {
        try (LayerTopology a = LayerTopology.of(4, new int[]{0}, new int[]{1});
                LayerTopology b = LayerTopology.of(3, new int[]{0})) {
            assertThatThrownBy(() -> new NetworkTopology(List.of(a, b))).isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("do not chain");
        }
    }
}
