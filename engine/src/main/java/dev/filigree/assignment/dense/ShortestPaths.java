package dev.filigree.assignment.dense;

import java.util.Arrays;

/**
 * Pairs the rows that are still free, each along the alternating path of least reduced cost to any free column
 * (Dijkstra's search; R. Jonker and A. Volgenant, "A Shortest Augmenting Path Algorithm for Dense and Sparse Linear
 * Assignment Problems", Computing 38, 1987). Of a row on the way only the candidates are looked at until the search
 * reaches the bound that its other columns cannot be below; a search that looks beyond too often is left to
 * {@link FullSearch}.
 */
final class ShortestPaths {
    /** Rows that a search may look at beyond their candidates: so many, and one more for so many columns settled. */
    private static final int BEYOND = 2;
    private static final int SETTLED_PER_BEYOND = 4;

    private final CostRows rows;
    private final Pairing pairing;
    private final Candidates candidates;
    private final RowScratch scratch;
    private final FullSearch fullSearch;

    /** Columns by path length, and rows, as their complement, by the length at which others than candidates matter. */
    private final SearchHeap heap = new SearchHeap();

    /** Of columns seen in the present search: the path length and the row before it. */
    private final double[] lengths;
    private final int[] rowBefore;
    private final boolean[] settled;
    private final int[] seen;
    private int seenCount;

    /** Of rows reached in the present search: what to add to a reduced cost for a path length. */
    private final double[] offsets;

    /** The last search in which each row's candidates were refreshed. */
    private final int[] refreshed;
    private int search;

    /** The shortest path to a free column found so far, and that column. */
    private double shortest;
    private int end;

    ShortestPaths(CostRows rows, Pairing pairing, Candidates candidates) {
        this.rows = rows;
        this.pairing = pairing;
        this.candidates = candidates;
        scratch = new RowScratch(rows.columns());
        fullSearch = new FullSearch(rows, pairing);
        lengths = new double[rows.columns()];
        Arrays.fill(lengths, Double.POSITIVE_INFINITY);
        rowBefore = new int[rows.columns()];
        settled = new boolean[rows.columns()];
        seen = new int[rows.columns()];
        offsets = new double[rows.rows()];
        refreshed = new int[rows.rows()];
    }

    /** Pairs all rows, in ascending order. */
    void run() {
        for (int row : pairing.freeRows()) {
            search++;
            if (findPath(row)) {
                lowerDuals();
                pairing.flip(rows, row, end, rowBefore);
            } else {
                fullSearch.pairFree(row);
            }
            forget();
        }
    }

    /** Whether a path was found before looking beyond the candidates too often. */
    private boolean findPath(int freeRow) {
        shortest = Double.POSITIVE_INFINITY;
        end = Pairing.FREE;
        int settledCount = 0;
        int beyond = 0;
        reach(freeRow, 0, Double.NEGATIVE_INFINITY);
        while (!heap.isEmpty() && heap.leastKey() < shortest) {
            double length = heap.leastKey();
            int entry = heap.removeLeast();
            if (entry < 0) {
                if (++beyond > BEYOND + settledCount / SETTLED_PER_BEYOND) {
                    return false;
                }
                lookBeyond(~entry, length);
            } else if (!settled[entry]) {
                settled[entry] = true;
                settledCount++;
                int row = pairing.rowOfColumn[entry];
                reach(row, length - pairing.pairReduced(row), length);
            }
        }
        return true;
    }

    /** Looks at the candidates of a row that the search has come to at a length. */
    private void reach(int row, double offset, double length) {
        offsets[row] = offset;
        int start = row * Candidates.CAPACITY;
        for (int k = start; k < start + candidates.counts[row]; k++) {
            int column = candidates.columns[k];
            look(row, column, length, offset + (candidates.costs[k] - pairing.columnDuals[column]));
        }
        double bound = Math.max(length, offset + candidates.bounds[row]);
        if (bound < shortest) {
            heap.add(bound, ~row);
        }
    }

    private void look(int row, int column, double least, double rounded) {
        // Rounding must not make a path shorter than the paths already settled.
        double length = Math.max(least, rounded);
        if (length >= lengths[column]) {
            return;
        }
        if (pairing.isFree(column)) {
            if (length < shortest || (length == shortest && column < end)) {
                shortest = length;
                end = column;
                rowBefore[column] = row;
            }
        } else if (length < shortest) {
            if (lengths[column] == Double.POSITIVE_INFINITY) {
                seen[seenCount++] = column;
            }
            lengths[column] = length;
            rowBefore[column] = row;
            heap.add(length, column);
        }
    }

    /** Looks at fresh candidates first, and at all columns if they are fresh already. */
    private void lookBeyond(int row, double length) {
        double offset = offsets[row];
        if (refreshed[row] != search) {
            refreshed[row] = search;
            candidates.refresh(row);
            reach(row, offset, length);
            return;
        }
        double[] costs = rows.row(row, scratch.row);
        int found = RowScratch.SCANS.select(costs, pairing.columnDuals, shortest - offset, scratch.columns,
                scratch.reduced);
        for (int k = 0; k < found; k++) {
            look(row, scratch.columns[k], length, offset + scratch.reduced[k]);
        }
    }

    private void lowerDuals() {
        for (int k = 0; k < seenCount; k++) {
            int column = seen[k];
            if (settled[column]) {
                pairing.columnDuals[column] += lengths[column] - shortest;
            }
        }
    }

    private void forget() {
        heap.clear();
        for (int k = 0; k < seenCount; k++) {
            settled[seen[k]] = false;
            lengths[seen[k]] = Double.POSITIVE_INFINITY;
        }
        seenCount = 0;
    }
}
