package dev.filigree.assignment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;

class AssignmentTest {
    private final DenseCostMatrix costs = DenseCostMatrix.of(new double[]{4, 1, 3}, new double[]{2, 0, 5},
            new double[]{3, 2, 2});

    @Test
    void tightDualsProveTheBestPairing() {
        Assignment best = Assignment.certified(costs, Permutation.of(1, 0, 2), new double[]{2, 0, 1});
        assertThat(best).isEqualTo(new Assignment(Permutation.of(1, 0, 2), 5, 5));
        assertThat(best.isOptimal(0)).isTrue();
    }

    @Test
    void tightDualsExposeAWorsePairing() {
        Assignment worse = Assignment.certified(costs, Permutation.of(0, 1, 2), new double[]{2, 0, 1});
        assertThat(worse.gap()).isEqualTo(1);
        assertThat(worse.isOptimal(0.5)).isFalse();
        assertThat(worse.isOptimal(1)).isTrue();
    }

    @Test
    void arbitraryDualsNeverOverstateTheBound() {
        Random random = new Random(1);
        double least = BruteForce.leastCost(costs);
        for (int k = 0; k < 1000; k++) {
            double[] duals = random.doubles(3, -10, 10).toArray();
            assertThat(Assignment.certified(costs, Permutation.identity(3), duals).lowerBound())
                    .isLessThanOrEqualTo(least + 1e-12);
        }
    }

    @Test
    void refusesSizesThatDisagree() {
        assertThatThrownBy(() -> Assignment.certified(costs, Permutation.identity(2), new double[3]))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("must agree");
    }
}
