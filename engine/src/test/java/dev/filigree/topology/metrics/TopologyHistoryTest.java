package dev.filigree.topology.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.filigree.memory.OffHeapMemory;
import dev.filigree.topology.ErdosRenyi;
import dev.filigree.topology.LayerTopology;
import dev.filigree.topology.NetworkTopology;
import dev.filigree.topology.Sparsity;
import java.math.BigInteger;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TopologyHistoryTest {
    // Four inputs, three hidden neurons, two outputs. Hidden neuron 1 hears nothing, hidden neuron 2 is not heard.
    private static NetworkTopology handMade() {
        LayerTopology hidden = LayerTopology.of(4, new int[]{0, 1, 3}, new int[]{}, new int[]{0});
        LayerTopology output = LayerTopology.of(3, new int[]{0, 1}, new int[]{0});
        return new NetworkTopology(List.of(hidden, output));
    }

    @Test
    void componentsAreNetworkXs() throws Exception {
        try (LayerTopology layer = MetricFixtures.layer()) {
            assertThat(Components.of(layer)).isEqualTo(new Components((int) MetricFixtures.expected("components"),
                    (int) MetricFixtures.expected("largest component")));
        }
    }

    @Test
    void neuronsWithoutConnectionsAreNoComponents() {
        try (NetworkTopology network = handMade();
                LayerTopology empty = LayerTopology.of(2, new int[]{}, new int[]{})) {
            assertThat(Components.of(network.layer(0))).isEqualTo(new Components(1, 5));
            assertThat(Components.of(empty)).isEqualTo(new Components(0, 0));
        }
    }

    @Test
    void pathsOfAHandMadeNetwork() {
        try (NetworkTopology network = handMade()) {
            Paths paths = Paths.of(network);
            assertThat(paths.counts()).containsExactly(BigInteger.valueOf(4), BigInteger.valueOf(6));
            assertThat(paths.active()).containsExactly(1 / 3.0, 1.0);
        }
    }

    @Test
    void pathsOfADenseNetworkAreTheProductOfItsWidths() {
        int[] widths = {100, 200, 200, 200, 200, 200, 200, 200, 200, 200, 10};
        try (NetworkTopology network = new NetworkTopology(IntStream.range(1, widths.length)
                .mapToObj(l -> ErdosRenyi.complete(widths[l - 1], widths[l])).toList())) {
            Paths paths = Paths.of(network);
            BigInteger expected = BigInteger.valueOf(200).pow(9).multiply(BigInteger.valueOf(1000));
            assertThat(paths.counts().getLast()).isEqualTo(expected);
            assertThat(paths.active()).containsOnly(1.0);
        }
    }

    @Test
    void overlapsAreJaccardIndices() {
        try (LayerTopology a = LayerTopology.of(5, new int[]{0, 1, 4}, new int[]{2});
                LayerTopology b = LayerTopology.of(5, new int[]{1, 3, 4}, new int[]{0, 2});
                LayerTopology empty = LayerTopology.of(5, new int[]{}, new int[]{});
                LayerTopology other = LayerTopology.of(6, new int[]{}, new int[]{})) {
            assertThat(Overlap.common(a, b)).isEqualTo(3);
            assertThat(Overlap.jaccard(a, b)).isEqualTo(3 / 6.0);
            assertThat(Overlap.jaccard(a, a)).isEqualTo(1);
            assertThat(Overlap.jaccard(a, empty)).isZero();
            assertThat(Overlap.jaccard(empty, empty)).isEqualTo(1);
            assertThatThrownBy(() -> Overlap.jaccard(a, other)).hasMessageContaining("5×2").hasMessageContaining("6×2");
        }
    }

    /** From sparse layers, kept as indices, to dense ones, kept as bits, and over from one to the other. */
    @ParameterizedTest
    @ValueSource(doubles = {0.001, 0.01, 0.1, 0.6})
    void exploredConnectionsAreTheUnion(double density) {
        BitSet union = new BitSet();
        Sparsity sparsity = new Sparsity.Density(density);
        try (LayerTopology first = ErdosRenyi.generate(77, 131, sparsity, 0);
                ExploredConnections explored = new ExploredConnections(first)) {
            for (long seed = 0; seed < 12; seed++) {
                try (LayerTopology next = ErdosRenyi.generate(77, 131, sparsity, seed)) {
                    explored.add(next);
                    for (int j = 0; j < 131; j++) {
                        for (long k = next.rowStart(j); k < next.rowStart(j + 1); k++) {
                            union.set(j * 77 + next.source(k));
                        }
                    }
                }
                assertThat(explored.count()).isEqualTo(union.cardinality());
            }
            assertThat(explored.rate()).isEqualTo(union.cardinality() / (77.0 * 131));
        }
    }

    @Test
    void everyTopologyIsComparedWithThoseBefore() {
        long before = OffHeapMemory.bytesInUse();
        try (TopologyHistory history = new TopologyHistory()) {
            assertThatThrownBy(() -> history.measure(1, 1)).isInstanceOf(IllegalStateException.class);
            int[][] rows = {{0, 1}, {0, 2}, {2, 3}};
            List<LayerMeasures> measures = Stream.of(rows).map(row -> {
                try (NetworkTopology network = new NetworkTopology(List.of(LayerTopology.of(4, row)))) {
                    history.add(network);
                }
                return history.measure(1, 1).getFirst();
            }).toList();
            assertThat(measures.get(0).overlapPrevious()).isNull();
            assertThat(measures.get(0).overlapFirst()).isEqualTo(1);
            assertThat(measures.get(1).overlapPrevious()).isEqualTo(1 / 3.0);
            assertThat(measures.get(2).overlapPrevious()).isEqualTo(1 / 3.0);
            assertThat(measures.get(2).overlapFirst()).isZero();
            assertThat(measures).extracting(LayerMeasures::exploredShare).containsExactly(0.5, 0.75, 1.0);
            assertThat(measures.get(2).log10Paths()).isCloseTo(Math.log10(2), within(1e-12));
            try (NetworkTopology other = handMade()) {
                assertThatThrownBy(() -> history.add(other)).isInstanceOf(IllegalArgumentException.class);
            }
        }
        assertThat(OffHeapMemory.bytesInUse()).isEqualTo(before);
    }
}
