package dev.filigree.assignment.sparse;

import static dev.filigree.memory.OffHeapMemory.getLong;

import java.util.Arrays;

/**
 * The auction of sparse problems: rows bid for columns, all of them from a price of 0, and a row that gains nothing from any
 * column any more takes the default.
 *
 * <p>A column once sold stays sold, so columns that nobody bought have a price of 0, and every row ends within {@code
 * epsilon} of the most that it could gain at the final prices: the matching is within {@code rows · epsilon} of the
 * optimum. Prices that start anywhere else would lose the first property, so there is one phase and no scaling.
 *
 * <p>Source: D. P. Bertsekas, "The auction algorithm: a distributed relaxation method for the assignment problem", Annals
 * of Operations Research 14 (1988); for problems in which not all need be assigned, D. P. Bertsekas and D. A. Castañon, "A
 * forward/reverse auction algorithm for asymmetric assignment problems", Computational Optimization and Applications 1
 * (1992).
 */
public final class Auction {
    private final PairRows pairs;
    private final int epsilon;
    private final boolean descending;
    private final int[] prices;
    private final int[] columnOfRow;
    private final int[] rowOfColumn;

    /**
     * Prepares an auction.
     *
     * @param epsilon least rise of a price, in units; 1 or more
     */
    public Auction(PairRows pairs, int epsilon) {
        this.pairs = pairs;
        this.epsilon = epsilon;
        descending = pairs.isDescending();
        prices = new int[pairs.columns()];
        columnOfRow = new int[pairs.rows()];
        rowOfColumn = new int[pairs.columns()];
        Arrays.fill(columnOfRow, PairRows.NONE);
        Arrays.fill(rowOfColumn, PairRows.NONE);
    }

    /** Final price of each column, in units; not a copy. */
    public int[] prices() {
        return prices;
    }

    /** Column of each row, or {@link Matching#NONE}; not a copy. */
    public int[] columnOfRow() {
        return columnOfRow;
    }

    /** Row of each column, or {@link Matching#NONE}; not a copy. */
    public int[] rowOfColumn() {
        return rowOfColumn;
    }

    /** Runs until no row wants to bid. */
    public void run() {
        int rows = pairs.rows();
        // Free rows in the order in which they became free: at most one round of them waits.
        int[] queue = new int[rows];
        for (int i = 0; i < rows; i++) {
            queue[i] = i;
        }
        int head = 0;
        int waiting = rows;
        while (waiting > 0) {
            int row = queue[head];
            head = head + 1 == rows ? 0 : head + 1;
            waiting--;
            int drivenOut = bid(row);
            if (drivenOut != PairRows.NONE) {
                int tail = head + waiting;
                queue[tail < rows ? tail : tail - rows] = drivenOut;
                waiting++;
            }
        }
    }

    /** The row takes its best column and returns who had it. */
    private int bid(int row) {
        long address = pairs.address(row);
        long end = address + 8L * pairs.length(row);
        int best = 0;
        int second = 0;
        int bestColumn = PairRows.NONE;
        for (; address < end; address += 8) {
            long pair = getLong(address);
            int gain = PairRows.gain(pair);
            if (descending && gain <= second) {
                break;
            }
            int column = PairRows.column(pair);
            int profit = gain - prices[column];
            if (profit > second) {
                if (profit > best) {
                    second = best;
                    best = profit;
                    bestColumn = column;
                } else {
                    second = profit;
                }
            }
        }
        if (bestColumn == PairRows.NONE) {
            return PairRows.NONE;
        }
        int drivenOut = rowOfColumn[bestColumn];
        if (drivenOut != PairRows.NONE) {
            columnOfRow[drivenOut] = PairRows.NONE;
        }
        rowOfColumn[bestColumn] = row;
        columnOfRow[row] = bestColumn;
        prices[bestColumn] += best - second + epsilon;
        return drivenOut;
    }
}
