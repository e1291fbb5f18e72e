package dev.filigree.distance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.filigree.assignment.Matching;
import dev.filigree.topology.LayerTopology;
import dev.filigree.topology.OutgoingIndex;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommonInputsTest {
    @ParameterizedTest
    @ValueSource(doubles = {0, 0.01, 0.1, 0.5, 1})
    void allWaysOfCountingAgreeWithTheSetsThemselves(double density) {
        Random random = new Random(51);
        for (int inputs : new int[]{1, 63, 64, 65, 130}) {
            try (LayerTopology a = TestTopologies.random(inputs, 40, density, random);
                    LayerTopology b = TestTopologies.random(inputs, 33, density, random);
                    OutgoingIndex outgoing = OutgoingIndex.of(b)) {
                Matching names = TestTopologies.shuffle(inputs, random);
                int[][] expected = expected(a, b, names);
                assertThat(all(new SparseProduct(a, names, outgoing), 40, 33)).isDeepEqualTo(expected);
                assertThat(all(new HashedProduct(a, names, outgoing), 40, 33)).isDeepEqualTo(expected);
                assertThat(all(new BitSets(a, names, b, BitSets.of(b)), 40, 33)).isDeepEqualTo(expected);
            }
        }
    }

    private static int[][] expected(LayerTopology a, LayerTopology b, Matching names) {
        int[][] common = new int[a.outputs()][b.outputs()];
        for (int i = 0; i < a.outputs(); i++) {
            for (int j = 0; j < b.outputs(); j++) {
                int[] listens = TestTopologies.incoming(b, j);
                common[i][j] = (int) Arrays.stream(TestTopologies.incoming(a, i)).map(names::column)
                        .filter(s -> Arrays.binarySearch(listens, s) >= 0).count();
            }
        }
        return common;
    }

    private static int[][] all(CommonInputs counter, int rows, int columns) {
        int[][] common = new int[rows][columns];
        for (int i = 0; i < rows; i++) {
            int count = counter.count(i);
            for (int k = 0; k < count; k++) {
                assertThat(counter.counts()[k]).isPositive();
                common[i][counter.met()[k]] = counter.counts()[k];
            }
        }
        return common;
    }
}
