package dev.filigree.parallel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PartitionTest {
    @ParameterizedTest
    @CsvSource({"0,1", "0,4", "1,1", "1,5", "3,5", "7,3", "1000,7", "16,16"})
    void coversEveryRowOnce(int rows, int parts) {
        long[] starts = starts(rows, 50, new SplittableRandom(rows));
        assertCovers(Partition.even(rows, parts), rows, parts);
        assertCovers(Partition.balanced(rows, row -> starts[row], parts), rows, parts);
        assertCovers(Partition.balanced(rows, row -> 0, parts), rows, parts);
    }

    @Test
    void partsHaveAboutTheSameCost() {
        int rows = 10_000;
        long[] starts = starts(rows, 200, new SplittableRandom(1));
        // The first tenth of the rows is ten times as heavy: equal row counts would be far off.
        for (int row = 1; row <= rows; row++) {
            starts[row] += 1000L * Math.min(row, rows / 10);
        }
        for (int parts = 2; parts <= 8; parts++) {
            Partition partition = Partition.balanced(rows, row -> starts[row], parts);
            double share = (double) starts[rows] / parts;
            for (int part = 0; part < parts; part++) {
                long connections = starts[partition.to(part)] - starts[partition.from(part)];
                assertThat(connections / share).as("part %d of %d", part, parts).isBetween(0.95, 1.05);
            }
        }
    }

    @Test
    void countsBeyondTheRangeOfIntBalanceToo() {
        Partition partition = Partition.balanced(1000, row -> row * 4_000_000_000L, 4);
        for (int part = 0; part < 4; part++) {
            assertThat(partition.to(part) - partition.from(part)).isBetween(249, 251);
        }
    }

    private static void assertCovers(Partition partition, int rows, int parts) {
        assertThat(partition.from(0)).isZero();
        for (int part = 0; part < parts; part++) {
            assertThat(partition.to(part)).isGreaterThanOrEqualTo(partition.from(part));
            assertThat(partition.to(part)).isEqualTo(part == parts - 1 ? rows : partition.from(part + 1));
        }
    }

    private static long[] starts(int rows, int most, SplittableRandom random) {
        long[] starts = new long[rows + 1];
        for (int row = 0; row < rows; row++) {
            starts[row + 1] = starts[row] + random.nextInt(most);
        }
        return starts;
    }
}
