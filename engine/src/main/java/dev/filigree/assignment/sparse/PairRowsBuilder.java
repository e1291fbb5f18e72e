package dev.filigree.assignment.sparse;

import static dev.filigree.memory.OffHeapMemory.getInt;
import static dev.filigree.memory.OffHeapMemory.getLong;
import static dev.filigree.memory.OffHeapMemory.setInt;
import static dev.filigree.memory.OffHeapMemory.setLong;

import com.sun.management.OperatingSystemMXBean;
import dev.filigree.memory.ArrayGroup;
import dev.filigree.memory.IntArray;
import dev.filigree.memory.LongArray;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.IntToLongFunction;

/** Stores pairs row by row; the rows come in any order and from any number of threads. */
public final class PairRowsBuilder {
    /** Where rows are shorter on average, reading them to the end takes less time than putting them in order. */
    private static final int SHORT = 32;

    /** Beyond so many moves per pair, sorting is faster than insertion. */
    private static final int MOVES = 24;

    private static final double MEBI = 1 << 20;

    /** Asking the system takes longer than matching a small layer. */
    private static final double ALWAYS_THERE = 64 * MEBI;

    private final int rows;
    private final int columns;
    private final ArrayGroup arrays = new ArrayGroup();
    private final LongArray starts;
    private final IntArray lengths;
    private final LongArray pairs;
    private final boolean descending;

    /**
     * Allocates what is needed.
     *
     * @param capacity bounds the pairs of each row; memory that is not used costs address space alone
     * @throws IllegalArgumentException if so many pairs would be more than the machine's memory
     */
    public PairRowsBuilder(int rows, int columns, IntToLongFunction capacity) {
        this.rows = rows;
        this.columns = columns;
        requireMemory(rows, capacity);
        starts = arrays.longs(rows + 1L, "row starts of sparse costs");
        lengths = arrays.ints(rows, "row lengths of sparse costs");
        long total = 0;
        for (int i = 0; i < rows; i++) {
            starts.set(i, total);
            total += capacity.applyAsLong(i);
        }
        starts.set(rows, total);
        long all = total;
        descending = total >= (long) SHORT * rows;
        pairs = arrays.longs(all, "sparse costs");
    }

    private static void requireMemory(int rows, IntToLongFunction capacity) {
        double pairs = 0;
        for (int i = 0; i < rows; i++) {
            pairs += capacity.applyAsLong(i);
        }
        if (Long.BYTES * pairs > ALWAYS_THERE
                && ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
                && Long.BYTES * pairs > system.getTotalMemorySize()) {
            throw new IllegalArgumentException(
                    "sparse costs of up to %,.0f pairs need %,.0f MB, and the machine has %,d MB: expected fewer or sparser rows"
                            .formatted(pairs, Long.BYTES * pairs / MEBI, system.getTotalMemorySize() >> 20));
        }
    }

    /** Whether rows are put in order: where they are short on average, they are not. */
    public boolean ordersRows() {
        return descending;
    }

    /**
     * Sets a row.
     *
     * @param rowPairs the row's pairs, each column once, gains above 0, in the first elements; put in order, fastest
     *        where they nearly are in descending order
     * @param count how many there are
     */
    public void row(int row, long[] rowPairs, int count) {
        long start = starts.get(row);
        Objects.checkFromIndexSize(start, count, starts.get(row + 1L));
        long address = pairs.address() + 8 * start;
        if (descending) {
            order(rowPairs, count);
        }
        for (int k = 0; k < count; k++) {
            setLong(address + 8L * k, rowPairs[k]);
        }
        lengths.set(row, count);
    }

    /** Adds a pair to a row, whose order is then that of the additions; for one thread. */
    void append(int row, long pair) {
        int length = getInt(lengths.address() + 4L * row);
        setLong(pairs.address() + 8 * (getLong(starts.address() + 8L * row) + length), pair);
        setInt(lengths.address() + 4L * row, length + 1);
    }

    /** Puts pairs in descending order: by insertion as long as that is fast, for they may be nearly in order. */
    private static void order(long[] rowPairs, int count) {
        long movesLeft = (long) MOVES * count;
        for (int k = 1; k < count; k++) {
            long pair = rowPairs[k];
            int at = k;
            for (; at > 0 && rowPairs[at - 1] < pair; at--) {
                rowPairs[at] = rowPairs[at - 1];
            }
            rowPairs[at] = pair;
            movesLeft -= k - at;
            if (movesLeft < 0) {
                Arrays.sort(rowPairs, 0, count);
                for (int low = 0, high = count - 1; low < high; low++, high--) {
                    long last = rowPairs[high];
                    rowPairs[high] = rowPairs[low];
                    rowPairs[low] = last;
                }
                return;
            }
        }
    }

    /**
     * The pairs; the builder is not to be used any more.
     *
     * @param rowSetter sets the rows; if it fails, all memory is freed
     */
    public PairRows build(Runnable rowSetter) {
        return build(descending, rowSetter);
    }

    PairRows build(boolean isDescending, Runnable rowSetter) {
        try {
            rowSetter.run();
        } catch (RuntimeException | Error e) {
            arrays.close();
            throw e;
        }
        return new PairRows(rows, columns, arrays, starts, lengths, pairs, isDescending);
    }
}
