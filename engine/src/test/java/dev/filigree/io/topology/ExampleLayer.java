package dev.filigree.io.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.filigree.topology.LayerTopology;

/** The 5 × 6 matrix of make_fixtures.py: an empty row, an empty column and a stored zero. */
final class ExampleLayer {
    static final float[] WEIGHTS = {1.5f, 0, -1, 0.25f, -2, 3, 8, 0.5f, 7};

    private ExampleLayer() {}

    static LayerTopology topology() {
        return LayerTopology.of(5, new int[]{0, 2, 4}, new int[]{2}, new int[]{0, 3}, new int[]{2, 4}, new int[]{},
                new int[]{3});
    }

    static void assertIsExample(LayerWeights layer) {
        assertThat(layer.weights().toArray()).containsExactly(WEIGHTS);
        assertHasTheConnections(layer);
    }

    static void assertHasTheConnections(LayerWeights layer) {
        try (LayerTopology expected = topology()) {
            assertThat(layer.topology().sameConnections(expected)).isTrue();
        }
    }
}
