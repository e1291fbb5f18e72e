package dev.filigree.assignment;

import java.util.Objects;

/** A cost matrix that stores every element, row after row. */
public final class DenseCostMatrix implements CostMatrix {
    private final int size;
    private final double[] costs;

    /**
     * Wraps {@code costs} without copying; do not change them while the matrix is in use.
     *
     * @param size number of rows and of columns, 1 … 46340
     * @param costs {@code size · size} finite values in row-major order
     * @throws IllegalArgumentException if the length does not fit the size
     */
    public DenseCostMatrix(int size, double[] costs) {
        if (size < 1 || costs.length != (long) size * size) {
            throw new IllegalArgumentException(
                    "%d costs for a %d×%d matrix: expected a square matrix of size 1 or more".formatted(costs.length,
                            size, size));
        }
        this.size = size;
        this.costs = costs;
    }

    /**
     * Copies the rows of a square matrix.
     *
     * @throws IllegalArgumentException if {@code rows} is empty or not square; for a rectangular problem, add
     *         rows or columns of the cost that being left over has
     */
    public static DenseCostMatrix of(double[]... rows) {
        double[] costs = new double[Math.multiplyExact(rows.length, rows.length)];
        for (int i = 0; i < rows.length; i++) {
            if (rows[i].length != rows.length) {
                throw new IllegalArgumentException(
                        "row %d has %d costs in a matrix of %d rows: expected a square matrix"
                                .formatted(i, rows[i].length, rows.length));
            }
            System.arraycopy(rows[i], 0, costs, i * rows.length, rows.length);
        }
        return new DenseCostMatrix(rows.length, costs);
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public double cost(int row, int column) {
        return costs[Objects.checkIndex(row, size) * size + Objects.checkIndex(column, size)];
    }

    @Override
    public void copyRow(int row, double[] target) {
        System.arraycopy(costs, Objects.checkIndex(row, size) * size, target, 0, size);
    }
}
