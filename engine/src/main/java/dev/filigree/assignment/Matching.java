package dev.filigree.assignment;

import java.util.Arrays;

/**
 * Pairs of rows and columns in which each row and each column appears at most once. Immutable.
 *
 * <p>Also the map it describes: from the neurons of one network to those of another that stand for them.
 */
public final class Matching {
    /** Stands for the column of a row that is paired with none, and the other way round. */
    public static final int NONE = -1;

    private final int[] columnOfRow;
    private final int columns;

    private Matching(int[] columnOfRow, int columns) {
        this.columnOfRow = columnOfRow;
        this.columns = columns;
    }

    /**
     * Copies a matching.
     *
     * @param columnOfRow the column of each row, or {@link #NONE}
     * @param columns number of columns
     * @throws IllegalArgumentException if a column is outside {@code [0, columns)} or appears twice
     */
    public static Matching of(int[] columnOfRow, int columns) {
        boolean[] taken = new boolean[columns];
        for (int i = 0; i < columnOfRow.length; i++) {
            int column = columnOfRow[i];
            if (column == NONE) {
                continue;
            }
            if (column < 0 || column >= columns || taken[column]) {
                throw new IllegalArgumentException(
                        "not a matching: row %d has column %d, expected each of 0 … %d at most once, or %d for none"
                                .formatted(i, column, columns - 1, NONE));
            }
            taken[column] = true;
        }
        return new Matching(columnOfRow.clone(), columns);
    }

    /** Pairs each of {@code 0 … size - 1} with itself. */
    public static Matching identity(int size) {
        int[] columnOfRow = new int[size];
        Arrays.setAll(columnOfRow, i -> i);
        return new Matching(columnOfRow, size);
    }

    /** Number of rows. */
    public int rows() {
        return columnOfRow.length;
    }

    /** Number of columns. */
    public int columns() {
        return columns;
    }

    /** The column paired with a row, or {@link #NONE}. */
    public int column(int row) {
        return columnOfRow[row];
    }

    /** Number of pairs. */
    public int pairs() {
        int pairs = 0;
        for (int column : columnOfRow) {
            if (column != NONE) {
                pairs++;
            }
        }
        return pairs;
    }

    /** The same pairs, rows for columns. */
    public Matching inverse() {
        int[] rowOfColumn = new int[columns];
        Arrays.fill(rowOfColumn, NONE);
        for (int i = 0; i < columnOfRow.length; i++) {
            if (columnOfRow[i] != NONE) {
                rowOfColumn[columnOfRow[i]] = i;
            }
        }
        return new Matching(rowOfColumn, columnOfRow.length);
    }

    /** A copy of all columns, in the order of the rows; {@link #NONE} where a row has none. */
    public int[] toArray() {
        return columnOfRow.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Matching that && columns == that.columns
                && Arrays.equals(columnOfRow, that.columnOfRow);
    }

    @Override
    public int hashCode() {
        return 31 * columns + Arrays.hashCode(columnOfRow);
    }

    @Override
    public String toString() {
        return Arrays.toString(columnOfRow);
    }
}
