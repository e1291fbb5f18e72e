package dev.filigree.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.filigree.analysis.Dendrogram.Merge;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DendrogramTest {
    @Test
    void mergesAreThoseOfSciPy() throws IOException {
        double[][] expected = SciPyFixtures.read("linkage.csv");
        Dendrogram tree = Dendrogram.averageLinkage(SciPyFixtures.read("distances.csv"));
        assertThat(tree.merges()).hasSize(expected.length);
        for (int k = 0; k < expected.length; k++) {
            Merge merge = tree.merges().get(k);
            assertThat(List.of(merge.left(), merge.right())).as("merge %d", k)
                    .containsExactlyInAnyOrder((int) expected[k][0], (int) expected[k][1]);
            assertThat(merge.height()).isCloseTo(expected[k][2], within(1e-12));
            assertThat(merge.size()).isEqualTo((int) expected[k][3]);
        }
    }

    /** Two close pairs: 0 and 2 are 1 apart, 1 and 3 are 2 apart; the pairs are (5 + 6 + 7 + 8) / 4 apart. */
    @Test
    void clustersAreJoinedAtTheMeanDistanceOfTheirMembers() {
        Dendrogram tree = Dendrogram
                .averageLinkage(new double[][]{{0, 5, 1, 6}, {5, 0, 7, 2}, {1, 7, 0, 8}, {6, 2, 8, 0}});
        assertThat(tree.merges()).containsExactly(new Merge(0, 2, 1, 2), new Merge(1, 3, 2, 2),
                new Merge(4, 5, 6.5, 4));
        assertThat(tree.leafOrder()).containsExactly(0, 2, 1, 3);
        assertThat(tree.height(5)).isEqualTo(2);
        assertThat(tree.height(3)).isZero();
    }

    @Test
    void equallyCloseThingsKeepTheirOrder() {
        double[][] distances = IntStream.range(0, 5)
                .mapToObj(i -> IntStream.range(0, 5).mapToDouble(j -> i == j ? 0 : 1).toArray())
                .toArray(double[][]::new);
        assertThat(Dendrogram.averageLinkage(distances).leafOrder()).containsExactly(0, 1, 2, 3, 4);
    }

    @Test
    void oneThingIsATreeWithoutMerges() {
        assertThat(Dendrogram.averageLinkage(new double[1][1])).isEqualTo(new Dendrogram(1, List.of()));
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, 2, Double.NaN, Double.POSITIVE_INFINITY})
    void whatIsNoDistanceIsRefused(double wrong) {
        assertThatThrownBy(() -> Dendrogram.averageLinkage(new double[][]{{0, wrong}, {1, 0}}))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("the distance of 1 and 0 is 1.0");
    }

    @Test
    void whatIsNoSquareIsRefused() {
        assertThatThrownBy(() -> Dendrogram.averageLinkage(new double[0][0])).hasMessageContaining("empty");
        assertThatThrownBy(() -> Dendrogram.averageLinkage(new double[2][3])).hasMessageContaining("row 0 has 3");
        assertThatThrownBy(() -> Dendrogram.averageLinkage(new double[][]{{1}})).hasMessageContaining("0 and 0 is 1.0");
    }
}
