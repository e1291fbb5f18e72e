package dev.filigree.parallel;

import java.util.function.IntToLongFunction;

/**
 * A split of {@code 0 … size - 1} into contiguous parts of about equal cost, one per worker.
 */
public final class Partition {
    /** What visiting a row costs, in connections, beside its connections. */
    private static final int ROW_COST = 4;

    private final int[] bounds;

    private Partition(int[] bounds) {
        this.bounds = bounds;
    }

    /** Equal numbers of items in every part. */
    public static Partition even(int size, int parts) {
        int[] bounds = new int[parts + 1];
        for (int p = 0; p <= parts; p++) {
            bounds[p] = (int) ((long) size * p / parts);
        }
        return new Partition(bounds);
    }

    /**
     * Balanced by connection count.
     *
     * @param rows number of rows
     * @param rowStart position of the first connection of a row; at {@code rows}, the number of connections
     * @param parts number of parts
     */
    public static Partition balanced(int rows, IntToLongFunction rowStart, int parts) {
        long total = rowStart.applyAsLong(rows) + (long) rows * ROW_COST;
        int[] bounds = new int[parts + 1];
        bounds[parts] = rows;
        int row = 0;
        for (int p = 1; p < parts; p++) {
            long goal = total / parts * p;
            while (row < rows && rowStart.applyAsLong(row) + (long) row * ROW_COST < goal) {
                row++;
            }
            bounds[p] = row;
        }
        return new Partition(bounds);
    }

    /**
     * The end of a panel: the rows from {@code from} on that have at most {@code capacity} connections together, at
     * least one.
     *
     * @param limit end of the rows there are
     * @param rowStart position of the first connection of a row; at the last, the number of connections
     */
    public static int panelEnd(int from, int limit, IntToLongFunction rowStart, long capacity) {
        long end = rowStart.applyAsLong(from) + capacity;
        int low = from + 1;
        int high = limit;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (rowStart.applyAsLong(middle) <= end) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    /** First item of part {@code part}. */
    public int from(int part) {
        return bounds[part];
    }

    /** One past the last item of part {@code part}. */
    public int to(int part) {
        return bounds[part + 1];
    }
}
