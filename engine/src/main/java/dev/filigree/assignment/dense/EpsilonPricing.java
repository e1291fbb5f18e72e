package dev.filigree.assignment.dense;

import dev.filigree.parallel.WorkerPool;

/**
 * Finds duals of the columns that are nearly optimal, for a problem with as many columns as rows: auctions whose increment
 * falls from about the difference between a row's cheapest columns to where nearly all rows get their cheapest column.
 * An auction that takes too long is left: its prices are good enough to go on with.
 *
 * <p>Source: D. P. Bertsekas, "The auction algorithm: a distributed relaxation method for the assignment problem",
 * Annals of Operations Research 14 (1988); that shortest paths finish best from such prices, S. Guthe and D. Thuerck,
 * "Algorithm 1015: A Fast Scalable Solver for the Dense Linear (Sum) Assignment Problem", ACM TOMS 47 (2021).
 */
final class EpsilonPricing {
    /** Factor between the increments of auctions. */
    private static final double STEP = 8;

    private static final int AUCTIONS = 8;

    /** Bids per row after which an auction is left. */
    private static final int BIDS = 8;

    /** Bids per row that tell whether the rows want different columns or fight for the same. */
    private static final int FIRST_BIDS = 2;

    /** Share of the rows that may stay free in an auction that counts as finished. */
    private static final double FEW = 0.1;

    /** Share of the rows whose pairs may be left to the shortest paths. */
    private static final double ENOUGH = 0.05;

    /** An auction that leaves more than this share of what the one before left no longer helps. */
    private static final double STALLED = 0.7;

    private final CostRows rows;
    private final Pairing pairing;
    private final Candidates candidates;
    private final Bidding bidding;
    private final int size;

    EpsilonPricing(CostRows rows, Pairing pairing, Candidates candidates, Bidding bidding) {
        this.rows = rows;
        this.pairing = pairing;
        this.candidates = candidates;
        this.bidding = bidding;
        size = rows.rows();
    }

    /** Leaves every paired row with one of its cheapest columns. */
    void run(WorkerPool pool) {
        double[] stakes = stakes();
        double epsilon = firstIncrement(stakes);
        if (epsilon == 0) {
            return;
        }
        int free = bidding.run(epsilon, FIRST_BIDS * (long) size);
        if (free > FEW * size) {
            pairing.clear(GreedyPrices.of(rows, stakes));
            candidates.refreshAll(pool);
            if (bidding.run(0, size) <= ENOUGH * size) {
                return;
            }
            epsilon = firstIncrement(stakes());
            if (epsilon == 0) {
                return;
            }
            free = auction(epsilon);
        }
        for (int k = 0; free > FEW * size && k < AUCTIONS; k++) {
            epsilon *= STEP;
            free = auction(epsilon);
        }
        fallFrom(epsilon);
    }

    private void fallFrom(double highest) {
        double epsilon = highest;
        int before = size;
        for (int k = 0; k < AUCTIONS && epsilon / STEP >= rows.resolution(); k++) {
            epsilon /= STEP;
            auction(epsilon);
            bidding.release(0);
            int free = bidding.run(0, size);
            if (free <= ENOUGH * size || (free < size / 2 && free > STALLED * before)) {
                return;
            }
            before = free;
        }
        bidding.release(0);
    }

    private int auction(double epsilon) {
        bidding.release(epsilon);
        return bidding.run(epsilon, BIDS * (long) size);
    }

    /** By how much the columns beyond a row's candidates are dearer than its cheapest, per row. */
    private double[] stakes() {
        double[] stakes = new double[size];
        for (int i = 0; i < size; i++) {
            stakes[i] = candidates.bounds[i] - bidding.least(i);
        }
        return stakes;
    }

    /** A power of two, so that prices of costs with few digits stay exact; 0 if there is nothing to bid for. */
    private double firstIncrement(double[] stakes) {
        double sum = 0;
        for (double stake : stakes) {
            sum += stake;
        }
        double mean = sum / size;
        if (mean == 0 || mean == Double.POSITIVE_INFINITY) {
            return 0;
        }
        return Math.max(rows.resolution(), Math.scalb(1.0, Math.getExponent(mean)));
    }
}
