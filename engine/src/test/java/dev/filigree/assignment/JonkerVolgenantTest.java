package dev.filigree.assignment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class JonkerVolgenantTest {
    private final JonkerVolgenant solver = new JonkerVolgenant();

    /** How the costs of a random problem are drawn. */
    enum Costs {
        UNIFORM, WITH_NEGATIVES, MANY_TIES, ZEROS_AND_ONES, MOSTLY_ONE, RATIOS, NEARLY_EQUAL, ALL_EQUAL;

        private double draw(Random random) {
            return switch (this) {
                case UNIFORM -> random.nextDouble();
                case WITH_NEGATIVES -> random.nextGaussian();
                case MANY_TIES -> random.nextInt(3);
                case ZEROS_AND_ONES -> random.nextInt(2);
                case MOSTLY_ONE -> random.nextInt(4) > 0 ? 1 : random.nextDouble();
                case RATIOS -> (double) random.nextInt(6) / (1 + random.nextInt(6));
                case NEARLY_EQUAL -> 1 + 1e-15 * random.nextInt(4);
                case ALL_EQUAL -> 7;
            };
        }

        DenseCostMatrix matrix(int size, long seed) {
            Random random = new Random(seed);
            double[] costs = new double[size * size];
            for (int k = 0; k < costs.length; k++) {
                costs[k] = draw(random);
            }
            return new DenseCostMatrix(size, costs);
        }
    }

    @ParameterizedTest
    @EnumSource
    void costsAsLittleAsTheBestOfAllPairings(Costs costs) {
        for (int size = 1; size <= 8; size++) {
            for (int seed = 0; seed < (size < 7 ? 100 : 5); seed++) {
                DenseCostMatrix problem = costs.matrix(size, seed);
                assertThat(solver.solve(problem).cost()).as("size %d, seed %d", size, seed)
                        .isCloseTo(BruteForce.leastCost(problem), within(1e-12));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void provesOptimalityOfLargerProblems(Costs costs) {
        for (int size : new int[]{15, 16, 17, 63, 64, 65, 200}) {
            assertThat(solver.solve(costs.matrix(size, size)).gap()).as("size %d", size).isLessThan(1e-12 * size);
        }
    }

    @Test
    void provesOptimalityWhereRowsBidAgainstEachOtherInSmallSteps() {
        int size = 150;
        double[] costs = new double[size * size];
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                costs[i * size + j] = (i + 1.0) * (j + 1.0);
            }
        }
        Assignment assignment = solver.solve(new DenseCostMatrix(size, costs));
        assertThat(assignment.isOptimal(1e-9)).isTrue();
        assertThat(assignment.columns().at(0)).as("largest factors meet smallest ones").isEqualTo(size - 1);
    }

    @Test
    void sparseCostsGiveTheSamePairingAsDenseOnes() {
        SparseCostMatrix sparse = new SparseCostMatrix(1, new int[][]{{0, 2}, {}, {1, 2}, {2}},
                new double[][]{{0.5, 0.25}, {}, {0.75, 0.25}, {0.5}});
        DenseCostMatrix dense = DenseCostMatrix.of(new double[]{0.5, 1, 0.25, 1}, new double[]{1, 1, 1, 1},
                new double[]{1, 0.75, 0.25, 1}, new double[]{1, 1, 0.5, 1});
        assertThat(solver.solve(sparse)).isEqualTo(solver.solve(dense));
    }

    @Test
    void equalCostsPairInAscendingOrder() {
        assertThat(solver.solve(Costs.ALL_EQUAL.matrix(20, 0)).columns()).isEqualTo(Permutation.identity(20));
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void refusesCostsThatAreNotFinite(double cost) {
        DenseCostMatrix problem = DenseCostMatrix.of(new double[]{1, 2}, new double[]{cost, 3});
        assertThatThrownBy(() -> solver.solve(problem)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("row 1, column 0");
    }
}
