package dev.filigree.assignment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.filigree.parallel.WorkerPool;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DenseSolverTest {
    private final DenseSolver solver = new DenseSolver();
    private final WorkerPool pool = new WorkerPool(1);

    @AfterEach
    void stop() {
        pool.close();
    }

    @ParameterizedTest
    @EnumSource
    void costsAsLittleAsTheBestOfAllMatchings(DenseFamily family) {
        for (int rows = 1; rows <= 8; rows++) {
            for (int columns = 1; columns <= 8; columns++) {
                for (int seed = 0; seed < (rows + columns < 13 ? 25 : 3); seed++) {
                    DenseCosts costs = family.costs(rows, columns, seed);
                    double least = BruteForce.leastCost(costs);
                    Assignment found = solver.solve(costs, pool);
                    assertThat(found.cost()).as("%d×%d, seed %d", rows, columns, seed).isCloseTo(least,
                            within(1e-12 * (1 + Math.abs(least))));
                    assertThat(found.gap()).as("%d×%d, seed %d", rows, columns, seed)
                            .isBetween(0.0, 1e-12 * (1 + Math.abs(least)));
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void provesOptimalityOfLargerProblems(DenseFamily family) {
        for (int size : new int[]{15, 16, 17, 63, 64, 65, 200}) {
            Assignment found = solver.solve(family.costs(size, size, size), pool);
            assertThat(found.gap()).as("size %d", size).isLessThan(1e-12 * (size + Math.abs(found.cost())));
        }
    }

    @ParameterizedTest
    @CsvSource({"1,200", "200,1", "90,100", "100,90", "30,300", "300,30", "64,65", "65,64"})
    void provesOptimalityOfRectangles(int rows, int columns) {
        for (DenseFamily family : DenseFamily.values()) {
            Assignment found = solver.solve(family.costs(rows, columns, 3), pool);
            assertThat(found.gap()).as("%s", family).isLessThan(1e-12 * (100 + Math.abs(found.cost())));
            assertThat(found.matching().pairs()).isEqualTo(Math.min(rows, columns));
        }
    }

    @ParameterizedTest
    @CsvSource({"2,300", "100,300", "1000000,300", "2147483647,120", "2147483647,7"})
    void integersAreExact(int range, int size) {
        SplittableRandom random = new SplittableRandom(range);
        int[][] costs = new int[size][size];
        for (int[] row : costs) {
            for (int j = 0; j < size; j++) {
                row[j] = random.nextInt(range) - range / 2;
            }
        }
        assertThat(solver.solve(DenseCosts.of(costs), pool).gap()).isZero();
    }

    @Test
    void integerProductsAreExact() {
        int size = 400;
        int[][] costs = new int[size][size];
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                costs[i][j] = (i + 1) * (j + 1);
            }
        }
        Assignment found = solver.solve(DenseCosts.of(costs), pool);
        assertThat(found.gap()).isZero();
        assertThat(found.matching().column(0)).as("largest factors meet smallest ones").isEqualTo(size - 1);
    }

    @Test
    void floatsAndDoublesOfTheSameValuesGiveTheSame() {
        int size = 150;
        SplittableRandom random = new SplittableRandom(4);
        float[][] floats = new float[size][size];
        double[][] doubles = new double[size][size];
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                floats[i][j] = (float) random.nextDouble();
                doubles[i][j] = floats[i][j];
            }
        }
        assertThat(solver.solve(DenseCosts.of(floats), pool).matching())
                .isEqualTo(solver.solve(DenseCosts.of(doubles), pool).matching());
    }

    @ParameterizedTest
    @EnumSource
    void anyNumberOfThreadsGivesTheSame(DenseFamily family) {
        try (WorkerPool three = new WorkerPool(3)) {
            for (int columns : new int[]{130, 90, 130}) {
                DenseCosts costs = family.costs(130, columns, 11);
                Assignment alone = solver.solve(costs, pool);
                Assignment together = solver.solve(costs, three);
                assertThat(together.matching()).isEqualTo(alone.matching());
                assertThat(together.gap()).isEqualTo(alone.gap());
                for (int j = 0; j < columns; j++) {
                    assertThat(together.columnDual(j)).isEqualTo(alone.columnDual(j));
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 16, 33, 200})
    void equalCostsPairInAscendingOrder(int size) {
        assertThat(solver.solve(DenseFamily.ALL_EQUAL.costs(size, size, 0), pool).matching())
                .isEqualTo(Matching.identity(size));
    }

    @Test
    void surplusColumnsOfEqualCostsAreTheLast() {
        assertThat(solver.solve(DenseFamily.ALL_EQUAL.costs(40, 90, 0), pool).matching().toArray())
                .isEqualTo(Matching.identity(40).toArray());
    }

    @Test
    void aTransposedCopyThatCannotFitIsRefused() {
        int rows = 100_000;
        int[] row = new int[(int) Math.min(Integer.MAX_VALUE / 2,
                Runtime.getRuntime().maxMemory() / 8 / rows + 1000)];
        int[][] costs = new int[rows][];
        Arrays.fill(costs, row);
        DenseCosts problem = DenseCosts.rectangular(costs);
        assertThatThrownBy(() -> solver.solve(problem, pool)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("transposed, take").hasMessageContaining("-Xmx");
    }
}
