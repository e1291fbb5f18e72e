package dev.filigree.assignment;

import static dev.filigree.memory.OffHeapMemory.getLong;

import dev.filigree.parallel.WorkerPool;

/**
 * Exact solver for sparse costs, in memory proportional to the stored pairs: an auction brings almost all rows to their
 * columns at nearly the right prices, shortest augmenting paths put the rest right.
 *
 * <p>All arithmetic is in whole units of the costs, so the gap of the result is exactly 0. Rows and columns that no stored
 * pair matches are paired with each other in ascending order, at the default cost.
 */
public final class SparseSolver implements AssignmentSolver<SparseCosts> {
    /** Up to so many rows, bids rise in large steps; above, in small ones, for there is more to put right after them. */
    private static final int SMALL = 2000;
    private static final double COARSE = 5e-4;
    private static final double FINE = 1e-4;

    @Override
    public Assignment solve(SparseCosts costs, WorkerPool pool) {
        return optima(costs, pool).assignment();
    }

    /** Solves a problem and leaves the choice among its optimal matchings to the caller. */
    public OptimalMatchings optima(SparseCosts costs, WorkerPool pool) {
        double step = costs.rows() <= SMALL ? COARSE : FINE;
        SparseAuction auction = new SparseAuction(costs, (int) (step * SparseCosts.LARGEST_GAIN));
        auction.run();
        return finish(costs, auction, pool);
    }

    /** Makes what an auction left exact. */
    static OptimalMatchings finish(SparseCosts costs, SparseAuction auction, WorkerPool pool) {
        int[] prices = auction.prices();
        int[] columnOfRow = auction.columnOfRow();
        int[] rowOfColumn = auction.rowOfColumn();
        int[] profits = profits(costs, prices);
        keepTightPairs(costs, profits, prices, columnOfRow, rowOfColumn);
        lowerFreePrices(costs, profits, prices, rowOfColumn);
        new ShortestPaths(costs, profits, prices, columnOfRow, rowOfColumn, null).run();
        if (hasFreePrices(prices, rowOfColumn)) {
            try (SparseCosts transposed = costs.transposed()) {
                new ShortestPaths(transposed, prices, profits, rowOfColumn, columnOfRow, null).run();
            }
        }
        return new OptimalMatchings(costs, profits, prices, columnOfRow);
    }

    private static int[] profits(SparseCosts costs, int[] prices) {
        int[] profits = new int[costs.rows()];
        for (int i = 0; i < profits.length; i++) {
            profits[i] = costs.profit(i, prices);
        }
        return profits;
    }

    /** Parts the pairs whose row could gain more elsewhere. */
    private static void keepTightPairs(SparseCosts costs, int[] profits, int[] prices, int[] columnOfRow,
            int[] rowOfColumn) {
        for (int i = 0; i < profits.length; i++) {
            int column = columnOfRow[i];
            if (column != Matching.NONE && costs.gain(i, column) - prices[column] < profits[i]) {
                columnOfRow[i] = Matching.NONE;
                rowOfColumn[column] = Matching.NONE;
            }
        }
    }

    /** Lowers the price of every free column as far as no row gets more than its profit. */
    private static void lowerFreePrices(SparseCosts costs, int[] profits, int[] prices, int[] rowOfColumn) {
        int[] needed = new int[prices.length];
        for (int i = 0; i < profits.length; i++) {
            long end = costs.rowAddress(i) + 8L * costs.rowLength(i);
            for (long address = costs.rowAddress(i); address < end; address += 8) {
                long pair = getLong(address);
                int excess = SparseCosts.gain(pair) - profits[i];
                if (excess <= 0 && costs.isDescending()) {
                    break;
                }
                int column = SparseCosts.column(pair);
                needed[column] = Math.max(needed[column], excess);
            }
        }
        for (int j = 0; j < prices.length; j++) {
            if (rowOfColumn[j] == Matching.NONE) {
                prices[j] = needed[j];
            }
        }
    }

    private static boolean hasFreePrices(int[] prices, int[] rowOfColumn) {
        for (int j = 0; j < prices.length; j++) {
            if (rowOfColumn[j] == Matching.NONE && prices[j] > 0) {
                return true;
            }
        }
        return false;
    }
}
