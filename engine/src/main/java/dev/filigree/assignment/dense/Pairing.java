package dev.filigree.assignment.dense;

import java.util.Arrays;

/** Which rows and columns are paired so far, and the duals of the columns. */
final class Pairing {
    static final int FREE = -1;

    final int[] columnOfRow;
    final int[] rowOfColumn;

    /** They only fall, except when all is cleared, so reduced costs only rise. */
    final double[] columnDuals;

    private final double[] pairCosts;

    Pairing(int rows, int columns) {
        columnOfRow = new int[rows];
        rowOfColumn = new int[columns];
        pairCosts = new double[rows];
        columnDuals = new double[columns];
        clear(columnDuals);
    }

    /** Parts all pairs and starts from new duals. */
    void clear(double[] newDuals) {
        System.arraycopy(newDuals, 0, columnDuals, 0, columnDuals.length);
        Arrays.fill(columnOfRow, FREE);
        Arrays.fill(rowOfColumn, FREE);
    }

    boolean isFree(int column) {
        return rowOfColumn[column] == FREE;
    }

    /** Pairs a free row with a column; returns the row that had it and is free now, or {@link #FREE}. */
    int pair(int row, int column, double cost) {
        int previous = rowOfColumn[column];
        if (previous != FREE) {
            columnOfRow[previous] = FREE;
        }
        set(row, column, cost);
        return previous;
    }

    void part(int row) {
        rowOfColumn[columnOfRow[row]] = FREE;
        columnOfRow[row] = FREE;
    }

    /** The reduced cost of a paired row's column. */
    double pairReduced(int row) {
        return pairCosts[row] - columnDuals[columnOfRow[row]];
    }

    /**
     * Pairs the rows along an alternating path anew.
     *
     * @param freeRow where the path starts
     * @param end the free column where it ends
     * @param rowBefore the row before each column of the path
     */
    void flip(CostRows rows, int freeRow, int end, int[] rowBefore) {
        int column = end;
        int row;
        do {
            row = rowBefore[column];
            int previous = columnOfRow[row];
            set(row, column, rows.get(row, column));
            column = previous;
        } while (row != freeRow);
    }

    private void set(int row, int column, double cost) {
        columnOfRow[row] = column;
        rowOfColumn[column] = row;
        pairCosts[row] = cost;
    }

    int[] freeRows() {
        int count = 0;
        int[] free = new int[columnOfRow.length];
        for (int i = 0; i < columnOfRow.length; i++) {
            if (columnOfRow[i] == FREE) {
                free[count++] = i;
            }
        }
        return Arrays.copyOf(free, count);
    }
}
