package dev.filigree.assignment;

import java.util.Arrays;
import java.util.Objects;

/** A cost matrix in which most pairs have the same default cost and only the others are stored. */
public final class SparseCostMatrix implements CostMatrix {
    private final double defaultCost;
    private final int[][] columns;
    private final double[][] costs;

    /**
     * Wraps the arrays without copying; do not change them while the matrix is in use.
     *
     * @param defaultCost cost of every pair that is not listed; finite
     * @param columns for every row, the strictly ascending columns whose costs are listed
     * @param costs for every row, the finite costs of those columns
     * @throws IllegalArgumentException if the arrays are not such a matrix
     */
    public SparseCostMatrix(double defaultCost, int[][] columns, double[][] costs) {
        checkStructure(columns, costs);
        this.defaultCost = defaultCost;
        this.columns = columns;
        this.costs = costs;
    }

    private static void checkStructure(int[][] columns, double[][] costs) {
        int size = columns.length;
        if (size < 1 || costs.length != size) {
            throw new IllegalArgumentException(
                    "%d rows of columns and %d rows of costs: expected equally many, 1 or more".formatted(size,
                            costs.length));
        }
        for (int i = 0; i < size; i++) {
            if (columns[i].length != costs[i].length) {
                throw new IllegalArgumentException(
                        "row %d lists %d columns and %d costs".formatted(i, columns[i].length, costs[i].length));
            }
            int previous = -1;
            for (int column : columns[i]) {
                if (column <= previous || column >= size) {
                    throw new IllegalArgumentException(
                            "row %d: column %d after %d; expected strictly ascending below %d".formatted(i, column,
                                    previous, size));
                }
                previous = column;
            }
        }
    }

    @Override
    public int size() {
        return columns.length;
    }

    /** Cost of every pair that is not listed. */
    public double defaultCost() {
        return defaultCost;
    }

    /** Number of pairs whose cost is listed. */
    public long listedCosts() {
        return Arrays.stream(columns).mapToLong(row -> row.length).sum();
    }

    @Override
    public double cost(int row, int column) {
        Objects.checkIndex(column, size());
        int k = Arrays.binarySearch(columns[row], column);
        return k < 0 ? defaultCost : costs[row][k];
    }

    @Override
    public void copyRow(int row, double[] target) {
        Arrays.fill(target, 0, size(), defaultCost);
        int[] listed = columns[row];
        double[] values = costs[row];
        for (int k = 0; k < listed.length; k++) {
            target[listed[k]] = values[k];
        }
    }
}
