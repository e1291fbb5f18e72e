package dev.filigree.assignment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.filigree.memory.OffHeapMemory;
import dev.filigree.parallel.WorkerPool;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SparseCostsTest {
    private static SparseCosts small() {
        return SparseCosts.of(3, 10, new int[][]{{2, 0}, {}}, new double[][]{{4, 7}, {}});
    }

    @Test
    void wholeNumbersAreKeptExactly() {
        try (SparseCosts costs = small()) {
            assertThat(costs.cost(0, 0)).isEqualTo(7);
            assertThat(costs.cost(0, 1)).isEqualTo(10);
            assertThat(costs.cost(0, 2)).isEqualTo(4);
            assertThat(costs.cost(1, 2)).isEqualTo(10);
            assertThat(costs.storedPairs()).isEqualTo(2);
        }
    }

    @Test
    void longRowsAreKeptInDescendingOrder() {
        Random random = new Random(5);
        int size = 300;
        int[][] columns = new int[2][];
        double[][] values = new double[2][size];
        for (int i = 0; i < 2; i++) {
            columns[i] = IntStream.range(0, size).toArray();
            for (int j = 0; j < size; j++) {
                values[i][j] = i == 0 ? j / 7 : random.nextInt(1000);
            }
        }
        try (SparseCosts costs = SparseCosts.of(size, 1000, columns, values)) {
            assertThat(costs.pairRows().isDescending()).isTrue();
            for (int i = 0; i < 2; i++) {
                for (int j = 0; j < size; j++) {
                    assertThat(costs.cost(i, j)).isEqualTo(values[i][j]);
                }
                for (int k = 1; k < size; k++) {
                    long address = costs.pairRows().address(i) + 8L * k;
                    assertThat(OffHeapMemory.getLong(address))
                            .isLessThan(OffHeapMemory.getLong(address - 8));
                }
            }
        }
    }

    @Test
    void anyDualsProveABound() {
        Random random = new Random(6);
        try (SparseCosts costs = small(); WorkerPool pool = new WorkerPool(1)) {
            double least = new SparseSolver().solve(costs, pool).cost();
            for (int repeat = 0; repeat < 200; repeat++) {
                Assignment assignment = costs.certify(Matching.of(new int[]{0, 1}, 3),
                        random.doubles(3, -9, 1).toArray());
                assertThat(assignment.cost()).isEqualTo(17);
                assertThat(assignment.lowerBound()).isLessThanOrEqualTo(least);
                for (int i = 0; i < 2; i++) {
                    for (int j = 0; j < 3; j++) {
                        assertThat(assignment.rowDual(i) + assignment.columnDual(j))
                                .isLessThanOrEqualTo(costs.cost(i, j));
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.5, 0.01, 1e-4})
    void auctionKeepsItsTolerance(double tolerance) {
        Random random = new Random(7);
        int size = 200;
        int[][] columns = new int[size][];
        double[][] values = new double[size][];
        for (int i = 0; i < size; i++) {
            columns[i] = random.ints(0, size).distinct().limit(12).toArray();
            values[i] = random.doubles(12).toArray();
        }
        try (SparseCosts costs = SparseCosts.of(size, 1, columns, values); WorkerPool pool = new WorkerPool(1)) {
            double least = new SparseSolver().solve(costs, pool).cost();
            Assignment near = new AuctionSolver(tolerance).solve(costs, pool);
            assertThat(near.gap()).isLessThanOrEqualTo(tolerance * size);
            assertThat(near.cost() - least).isBetween(-1e-9, near.gap() + 1e-9);
            assertThat(near.lowerBound()).isCloseTo(least, within(tolerance * size));
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
    void auctionRefusesATolerance(double tolerance) {
        assertThatThrownBy(() -> new AuctionSolver(tolerance)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("tolerance of " + tolerance);
    }

    @Test
    void refusesWhatAreNoCosts() {
        refused("NaN", 3, 1, new int[][]{{0}}, new double[][]{{Double.NaN}});
        refused("at most the default of 1.0", 3, 1, new int[][]{{0}}, new double[][]{{1.5}});
        refused("default cost is Infinity", 3, Double.POSITIVE_INFINITY, new int[][]{{0}}, new double[][]{{1}});
        refused("row 0 lists column 3", 3, 1, new int[][]{{3}}, new double[][]{{0}});
        refused("row 0 lists column 1; expected each of 0 … 2 at most once", 3, 1, new int[][]{{1, 1}},
                new double[][]{{0, 0}});
        refused("row 1 lists 1 columns and 0 costs", 3, 1, new int[][]{{}, {0}}, new double[][]{{}, {}});
        refused("expected equally many rows, 1 or more", 3, 1, new int[][]{}, new double[][]{});
    }

    private static void refused(String message, int columns, double defaultCost, int[][] columnsOfRow,
            double[][] costs) {
        assertThatThrownBy(() -> SparseCosts.of(columns, defaultCost, columnsOfRow, costs).close())
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining(message);
    }

    @Test
    void saysHowMuchMemoryIsNeededBeforeTakingIt() {
        assertThatThrownBy(() -> new SparseCostsBuilder(2, 3, 1, 1, i -> 1L << 50))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("need 17,179,869,184 MB");
    }

    @Test
    void refusesAMatchingThatIsNotComplete() {
        try (SparseCosts costs = small()) {
            assertThatThrownBy(() -> costs.certify(Matching.of(new int[]{0, Matching.NONE}, 3), new double[3]))
                    .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("1 pairs in 2×3");
        }
    }
}
