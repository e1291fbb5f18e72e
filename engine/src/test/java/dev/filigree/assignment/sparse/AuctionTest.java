package dev.filigree.assignment.sparse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.filigree.parallel.WorkerPool;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuctionTest {
    private static final int MOST_GAIN = 1000;

    private static PairRows random(int rows, int columns, int rowLength) {
        Random random = new Random(11);
        PairRowsBuilder builder = new PairRowsBuilder(rows, columns, i -> rowLength);
        long[] row = new long[rowLength];
        return builder.build(() -> {
            for (int i = 0; i < rows; i++) {
                int[] listed = random.ints(0, columns).distinct().limit(rowLength).toArray();
                for (int k = 0; k < rowLength; k++) {
                    row[k] = PairRows.pair(1 + random.nextInt(MOST_GAIN), listed[k]);
                }
                builder.row(i, row, rowLength);
            }
        });
    }

    private static Auction run(PairRows pairs, int epsilon, int threads) {
        Auction auction = new Auction(pairs, epsilon);
        try (WorkerPool pool = new WorkerPool(threads)) {
            auction.run(pool);
        }
        return auction;
    }

    /** Large enough for other threads to look ahead; short rows in any order, long ones in descending order. */
    @ParameterizedTest
    @CsvSource({"30000, 30000, 8", "20000, 20000, 40", "36000, 30000, 8"})
    void threadsDoNotChangeItsCourse(int rows, int columns, int rowLength) {
        try (PairRows pairs = random(rows, columns, rowLength)) {
            Auction alone = run(pairs, 5, 1);
            for (int threads = 2; threads <= 4; threads++) {
                Auction shared = run(pairs, 5, threads);
                assertThat(shared.prices()).as("prices, %d threads", threads).isEqualTo(alone.prices());
                assertThat(shared.rowOfColumn()).as("rows, %d threads", threads).isEqualTo(alone.rowOfColumn());
            }
        }
    }

    @Test
    void everyRowEndsWithinEpsilonOfItsBestColumn() {
        int epsilon = 20;
        try (PairRows pairs = random(20_000, 20_000, 8)) {
            Auction auction = run(pairs, epsilon, 2);
            int[] columnOfRow = auction.columnOfRow();
            for (int i = 0; i < pairs.rows(); i++) {
                int column = columnOfRow[i];
                int profit = column == PairRows.NONE ? 0 : pairs.gain(i, column) - auction.prices()[column];
                assertThat(pairs.profit(i, auction.prices()) - profit).as("row %d", i).isLessThanOrEqualTo(epsilon);
            }
            for (int j = 0; j < pairs.columns(); j++) {
                assertThat(auction.prices()[j] > 0).as("column %d has a price", j)
                        .isEqualTo(auction.rowOfColumn()[j] != PairRows.NONE);
            }
        }
    }

    @Test
    void bidStandsUntilOneOfItsTwoBestColumnsBecomesDearer() {
        PairRowsBuilder builder = new PairRowsBuilder(1, 3, i -> 3);
        try (PairRows pairs = builder.build(() -> builder.row(0,
                new long[]{PairRows.pair(5, 0), PairRows.pair(9, 1), PairRows.pair(7, 2)}, 3))) {
            Bid bid = Bid.of(0, pairs, new int[]{0, 1, 0});
            assertThat(bid).isEqualTo(new Bid(0, 1, 1, 2, 0, 1));
            assertThat(bid.stands(new int[]{100, 1, 0})).isTrue();
            assertThat(bid.stands(new int[]{0, 2, 0})).isFalse();
            assertThat(bid.stands(new int[]{0, 1, 1})).isFalse();
        }
    }
}
