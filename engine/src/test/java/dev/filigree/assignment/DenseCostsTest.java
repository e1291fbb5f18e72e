package dev.filigree.assignment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DenseCostsTest {
    private final DenseCosts costs = DenseCosts.of(new double[][]{{4, 1, 3}, {2, 0, 5}, {3, 2, 2}});
    private final Matching best = Matching.of(new int[]{1, 0, 2}, 3);
    private final double[] duals = {2, 0, 1};

    @Test
    void tightDualsProveTheBestMatching() {
        Assignment certified = costs.certify(best, duals);
        assertThat(certified.cost()).isEqualTo(5);
        assertThat(certified.gap()).isZero();
        assertThat(certified.rowDual(0)).isEqualTo(1);
        assertThat(certified.columnDual(2)).isEqualTo(1);
    }

    @Test
    void tightDualsExposeAWorseMatching() {
        Assignment worse = costs.certify(Matching.identity(3), duals);
        assertThat(worse.gap()).isEqualTo(1);
        assertThat(worse.isOptimal(0.5)).isFalse();
        assertThat(worse.isOptimal(1)).isTrue();
    }

    @Test
    void arbitraryDualsNeverOverstateTheBound() {
        SplittableRandom random = new SplittableRandom(1);
        for (int[] shape : new int[][]{{4, 4}, {3, 5}, {5, 3}}) {
            DenseCosts any = DenseFamily.WITH_NEGATIVES.costs(shape[0], shape[1], 2);
            Matching some = Matching.of(firstColumns(shape[0], shape[1]), shape[1]);
            double least = BruteForce.leastCost(any);
            for (int k = 0; k < 1000; k++) {
                double[] arbitrary = random.doubles(shape[1], -3, 3).toArray();
                assertThat(any.certify(some, arbitrary).lowerBound()).isLessThanOrEqualTo(least + 1e-12);
            }
        }
    }

    private static int[] firstColumns(int rows, int columns) {
        int[] result = new int[rows];
        for (int i = 0; i < rows; i++) {
            result[i] = i < columns ? i : Matching.NONE;
        }
        return result;
    }

    @Test
    void storesEveryTypeExactly() {
        assertThat(DenseCosts.of(new int[][]{{Integer.MAX_VALUE}}).cost(0, 0)).isEqualTo(Integer.MAX_VALUE);
        assertThat(DenseCosts.of(new float[][]{{0.1f}}).cost(0, 0)).isEqualTo(0.1f);
        assertThat(DenseCosts.of(new double[][]{{0.1}}).cost(0, 0)).isEqualTo(0.1);
    }

    @Test
    void aRectangleNeedsPermission() {
        double[][] rows = {{1, 2, 3}, {4, 5, 6}};
        assertThatThrownBy(() -> DenseCosts.of(rows)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2 rows of 3 costs").hasMessageContaining("DenseCosts.rectangular");
        assertThat(DenseCosts.rectangular(rows).columns()).isEqualTo(3);
    }

    @Test
    void refusesRowsOfDifferentLengths() {
        assertThatThrownBy(() -> DenseCosts.rectangular(new int[][]{{1, 2}, {1}}))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("row 1 has 1 costs");
    }

    @Test
    void refusesEmptyProblems() {
        assertThatThrownBy(() -> DenseCosts.of(new double[0][])).hasMessageContaining("0 rows of 0 costs");
        assertThatThrownBy(() -> DenseCosts.rectangular(new float[][]{{}})).hasMessageContaining("1 rows of 0 costs");
        assertThatThrownBy(() -> DenseCosts.computed(2, 0, (i, j) -> 0)).hasMessageContaining("2 rows of 0 costs");
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void refusesCostsThatAreNotFinite(double cost) {
        assertThatThrownBy(() -> DenseCosts.of(new double[][]{{1, 2}, {cost, 3}}))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("row 1, column 0");
        assertThatThrownBy(() -> DenseCosts.of(new float[][]{{1, 2}, {3, (float) cost}}))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("row 1, column 1");
    }

    @Test
    void saysHowMuchMemoryIsNeededBeforeAllocating() {
        assertThatThrownBy(() -> DenseCosts.computed(10_000_000, 10_000_000, (i, j) -> 0))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("take 762,939,453 MB");
    }

    @Test
    void refusesAMatchingThatIsNotComplete() {
        assertThatThrownBy(() -> costs.certify(Matching.of(new int[]{1, 0, Matching.NONE}, 3), duals))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("expected 3 pairs");
    }

    @Test
    void refusesSizesThatDisagree() {
        assertThatThrownBy(() -> costs.certify(Matching.identity(2), duals))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("expected the sizes to agree");
    }

    @Test
    void refusesDualsThatAreNotFinite() {
        assertThatThrownBy(() -> costs.certify(best, new double[]{0, Double.NaN, 0}))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("column 1 is NaN");
    }

    @Test
    void checksIndices() {
        assertThatThrownBy(() -> costs.cost(0, 3)).isInstanceOf(IndexOutOfBoundsException.class);
    }
}
