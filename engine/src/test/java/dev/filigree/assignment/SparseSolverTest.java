package dev.filigree.assignment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.filigree.parallel.WorkerPool;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SparseSolverTest {
    /** How the stored costs of a random problem are drawn; the default is 1. */
    enum Costs {
        UNIFORM, FEW_VALUES, RATIOS, NEARLY_DEFAULT, ALL_EQUAL, NEGATIVE;

        private double draw(Random random) {
            return switch (this) {
                case UNIFORM -> random.nextDouble();
                case FEW_VALUES -> random.nextInt(3) / 4.0;
                case RATIOS -> {
                    int union = 2 + random.nextInt(12);
                    yield (double) random.nextInt(union) / union;
                }
                case NEARLY_DEFAULT -> 1 - 0.001 * random.nextInt(4);
                case ALL_EQUAL -> 0.25;
                case NEGATIVE -> -1000 * random.nextInt(5);
            };
        }

        SparseCosts matrix(int rows, int columns, double share, long seed) {
            Random random = new Random(seed);
            int[][] columnsOfRow = new int[rows][];
            double[][] costs = new double[rows][];
            for (int i = 0; i < rows; i++) {
                int[] listed = IntStream.range(0, columns).filter(k -> random.nextDouble() < share)
                        .toArray();
                columnsOfRow[i] = listed;
                costs[i] = new double[listed.length];
                for (int k = 0; k < listed.length; k++) {
                    costs[i][k] = draw(random);
                }
            }
            return SparseCosts.of(columns, 1, columnsOfRow, costs);
        }
    }

    @ParameterizedTest
    @EnumSource
    void costsAsLittleAsTheBestOfAllMatchings(Costs family) {
        Random random = new Random(1);
        try (WorkerPool pool = new WorkerPool(1)) {
            for (int seed = 0; seed < 600; seed++) {
                int rows = 1 + random.nextInt(6);
                int columns = 1 + random.nextInt(6);
                try (SparseCosts costs = family.matrix(rows, columns, random.nextDouble(), seed)) {
                    Assignment assignment = new SparseSolver().solve(costs, pool);
                    assertThat(assignment.gap()).as("gap of %d×%d, seed %d", rows, columns, seed).isZero();
                    assertThat(assignment.cost()).as("%d×%d, seed %d", rows, columns, seed)
                            .isCloseTo(BruteForce.leastCost(costs), within(1e-9));
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void provesOptimalityOfLargerProblems(Costs family) {
        try (WorkerPool pool = new WorkerPool(2)) {
            for (int size : new int[]{17, 64, 300, 1000}) {
                try (SparseCosts costs = family.matrix(size, size + size / 10, 12.0 / size, size)) {
                    assertThat(new SparseSolver().solve(costs, pool).gap()).as("size %d", size).isZero();
                }
            }
        }
    }
}
