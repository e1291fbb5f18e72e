package dev.filigree.assignment.sparse;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Bids that any number of threads make before it is their turn: each thread takes a few rows at a time. Prices may rise
 * while they are read.
 */
final class Round {
    private final int[] rows;
    private final int rowsAtATime;
    private final AtomicInteger nextRow = new AtomicInteger();
    private final AtomicReferenceArray<Bid> bids;

    /**
     * A round without any bid.
     *
     * @param rows the bidders, in the order of their turns; kept
     */
    Round(int[] rows, int rowsAtATime) {
        this.rows = rows;
        this.rowsAtATime = rowsAtATime;
        bids = new AtomicReferenceArray<>(rows.length);
    }

    /** Number of rows. */
    int size() {
        return rows.length;
    }

    /** Makes bids until all are made or in the hands of other threads. */
    void makeBids(PairRows pairs, int[] prices) {
        int from;
        while ((from = nextRow.getAndAdd(rowsAtATime)) < rows.length) {
            int to = Math.min(from + rowsAtATime, rows.length);
            for (int k = from; k < to; k++) {
                bids.setRelease(k, Bid.of(rows[k], pairs, prices));
            }
        }
    }

    /** The bid of a row whose turn it is; waits for nobody. */
    Bid bid(int k, PairRows pairs, int[] prices) {
        Bid made = bids.getAcquire(k);
        return made != null && made.stands(prices) ? made : Bid.of(rows[k], pairs, prices);
    }
}
