package dev.filigree.assignment.dense;

import dev.filigree.parallel.Partition;
import dev.filigree.parallel.WorkerPool;

/** Dense costs, row after row, whatever type they are stored in: read as {@code double}, which holds each exactly. */
public abstract sealed class CostRows {
    /** Columns that are transposed together, so that each cache line of the source is read once. */
    private static final int TILE = 16;

    private final int rows;
    private final int columns;

    private CostRows(int rows, int columns) {
        this.rows = rows;
        this.columns = columns;
    }

    /** Number of rows. */
    public final int rows() {
        return rows;
    }

    /** Number of columns. */
    public final int columns() {
        return columns;
    }

    /** One cost. */
    public abstract double get(int row, int column);

    /**
     * The costs of a row: the stored ones, not to be changed, or {@code buffer}, filled with them.
     *
     * @param buffer as long as a row
     */
    public abstract double[] row(int row, double[] buffer);

    /** The least difference that prices need to be told apart by: 1 for integers, which keeps prices integers. */
    double resolution() {
        return Double.MIN_NORMAL;
    }

    /** A copy with rows for columns. */
    public CostRows transposed(WorkerPool pool) {
        double[][] transposed = new double[columns][rows];
        Partition parts = Partition.even(columns, pool.threads());
        pool.run(worker -> {
            for (int j = parts.from(worker); j < parts.to(worker); j += TILE) {
                int end = Math.min(j + TILE, parts.to(worker));
                for (int i = 0; i < rows; i++) {
                    for (int column = j; column < end; column++) {
                        transposed[column][i] = get(i, column);
                    }
                }
            }
        });
        return new Doubles(transposed);
    }

    /** Stored as {@code double}. */
    public static final class Doubles extends CostRows {
        private final double[][] costs;

        /** Wraps rows of equal length. */
        public Doubles(double[][] costs) {
            super(costs.length, costs[0].length);
            this.costs = costs;
        }

        @Override
        public double get(int row, int column) {
            return costs[row][column];
        }

        @Override
        public double[] row(int row, double[] buffer) {
            return costs[row];
        }
    }

    /** Stored as {@code float}. */
    public static final class Floats extends CostRows {
        private final float[][] costs;

        /** Wraps rows of equal length. */
        public Floats(float[][] costs) {
            super(costs.length, costs[0].length);
            this.costs = costs;
        }

        @Override
        public double get(int row, int column) {
            return costs[row][column];
        }

        @Override
        public double[] row(int row, double[] buffer) {
            float[] stored = costs[row];
            for (int j = 0; j < stored.length; j++) {
                buffer[j] = stored[j];
            }
            return buffer;
        }
    }

    /** Stored as {@code int}. */
    public static final class Ints extends CostRows {
        private final int[][] costs;

        /** Wraps rows of equal length. */
        public Ints(int[][] costs) {
            super(costs.length, costs[0].length);
            this.costs = costs;
        }

        @Override
        public double get(int row, int column) {
            return costs[row][column];
        }

        @Override
        public double[] row(int row, double[] buffer) {
            int[] stored = costs[row];
            for (int j = 0; j < stored.length; j++) {
                buffer[j] = stored[j];
            }
            return buffer;
        }

        @Override
        double resolution() {
            return 1;
        }
    }
}
