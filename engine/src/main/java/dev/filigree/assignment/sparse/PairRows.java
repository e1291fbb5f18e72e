package dev.filigree.assignment.sparse;

import static dev.filigree.memory.OffHeapMemory.getLong;

import dev.filigree.memory.ArrayGroup;
import dev.filigree.memory.IntArray;
import dev.filigree.memory.LongArray;

/**
 * The pairs of rows and columns that gain something, row after row, off-heap, eight bytes each; read only. A gain is a whole
 * number of units. Where rows are long, their pairs are kept in descending order of their gains, so that few of them need
 * be read.
 *
 * <p>Closed by whoever made it; not to be read after that.
 */
public final class PairRows implements AutoCloseable {
    /** Gains are at most this many units. */
    public static final int LARGEST_GAIN = 1 << 29;

    /** Stands for the column of a row that has none, and the other way round. */
    public static final int NONE = -1;

    private final int rows;
    private final int columns;
    private final ArrayGroup arrays;
    private final LongArray starts;
    private final IntArray lengths;
    private final LongArray pairs;
    private final boolean descending;

    PairRows(int rows, int columns, ArrayGroup arrays, LongArray starts, IntArray lengths, LongArray pairs,
            boolean descending) {
        this.rows = rows;
        this.columns = columns;
        this.arrays = arrays;
        this.starts = starts;
        this.lengths = lengths;
        this.pairs = pairs;
        this.descending = descending;
    }

    /** A pair: in descending order, larger gains come first, and of equal ones the lower column. */
    public static long pair(int gain, int column) {
        return ((long) gain << 32) | (~column & 0xFFFF_FFFFL);
    }

    /** The gain of a pair, in units. */
    public static int gain(long pair) {
        return (int) (pair >>> 32);
    }

    /** The column of a pair. */
    public static int column(long pair) {
        return ~(int) pair;
    }

    /** Number of rows. */
    public int rows() {
        return rows;
    }

    /** Number of columns. */
    public int columns() {
        return columns;
    }

    /** Number of pairs. */
    public long pairs() {
        long sum = 0;
        for (int i = 0; i < rows; i++) {
            sum += lengths.get(i);
        }
        return sum;
    }

    /** Off-heap bytes. */
    public long bytes() {
        return arrays.bytes();
    }

    /** Address of the first pair of a row. */
    public long address(int row) {
        return pairs.address() + 8 * starts.get(row);
    }

    /** Number of pairs of a row. */
    public int length(int row) {
        return lengths.get(row);
    }

    /** Whether the pairs of every row are in descending order. */
    public boolean isDescending() {
        return descending;
    }

    /** What pairing a row with a column gains; 0 if there is no such pair. */
    public int gain(int row, int column) {
        long end = address(row) + 8L * length(row);
        for (long address = address(row); address < end; address += 8) {
            long pair = getLong(address);
            if (column(pair) == column) {
                return gain(pair);
            }
        }
        return 0;
    }

    /** The most that a row gains beyond a column's price, 0 if it gains nothing. */
    public int profit(int row, int[] prices) {
        int most = 0;
        long end = address(row) + 8L * length(row);
        for (long address = address(row); address < end; address += 8) {
            long pair = getLong(address);
            int gain = gain(pair);
            if (descending && gain <= most) {
                break;
            }
            most = Math.max(most, gain - prices[column(pair)]);
        }
        return most;
    }

    /**
     * The pairs that gain more than is asked of their row, rows for columns; those of a row of the result are in no order.
     *
     * @param floors of each row, in units; 0 or more
     * @return closed by the caller
     */
    public PairRows transposed(int[] floors) {
        int[] counts = new int[columns];
        forEachAbove(floors, (row, pair) -> counts[column(pair)]++);
        PairRowsBuilder builder = new PairRowsBuilder(columns, rows, j -> counts[j]);
        return builder.build(false,
                () -> forEachAbove(floors, (row, pair) -> builder.append(column(pair), pair(gain(pair), row))));
    }

    /** What is done with a pair. */
    private interface PairAction {
        void accept(int row, long pair);
    }

    private void forEachAbove(int[] floors, PairAction action) {
        for (int i = 0; i < rows; i++) {
            long end = address(i) + 8L * length(i);
            for (long address = address(i); address < end; address += 8) {
                long pair = getLong(address);
                if (gain(pair) > floors[i]) {
                    action.accept(i, pair);
                } else if (descending) {
                    break;
                }
            }
        }
    }

    @Override
    public void close() {
        arrays.close();
    }
}
