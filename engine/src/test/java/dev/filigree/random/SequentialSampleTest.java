package dev.filigree.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SequentialSampleTest {
    private final SplittableRandom random = new SplittableRandom(17);

    @ParameterizedTest
    @CsvSource({"0,0", "5,0", "1,1", "7,7", "1000,999", "1000,1", "1000,500", "100000,1000", "1000000,13",
            "2000000,153846", "1000000000000000,10000", "9007199254740992,2", "10,9"})
    void drawsDistinctAscendingNumbersInRange(long size, long n) {
        for (int repeat = 0; repeat < 20; repeat++) {
            SequentialSample sample = new SequentialSample(size, n, random);
            long previous = -1;
            for (long drawn = 0; drawn < n; drawn++) {
                assertThat(sample.hasNext()).isTrue();
                long next = sample.next();
                if (next <= previous || next >= size) {
                    throw new AssertionError("%d after %d, of %d".formatted(next, previous, size));
                }
                previous = next;
            }
            assertThat(sample.hasNext()).isFalse();
            assertThatThrownBy(sample::next).isInstanceOf(NoSuchElementException.class);
        }
    }

    /** Every subset of three numbers: 8 (scanning all the way), 60 (skipping at first), 15 (the change between). */
    @ParameterizedTest
    @CsvSource({"8,3", "60,3", "41,3", "30,2", "9,4", "12,11"})
    void everySubsetIsEquallyLikely(int size, int n) {
        int subsets = 1;
        for (int i = 0; i < n; i++) {
            subsets = subsets * (size - i) / (i + 1);
        }
        Map<Long, Integer> index = new HashMap<>();
        long[] counts = new long[subsets];
        for (int draw = 0; draw < subsets * 50; draw++) {
            SequentialSample sample = new SequentialSample(size, n, random);
            long subset = 0;
            while (sample.hasNext()) {
                subset = subset * size + sample.next();
            }
            counts[index.computeIfAbsent(subset, s -> index.size())]++;
        }
        assertThat(ChiSquare.excess(counts)).isBetween(-5.0, 5.0);
    }

    /** Sizes at which the rejection branch does all but the last draw, its slow exact test included. */
    @ParameterizedTest
    @CsvSource({"1000,5", "1000,70", "5000,100", "200,15"})
    void everyNumberIsEquallyLikely(int size, int n) {
        long[] counts = new long[size];
        for (int draw = 0; draw < 400_000 / n; draw++) {
            SequentialSample sample = new SequentialSample(size, n, random);
            while (sample.hasNext()) {
                counts[(int) sample.next()]++;
            }
        }
        assertThat(ChiSquare.excess(counts)).isBetween(-5.0, 5.0);
    }

    /** The smallest of n out of N is (N + 1) / (n + 1) - 1 on average, and P(it is at least s) is known exactly. */
    @ParameterizedTest
    @CsvSource({"1000,5", "1000000,1000", "1000000000000000,100", "60,3"})
    void smallestNumberHasItsDistribution(long size, int n) {
        int draws = 40_000;
        long[] buckets = new long[10];
        double sum = 0;
        for (int draw = 0; draw < draws; draw++) {
            long smallest = new SequentialSample(size, n, random).next();
            sum += smallest;
            // P(smallest >= s) is about (1 - s/N)^n: uniform in [0, 1) but for the grain of small sizes.
            buckets[(int) Math.min(9, 10 * Math.pow(1 - (double) smallest / size, n))]++;
        }
        double mean = (size + 1.0) / (n + 1) - 1;
        assertThat(sum / draws).isCloseTo(mean, within(5 * mean / Math.sqrt(draws)));
        if (size >= 1_000_000) {
            assertThat(ChiSquare.excess(buckets)).isBetween(-5.0, 5.0);
        }
    }

    @Test
    void refusesMoreThanThereAre() {
        assertThatThrownBy(() -> new SequentialSample(3, 4, random)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("cannot draw 4 distinct numbers of 3");
        assertThatThrownBy(() -> new SequentialSample(3, -1, random)).isInstanceOf(IllegalArgumentException.class);
    }
}
