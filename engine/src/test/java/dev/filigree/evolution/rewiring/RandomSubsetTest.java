package dev.filigree.evolution.rewiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.filigree.memory.LongArray;
import dev.filigree.parallel.WorkerPool;
import dev.filigree.random.ChiSquare;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RandomSubsetTest {
    private final WorkerPool pool = new WorkerPool(1);
    private long key;

    @AfterEach
    void stop() {
        pool.close();
    }

    private long[] draw(long size, long n) {
        return draw(size, n, ++key, pool);
    }

    private static long[] draw(long size, long n, long key, WorkerPool workers) {
        try (LongArray drawn = RandomSubset.draw(size, n, key, workers)) {
            assertThat(drawn.get(n)).isEqualTo(Long.MAX_VALUE);
            return Arrays.copyOf(drawn.toArray(), (int) n);
        }
    }

    /** The last ones draw the complement, over one bucket, many buckets and many blocks. */
    @ParameterizedTest
    @CsvSource({"0,0", "5,0", "1,1", "1000,1", "1000,500", "100000,1000", "3000000,900000", "1000000000000000,100000",
            "9007199254740992,2", "4611686018427387904,3000", "7,7", "10,9", "1000,999", "1000000,501000",
            "1000000,999990"})
    void drawsDistinctAscendingNumbersInRange(long size, long n) {
        for (int repeat = 0; repeat < 5; repeat++) {
            long previous = -1;
            for (long number : draw(size, n)) {
                if (number <= previous || number >= size) {
                    throw new AssertionError("%d after %d, of %d".formatted(number, previous, size));
                }
                previous = number;
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"8,3", "24,3", "30,2", "9,4", "12,11", "9,5"})
    void everySubsetIsEquallyLikely(int size, int n) {
        int subsets = 1;
        for (int i = 0; i < n; i++) {
            subsets = subsets * (size - i) / (i + 1);
        }
        Map<Long, Integer> index = new HashMap<>();
        long[] counts = new long[subsets];
        for (int draw = 0; draw < subsets * 50; draw++) {
            long subset = 0;
            for (long number : draw(size, n)) {
                subset = subset * size + number;
            }
            counts[index.computeIfAbsent(subset, s -> index.size())]++;
        }
        assertThat(ChiSquare.excess(counts)).isBetween(-5.0, 5.0);
    }

    /** Sizes that do not end at a bucket's or a block's end; the last one draws the complement. */
    @ParameterizedTest
    @CsvSource({"1000,70", "5001,2400", "70001,30000", "300001,100000", "5001,4000"})
    void everyNumberIsEquallyLikely(int size, int n) {
        long[] counts = new long[size];
        int repeats = 40 + 2_000_000 / size;
        for (int draw = 0; draw < repeats; draw++) {
            for (long number : draw(size, n)) {
                counts[(int) number]++;
            }
        }
        // Drawn without repetition, counts vary less than independent ones, by the share that is not drawn.
        double share = 1 - (double) n / size;
        double freedom = size - 1.0;
        double statistic = (ChiSquare.excess(counts) * Math.sqrt(2 * freedom) + freedom) / share;
        assertThat((statistic - freedom) / Math.sqrt(2 * freedom)).isBetween(-5.0, 5.0);
    }

    /** Of two halves of all numbers, the first one gets a hypergeometric share: its variance tells distinct draws. */
    @ParameterizedTest
    @CsvSource({"2000,900", "2000,1100", "40000,19000"})
    void sharesOfHalvesVaryAsThoseOfDistinctDraws(int size, int n) {
        int repeats = 4000;
        double sum = 0;
        double squares = 0;
        for (int draw = 0; draw < repeats; draw++) {
            long inFirst = Arrays.stream(draw(size, n)).filter(number -> number < size / 2).count();
            double distance = inFirst - n / 2.0;
            sum += distance;
            squares += distance * distance;
        }
        double variance = n / 4.0 * (size - n) / (size - 1.0);
        assertThat(Math.abs(sum / repeats)).isLessThan(5 * Math.sqrt(variance / repeats));
        assertThat(squares / repeats / variance).isBetween(1 - 5 * Math.sqrt(2.0 / repeats),
                1 + 5 * Math.sqrt(2.0 / repeats));
    }

    @ParameterizedTest
    @CsvSource({"100,30", "1000000,300000", "100000,90000"})
    void anyNumberOfWorkersDrawsTheSame(long size, long n) {
        long[] alone;
        try (WorkerPool one = new WorkerPool(1)) {
            alone = draw(size, n, 3, one);
        }
        for (int threads : new int[]{2, 3, 5}) {
            try (WorkerPool workers = new WorkerPool(threads)) {
                assertThat(draw(size, n, 3, workers)).isEqualTo(alone);
            }
        }
        assertThat(draw(size, n, 4, pool)).isNotEqualTo(alone);
    }

    @Test
    void refusesMoreThanThereAre() {
        assertThatThrownBy(() -> RandomSubset.draw(3, 4, 1, pool)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("cannot draw 4 distinct numbers of 3");
        assertThatThrownBy(() -> RandomSubset.draw(3, -1, 1, pool)).isInstanceOf(IllegalArgumentException.class);
    }
}
