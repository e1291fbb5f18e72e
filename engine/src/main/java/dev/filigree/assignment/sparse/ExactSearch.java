package dev.filigree.assignment.sparse;

import static dev.filigree.memory.OffHeapMemory.getLong;

import dev.filigree.parallel.Partition;
import dev.filigree.parallel.WorkerPool;

/** Makes what an auction left exact, in place: pairs that are not tight are parted, shortest paths match the rest. */
public final class ExactSearch {
    private final PairRows pairs;
    private final int[] profits;
    private final int[] prices;
    private final int[] columnOfRow;
    private final int[] rowOfColumn;

    private ExactSearch(PairRows pairs, Auction auction, WorkerPool pool) {
        this.pairs = pairs;
        prices = auction.prices();
        columnOfRow = auction.columnOfRow();
        rowOfColumn = auction.rowOfColumn();
        profits = new int[pairs.rows()];
        Partition parts = Partition.even(profits.length, pool.threads());
        pool.run(worker -> {
            for (int i = parts.from(worker); i < parts.to(worker); i++) {
                profits[i] = pairs.profit(i, prices);
            }
        });
    }

    /**
     * Finds the optimum.
     *
     * @param auction that ran over the same pairs; its arrays are taken over
     * @param pool shares what is done for every row
     */
    public static ExactSearch after(Auction auction, PairRows pairs, WorkerPool pool) {
        ExactSearch search = new ExactSearch(pairs, auction, pool);
        search.keepTightPairs();
        search.lowerFreePrices();
        search.followPaths();
        return search;
    }

    /** Duals of the rows, in units. */
    public int[] profits() {
        return profits;
    }

    /** Duals of the columns, in units. */
    public int[] prices() {
        return prices;
    }

    /** Column of each row, or {@link PairRows#NONE}. */
    public int[] columnOfRow() {
        return columnOfRow;
    }

    /** Parts the pairs whose row could gain more elsewhere. */
    private void keepTightPairs() {
        for (int i = 0; i < profits.length; i++) {
            int column = columnOfRow[i];
            if (column != PairRows.NONE && pairs.gain(i, column) - prices[column] < profits[i]) {
                columnOfRow[i] = PairRows.NONE;
                rowOfColumn[column] = PairRows.NONE;
            }
        }
    }

    /** Lowers the price of every free column as far as no row gets more than its profit. */
    private void lowerFreePrices() {
        int[] needed = new int[prices.length];
        for (int i = 0; i < profits.length; i++) {
            long end = pairs.address(i) + 8L * pairs.length(i);
            for (long address = pairs.address(i); address < end; address += 8) {
                long pair = getLong(address);
                int excess = PairRows.gain(pair) - profits[i];
                if (excess <= 0 && pairs.isDescending()) {
                    break;
                }
                int column = PairRows.column(pair);
                needed[column] = Math.max(needed[column], excess);
            }
        }
        for (int j = 0; j < prices.length; j++) {
            if (rowOfColumn[j] == PairRows.NONE) {
                prices[j] = needed[j];
            }
        }
    }

    /** Rows search first; columns that are free and still have a price search after them. */
    private void followPaths() {
        new ShortestPaths(pairs, profits, prices, columnOfRow, rowOfColumn, null).run();
        if (hasFreePrices()) {
            // A column would rather take the default than pay a row the profit that it has, and profits only rise from here.
            try (PairRows transposed = pairs.transposed(profits)) {
                new ShortestPaths(transposed, prices, profits, rowOfColumn, columnOfRow, null).run();
            }
        }
    }

    private boolean hasFreePrices() {
        for (int j = 0; j < prices.length; j++) {
            if (rowOfColumn[j] == PairRows.NONE && prices[j] > 0) {
                return true;
            }
        }
        return false;
    }
}
