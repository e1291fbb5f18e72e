package dev.filigree.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.filigree.kernel.scalar.ScalarRowScans;
import dev.filigree.kernel.vector.VectorRowScans;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The vector scans against the scalar reference, at sizes that leave remainders everywhere. */
class RowScansTest {
    private static final RowScans VECTOR = new VectorRowScans();
    private static final RowScans SCALAR = new ScalarRowScans();

    private final SplittableRandom random = new SplittableRandom(5);

    /** Few values, so that many are equal. */
    private double[] draw(int size) {
        return random.doubles(size).map(value -> Math.floor(value * 20) / 4).toArray();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 4, 15, 16, 17, 31, 32, 33, 63, 64, 65, 127, 128, 129, 1000})
    void groupMinimaAreTheLeastOfEveryGroup(int size) {
        double[] costs = draw(size);
        double[] duals = draw(size);
        for (RowScans scans : new RowScans[]{VECTOR, SCALAR}) {
            double[] expected = new double[scans.groups()];
            Arrays.fill(expected, Double.POSITIVE_INFINITY);
            for (int j = 0; j < size; j++) {
                expected[j % expected.length] = Math.min(expected[j % expected.length], costs[j] - duals[j]);
            }
            double[] minima = new double[scans.groups()];
            scans.groupMinima(costs, duals, minima);
            assertThat(minima).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 4, 15, 16, 17, 31, 32, 33, 63, 64, 65, 127, 128, 129, 1000})
    void selectFindsTheSameColumns(int size) {
        double[] costs = draw(size);
        double[] duals = draw(size);
        int[] columns = new int[size];
        int[] expectedColumns = new int[size];
        double[] reduced = new double[size];
        double[] expectedReduced = new double[size];
        int expected = SCALAR.select(costs, duals, 0.25, expectedColumns, expectedReduced);
        assertThat(VECTOR.select(costs, duals, 0.25, columns, reduced)).isEqualTo(expected);
        assertThat(columns).isEqualTo(expectedColumns);
        assertThat(reduced).isEqualTo(expectedReduced);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 4, 15, 16, 17, 31, 32, 33, 63, 64, 65, 127, 128, 129, 1000})
    void relaxTakesTheSameSteps(int size) {
        double[] closed = new double[size];
        double[] taken = new double[size];
        for (int j = 0; j < size; j++) {
            closed[j] = random.nextInt(3) > 0 ? 0 : Double.POSITIVE_INFINITY;
            taken[j] = random.nextInt(3) > 0 ? 0 : Double.POSITIVE_INFINITY;
        }
        double[] lengths = new double[size];
        Arrays.fill(lengths, Double.POSITIVE_INFINITY);
        double[] expectedLengths = lengths.clone();
        double[] before = new double[size];
        double[] expectedBefore = new double[size];
        double[] nearest = new double[3];
        double[] expectedNearest = new double[3];
        for (int row = 1; row < 5; row++) {
            double[] costs = draw(size);
            double[] duals = draw(size);
            double floor = row - 3.0;
            SCALAR.relax(costs, duals, 1.5, floor, row, expectedLengths, expectedBefore, closed, taken,
                    expectedNearest);
            VECTOR.relax(costs, duals, 1.5, floor, row, lengths, before, closed, taken, nearest);
            assertThat(lengths).isEqualTo(expectedLengths);
            assertThat(before).isEqualTo(expectedBefore);
            assertThat(nearest[0]).isEqualTo(expectedNearest[0]);
            assertThat(nearest[2]).isEqualTo(expectedNearest[2]);
            if (nearest[0] < Double.POSITIVE_INFINITY) {
                assertThat(nearest[1]).isEqualTo(expectedNearest[1]);
            }
        }
    }

    @Test
    void tiesGoToTheFirstColumn() {
        double[] equal = new double[100];
        double[] lengths = new double[100];
        Arrays.fill(lengths, Double.POSITIVE_INFINITY);
        double[] nearest = new double[3];
        VECTOR.relax(equal, equal, 0, 0, 7, lengths, new double[100], new double[100], new double[100], nearest);
        assertThat(nearest).containsExactly(0, 0, 0);
    }
}
