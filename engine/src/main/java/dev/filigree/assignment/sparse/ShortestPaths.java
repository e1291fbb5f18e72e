package dev.filigree.assignment.sparse;

import static dev.filigree.memory.OffHeapMemory.getLong;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Makes a matching with feasible duals optimal from one side: every member of the searching side that is free though it
 * could gain something, or must not be, is matched along the shortest alternating path (Dijkstra on the reduced gains), or
 * makes another one take the default.
 *
 * <p>In terms of rows searching among columns; the same pairs transposed let columns search among rows. Duals are profits
 * of rows and prices of columns, in units, with {@code profit(i) + price(j) >= gain(i, j)} everywhere and
 * equality for all pairs of the matching; both stay true. A dual below 0 is that of a row or column that must be matched.
 *
 * <p>Source: R. Jonker and A. Volgenant, "A Shortest Augmenting Path Algorithm for Dense and Sparse Linear Assignment
 * Problems", Computing 38 (1987), with the default as one more column that takes any number of rows.
 */
public final class ShortestPaths {
    private static final int UNREACHED = Integer.MAX_VALUE;

    private final PairRows pairs;
    private final int[] profits;
    private final int[] prices;
    private final int[] columnOfRow;
    private final int[] rowOfColumn;
    private final boolean @Nullable [] mandatory;
    private final int lowestPrice;
    private final boolean descending;

    /** Of the current search: length of the path to each column, and the row before it. */
    private final int[] distance;
    private final int[] rowBefore;
    private final int[] reached;
    private int reachedCount;
    private final PathHeap heap = new PathHeap();

    // The best end found so far: a free column, or a row that takes the default.
    private int shortest;
    private int endColumn;
    private int endRow;

    /**
     * Prepares searches; changes the arrays in place.
     *
     * @param pairs searched from their rows
     * @param mandatory rows that must not take the default; null if all may. There is a matching of them all
     */
    public ShortestPaths(PairRows pairs, int[] profits, int[] prices, int[] columnOfRow, int[] rowOfColumn,
            boolean @Nullable [] mandatory) {
        this.pairs = pairs;
        descending = pairs.isDescending();
        this.profits = profits;
        this.prices = prices;
        this.columnOfRow = columnOfRow;
        this.rowOfColumn = rowOfColumn;
        this.mandatory = mandatory;
        int lowest = 0;
        for (int price : prices) {
            lowest = Math.min(lowest, price);
        }
        // Prices only rise.
        lowestPrice = lowest;
        distance = new int[pairs.columns()];
        Arrays.fill(distance, UNREACHED);
        rowBefore = new int[pairs.columns()];
        reached = new int[pairs.columns()];
    }

    /** Searches from every free row that has a profit or must be matched. */
    public void run() {
        for (int row = 0; row < pairs.rows(); row++) {
            if (columnOfRow[row] == PairRows.NONE && (profits[row] > 0 || isMandatory(row))) {
                search(row);
            }
        }
    }

    private boolean isMandatory(int row) {
        return mandatory != null && mandatory[row];
    }

    private void search(int source) {
        shortest = UNREACHED;
        heap.clear();
        reachedCount = 0;
        scan(source, 0);
        while (!heap.isEmpty()) {
            long nearest = heap.removeLeast();
            int length = PathHeap.length(nearest);
            int column = PathHeap.item(nearest);
            if (length >= shortest) {
                break;
            }
            if (length > distance[column]) {
                // Was reached by a shorter path since.
                continue;
            }
            // Only matched columns wait: a free one is an end as soon as it is seen.
            scan(rowOfColumn[column], length);
        }
        if (shortest == UNREACHED) {
            throw new IllegalStateException("row %d must be matched, but cannot be".formatted(source));
        }
        updateDuals(source);
        augment();
        for (int k = 0; k < reachedCount; k++) {
            distance[reached[k]] = UNREACHED;
        }
    }

    /** Extends paths of this length over a row. */
    private void scan(int row, int length) {
        int profit = profits[row];
        if (length + profit < shortest && !isMandatory(row)) {
            shortest = length + profit;
            endColumn = PairRows.NONE;
            endRow = row;
        }
        long address = pairs.address(row);
        long end = address + 8L * pairs.length(row);
        for (; address < end; address += 8) {
            long pair = getLong(address);
            int least = length + profit - PairRows.gain(pair);
            if (descending && least + lowestPrice >= shortest) {
                break;
            }
            int column = PairRows.column(pair);
            int to = least + prices[column];
            if (to < shortest && to < distance[column]) {
                if (distance[column] == UNREACHED) {
                    reached[reachedCount++] = column;
                }
                distance[column] = to;
                rowBefore[column] = row;
                if (rowOfColumn[column] == PairRows.NONE) {
                    shortest = to;
                    endColumn = column;
                } else {
                    heap.add(to, column);
                }
            }
        }
    }

    private void updateDuals(int source) {
        profits[source] -= shortest;
        for (int k = 0; k < reachedCount; k++) {
            int column = reached[k];
            int nearer = shortest - distance[column];
            if (nearer > 0) {
                prices[column] += nearer;
                profits[rowOfColumn[column]] -= nearer;
            }
        }
    }

    private void augment() {
        int column = endColumn;
        if (column == PairRows.NONE) {
            // The row at the end gives its column up, unless it is the source.
            column = columnOfRow[endRow];
            columnOfRow[endRow] = PairRows.NONE;
        }
        while (column != PairRows.NONE) {
            int row = rowBefore[column];
            int given = columnOfRow[row];
            columnOfRow[row] = column;
            rowOfColumn[column] = row;
            column = given;
        }
    }
}
