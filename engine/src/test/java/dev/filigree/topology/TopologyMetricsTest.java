package dev.filigree.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TopologyMetricsTest {
    // Four inputs, three hidden neurons, two outputs. Hidden neuron 1 hears nothing, hidden neuron 2 is not heard.
    private static NetworkTopology handMade() {
        LayerTopology hidden = LayerTopology.of(4, new int[]{0, 1, 3}, new int[]{}, new int[]{0});
        LayerTopology output = LayerTopology.of(3, new int[]{0, 1}, new int[]{0});
        return new NetworkTopology(List.of(hidden, output));
    }

    @Test
    void countsConnectionsOfEachSide() {
        try (NetworkTopology network = handMade()) {
            LayerMetrics hidden = LayerMetrics.of(network.layer(0));
            assertThat(hidden.connections()).isEqualTo(4);
            assertThat(hidden.density()).isEqualTo(4 / 12.0);
            assertThat(hidden.fanIn()).isEqualTo(new FanDistribution(0, 0, 1, 3, 3, 4 / 3.0, 1));
            assertThat(hidden.fanOut()).isEqualTo(new FanDistribution(0, 0, 1, 1, 2, 1, 1));
        }
    }

    @Test
    void neuronsWithoutIncomingOrOutgoingConnectionsAreDead() {
        try (NetworkTopology network = handMade()) {
            TopologyMetrics metrics = TopologyMetrics.of(network);
            assertThat(metrics.deadNeurons()).containsExactly(2);
            assertThat(metrics.connections()).isEqualTo(7);
            assertThat(metrics.density()).isEqualTo(7 / 18.0);
            assertThat(metrics.layers()).hasSize(2);
        }
    }

    @Test
    void quartilesOfADenseLayerAreAllTheSame() {
        try (LayerTopology dense = ErdosRenyi.complete(5, 3)) {
            assertThat(LayerMetrics.of(dense).fanIn()).isEqualTo(new FanDistribution(5, 5, 5, 5, 5, 5, 0));
            assertThat(LayerMetrics.of(dense).fanOut()).isEqualTo(new FanDistribution(3, 3, 3, 3, 3, 3, 0));
        }
    }
}
