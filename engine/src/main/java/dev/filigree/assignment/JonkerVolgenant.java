package dev.filigree.assignment;

import java.util.Arrays;

/**
 * Exact solver for dense problems: shortest augmenting paths after a three-step initialization that usually pairs
 * all but a few rows. Takes O(n³) time at worst and O(n) memory beside the costs.
 *
 * <p>Of several cheapest pairings it tends to find one that pairs rows and columns in ascending order: among equally
 * good columns a row prefers the free one of lowest index.
 *
 * <p>Source: R. Jonker and A. Volgenant, "A Shortest Augmenting Path Algorithm for Dense and Sparse Linear
 * Assignment Problems", Computing 38 (1987).
 */
public final class JonkerVolgenant implements AssignmentSolver {
    @Override
    public Assignment solve(CostMatrix costs) {
        return new Search(costs).run();
    }

    /**
     * The state of one solve. Every paired row keeps its pair among the columns of least reduced cost
     * {@code cost(i, j) - columnDuals[j]}; a complete pairing with that property is optimal.
     */
    private static final class Search {
        private static final int FREE = -1;

        private final CostMatrix costs;
        private final int size;
        private final int[] columnOfRow;
        private final int[] rowOfColumn;
        private final double[] columnDuals;
        private final double[] row;
        private int[] freeRows;
        private int freeRowCount;

        // Of the shortest path search: the path length to each column and the row before it; the columns ordered as
        // settled, then at the current least length, then farther away.
        private final double[] pathLength;
        private final int[] rowBefore;
        private final int[] searchOrder;

        Search(CostMatrix costs) {
            this.costs = costs;
            size = costs.size();
            columnOfRow = new int[size];
            rowOfColumn = new int[size];
            columnDuals = new double[size];
            row = new double[size];
            freeRows = new int[size];
            pathLength = new double[size];
            rowBefore = new int[size];
            searchOrder = new int[size];
            Arrays.fill(columnOfRow, FREE);
            Arrays.fill(rowOfColumn, FREE);
        }

        Assignment run() {
            reduceColumns();
            reduceRows();
            reduceRows();
            for (int k = 0; k < freeRowCount; k++) {
                pairByShortestPath(freeRows[k]);
            }
            return Assignment.certified(costs, Permutation.of(columnOfRow), columnDuals);
        }

        /** Makes each column's least cost its dual and pairs it with a row that has this cost, where one is free. */
        private void reduceColumns() {
            Arrays.fill(columnDuals, Double.POSITIVE_INFINITY);
            int[] cheapestRow = new int[size];
            for (int i = 0; i < size; i++) {
                costs.copyRow(i, row);
                for (int j = 0; j < size; j++) {
                    if (!Double.isFinite(row[j])) {
                        throw new IllegalArgumentException(
                                "cost of row %d, column %d is %s, expected a finite number".formatted(i, j, row[j]));
                    }
                    if (row[j] < columnDuals[j]) {
                        columnDuals[j] = row[j];
                        cheapestRow[j] = i;
                    }
                }
            }
            int[] columnsWon = new int[size];
            for (int j = 0; j < size; j++) {
                int i = cheapestRow[j];
                if (columnsWon[i]++ == 0) {
                    pair(i, j);
                }
            }
            for (int i = 0; i < size; i++) {
                if (columnsWon[i] == 0) {
                    freeRows[freeRowCount++] = i;
                } else if (columnsWon[i] == 1 && size > 1) {
                    transferReduction(i);
                }
            }
        }

        /** Lowers the dual of the row's column as far as the row stays with it, which opens the column to others. */
        private void transferReduction(int i) {
            int paired = columnOfRow[i];
            costs.copyRow(i, row);
            double secondLeast = Double.POSITIVE_INFINITY;
            for (int j = 0; j < size; j++) {
                if (j != paired) {
                    secondLeast = Math.min(secondLeast, row[j] - columnDuals[j]);
                }
            }
            columnDuals[paired] -= secondLeast - (row[paired] - columnDuals[paired]);
        }

        /**
         * Augmenting row reduction: every free row takes its best column, lowering the column's dual until the second
         * best is as good, and the row it drives out tries at once in turn.
         */
        private void reduceRows() {
            int[] stillFree = new int[size];
            int stillFreeCount = 0;
            int next = 0;
            // Rows with nearly equal costs can outbid each other in tiny steps; the path search ends such a war sooner.
            long bidsLeft = 8L * size;
            while (next < freeRowCount) {
                int i = freeRows[next++];
                costs.copyRow(i, row);
                double least = Double.POSITIVE_INFINITY;
                double secondLeast = Double.POSITIVE_INFINITY;
                int best = 0;
                int secondBest = 0;
                for (int j = 0; j < size; j++) {
                    double reduced = row[j] - columnDuals[j];
                    boolean tiesAndIsFree = reduced == least && rowOfColumn[j] == FREE && rowOfColumn[best] != FREE;
                    if (reduced < least || tiesAndIsFree) {
                        secondLeast = least;
                        secondBest = best;
                        least = reduced;
                        best = j;
                    } else if (reduced < secondLeast) {
                        secondLeast = reduced;
                        secondBest = j;
                    }
                }
                double lowered = columnDuals[best] - (secondLeast - least);
                boolean lowers = lowered < columnDuals[best];
                if (lowers) {
                    columnDuals[best] = lowered;
                } else if (rowOfColumn[best] != FREE) {
                    best = secondBest;
                }
                int drivenOut = rowOfColumn[best];
                pair(i, best);
                if (drivenOut != FREE) {
                    columnOfRow[drivenOut] = FREE;
                    if (lowers && --bidsLeft > 0) {
                        freeRows[--next] = drivenOut;
                    } else {
                        stillFree[stillFreeCount++] = drivenOut;
                    }
                }
            }
            freeRows = stillFree;
            freeRowCount = stillFreeCount;
        }

        /** Pairs one more row along the alternating path of least reduced cost to any free column (Dijkstra). */
        private void pairByShortestPath(int freeRow) {
            costs.copyRow(freeRow, row);
            for (int j = 0; j < size; j++) {
                pathLength[j] = row[j] - columnDuals[j];
                rowBefore[j] = freeRow;
                searchOrder[j] = j;
            }
            int settled = 0;
            int nearest = 0;
            int settledBelowLeast = 0;
            double least = 0;
            int end = FREE;
            while (end == FREE) {
                if (settled == nearest) {
                    settledBelowLeast = settled;
                    nearest = gatherNearest(settled);
                    least = pathLength[searchOrder[settled]];
                    end = firstFreeColumn(settled, nearest);
                    if (end != FREE) {
                        break;
                    }
                }
                int column = searchOrder[settled++];
                int i = rowOfColumn[column];
                costs.copyRow(i, row);
                double offset = row[column] - columnDuals[column] - least;
                for (int k = nearest; k < size; k++) {
                    int j = searchOrder[k];
                    // Rounding must not make a path shorter than the paths already settled.
                    double length = Math.max(least, row[j] - columnDuals[j] - offset);
                    if (length < pathLength[j]) {
                        pathLength[j] = length;
                        rowBefore[j] = i;
                        if (length == least) {
                            if (rowOfColumn[j] == FREE) {
                                end = j;
                                break;
                            }
                            searchOrder[k] = searchOrder[nearest];
                            searchOrder[nearest++] = j;
                        }
                    }
                }
            }
            for (int k = 0; k < settledBelowLeast; k++) {
                int j = searchOrder[k];
                columnDuals[j] += pathLength[j] - least;
            }
            flipPath(freeRow, end);
        }

        /** Moves the columns of least path length to the front of those not yet settled; returns where they end. */
        private int gatherNearest(int settled) {
            int nearest = settled;
            double least = Double.POSITIVE_INFINITY;
            for (int k = settled; k < size; k++) {
                int j = searchOrder[k];
                if (pathLength[j] <= least) {
                    if (pathLength[j] < least) {
                        least = pathLength[j];
                        nearest = settled;
                    }
                    searchOrder[k] = searchOrder[nearest];
                    searchOrder[nearest++] = j;
                }
            }
            return nearest;
        }

        private int firstFreeColumn(int from, int to) {
            for (int k = from; k < to; k++) {
                if (rowOfColumn[searchOrder[k]] == FREE) {
                    return searchOrder[k];
                }
            }
            return FREE;
        }

        private void flipPath(int freeRow, int end) {
            int column = end;
            int i;
            do {
                i = rowBefore[column];
                int previous = columnOfRow[i];
                pair(i, column);
                column = previous;
            } while (i != freeRow);
        }

        private void pair(int i, int j) {
            columnOfRow[i] = j;
            rowOfColumn[j] = i;
        }
    }
}
