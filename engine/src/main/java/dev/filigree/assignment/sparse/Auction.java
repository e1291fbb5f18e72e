package dev.filigree.assignment.sparse;

import dev.filigree.parallel.WorkerPool;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The auction of sparse problems: rows bid for columns, all of them from a price of 0, and a row that gains nothing from
 * any column any more takes the default.
 *
 * <p>A column once sold stays sold, so columns that nobody bought have a price of 0, and every row ends within {@code
 * epsilon} of the most that it could gain at the final prices: the matching is within {@code rows · epsilon} of the
 * optimum. Prices that start anywhere else would lose the first property, so there is one phase and no scaling.
 *
 * <p>Rows bid one after the other, but other threads look ahead: they make the next bids of the queue at the prices of
 * the moment. When its turn comes, a bid is made again if one of its two best columns has become dearer; any other is what
 * the row would bid now, because prices only rise. So neither the threads nor their timing changes the course of the
 * auction, and the thread that runs it waits for none of them.
 *
 * <p>Source: D. P. Bertsekas, "The auction algorithm: a distributed relaxation method for the assignment problem", Annals
 * of Operations Research 14 (1988); for problems in which not all need be assigned, D. P. Bertsekas and D. A. Castañon, "A
 * forward/reverse auction algorithm for asymmetric assignment problems", Computational Optimization and Applications 1
 * (1992).
 */
public final class Auction {
    /** Most bids of a round, so that they are hardly out of date when their turns come. */
    private static final int LARGEST_ROUND = 2048;

    /** Fewer bids take less time than to hand them over. */
    private static final int SMALLEST_ROUND = 64;

    /** Columns per bid of a round, at least: so few rows want what another one of their round buys. */
    private static final int COLUMNS_PER_BID = 256;

    /** Into so many parts per thread a round is split, so that none of them comes late. */
    private static final int PARTS = 8;

    /** After so many, a thread that looks ahead offers its core: on a busy machine another one may need it. */
    private static final int SPINS_BEFORE_YIELD = 1_000;

    private final PairRows pairs;
    private final int epsilon;
    private final int[] prices;
    private final int[] rowOfColumn;

    /** Free rows in the order in which they became free, around the end of the array: at most one round of them waits. */
    private final int[] queue;
    private int head;
    private int waiting;

    /** What other threads work on; null if there is nothing more for them to do. */
    private volatile @Nullable Round round;

    /**
     * Prepares an auction.
     *
     * @param epsilon least rise of a price, in units; 1 or more
     */
    public Auction(PairRows pairs, int epsilon) {
        this.pairs = pairs;
        this.epsilon = epsilon;
        prices = new int[pairs.columns()];
        rowOfColumn = new int[pairs.columns()];
        Arrays.fill(rowOfColumn, PairRows.NONE);
        queue = new int[pairs.rows()];
        Arrays.setAll(queue, i -> i);
        waiting = queue.length;
    }

    /** Final price of each column, in units; not a copy. */
    public int[] prices() {
        return prices;
    }

    /** Row of each column, or {@link PairRows#NONE}; not a copy. */
    public int[] rowOfColumn() {
        return rowOfColumn;
    }

    /** Column of each row, or {@link PairRows#NONE}. */
    public int[] columnOfRow() {
        int[] columnOfRow = new int[pairs.rows()];
        Arrays.fill(columnOfRow, PairRows.NONE);
        for (int j = 0; j < rowOfColumn.length; j++) {
            if (rowOfColumn[j] != PairRows.NONE) {
                columnOfRow[rowOfColumn[j]] = j;
            }
        }
        return columnOfRow;
    }

    /**
     * Runs until no row wants to bid.
     *
     * @param pool whose threads look ahead where that pays
     */
    public void run(WorkerPool pool) {
        if (pool.threads() > 1 && roundSize() > 0) {
            Round first = open(0, pool.threads());
            pool.run(worker -> {
                if (worker > 0) {
                    lookAhead();
                } else {
                    try {
                        runRounds(first, pool.threads());
                    } finally {
                        round = null;
                    }
                }
            });
        }
        while (waiting > 0) {
            accept(Bid.of(queue[head], pairs, prices));
        }
    }

    /** Runs until few rows wait: then each must know what the one before it has bought. */
    private void runRounds(Round first, int threads) {
        Round current = first;
        while (current.size() > 0) {
            current.makeBids(pairs, prices);
            // While these bids are accepted, other threads make the next ones.
            Round next = open(current.size(), threads);
            for (int k = 0; k < current.size(); k++) {
                accept(current.bid(k, pairs, prices));
            }
            current = next;
        }
    }

    private int roundSize() {
        int size = Math.min(Math.min(LARGEST_ROUND, pairs.columns() / COLUMNS_PER_BID), waiting / 2);
        return size < SMALLEST_ROUND ? 0 : size;
    }

    /** Hands out a round of the rows that wait behind so many others; an empty one where few wait. */
    private Round open(int others, int threads) {
        int[] rows = new int[Math.min(roundSize(), waiting - others)];
        for (int k = 0; k < rows.length; k++) {
            int at = head + others + k;
            rows[k] = queue[at < queue.length ? at : at - queue.length];
        }
        Round opened = new Round(rows, Math.max(1, rows.length / (PARTS * threads)));
        round = opened;
        return opened;
    }

    @SuppressWarnings("ThreadPriorityCheck") // yielding only saves time; nothing relies on it
    private void lookAhead() {
        Round seen = null;
        int spins = 0;
        for (Round current = round; current != null; current = round) {
            if (current != seen) {
                current.makeBids(pairs, prices);
                seen = current;
                spins = 0;
            } else if (spins < SPINS_BEFORE_YIELD) {
                spins++;
                Thread.onSpinWait();
            } else {
                Thread.yield();
            }
        }
    }

    /** The row at the head of the queue takes its column; who had it queues up. */
    private void accept(Bid bid) {
        head = head + 1 == queue.length ? 0 : head + 1;
        waiting--;
        int column = bid.column();
        if (column == PairRows.NONE) {
            return;
        }
        int drivenOut = rowOfColumn[column];
        rowOfColumn[column] = bid.row();
        prices[column] += bid.rise() + epsilon;
        if (drivenOut != PairRows.NONE) {
            int tail = head + waiting;
            queue[tail < queue.length ? tail : tail - queue.length] = drivenOut;
            waiting++;
        }
    }
}
