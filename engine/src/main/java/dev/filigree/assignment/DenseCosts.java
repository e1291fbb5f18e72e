package dev.filigree.assignment;

import dev.filigree.assignment.dense.CostRows;
import dev.filigree.kernel.RowScans;
import dev.filigree.parallel.Partition;
import dev.filigree.parallel.WorkerPool;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.IntFunction;

/**
 * Costs of which every one is stored, row after row, as {@code double}, {@code float} or {@code int}. All arithmetic is
 * in {@code double}, which is exact for integers up to 2<sup>53</sup> in magnitude.
 *
 * <p>The arrays given are wrapped, not copied: do not change them while the matrix is in use.
 */
public final class DenseCosts implements CostMatrix {
    /** A cost as a function of row and column. */
    @FunctionalInterface
    public interface Cost {
        /** The cost of pairing the row with the column. */
        double of(int row, int column);
    }

    private final CostRows costs;

    private DenseCosts(CostRows costs) {
        this.costs = costs;
    }

    /**
     * A square matrix.
     *
     * @param rows one or more rows of as many finite costs
     * @throws IllegalArgumentException if the matrix is empty or not square, or a cost is infinite or not a number
     */
    public static DenseCosts of(double[][] rows) {
        return square(rectangular(rows));
    }

    /** As {@link #of(double[][])}, in half the memory. */
    public static DenseCosts of(float[][] rows) {
        return square(rectangular(rows));
    }

    /** As {@link #of(double[][])}, in half the memory; integers are solved exactly. */
    public static DenseCosts of(int[][] rows) {
        return square(rectangular(rows));
    }

    /**
     * A matrix with any number of rows and of columns; the surplus of the larger side will be left over.
     *
     * @param rows one or more rows of equally many finite costs, 1 or more
     * @throws IllegalArgumentException if the rows are of different lengths or empty, or a cost is infinite or not a
     *         number
     */
    public static DenseCosts rectangular(double[][] rows) {
        checkLengths(rows.length, i -> rows[i].length);
        for (int i = 0; i < rows.length; i++) {
            double[] row = rows[i];
            for (int j = 0; j < row.length; j++) {
                checkFinite(i, j, row[j]);
            }
        }
        return new DenseCosts(new CostRows.Doubles(rows));
    }

    /** As {@link #rectangular(double[][])}, in half the memory. */
    public static DenseCosts rectangular(float[][] rows) {
        checkLengths(rows.length, i -> rows[i].length);
        for (int i = 0; i < rows.length; i++) {
            float[] row = rows[i];
            for (int j = 0; j < row.length; j++) {
                checkFinite(i, j, row[j]);
            }
        }
        return new DenseCosts(new CostRows.Floats(rows));
    }

    /** As {@link #rectangular(double[][])}, in half the memory; integers are solved exactly. */
    public static DenseCosts rectangular(int[][] rows) {
        checkLengths(rows.length, i -> rows[i].length);
        return new DenseCosts(new CostRows.Ints(rows));
    }

    /**
     * A matrix with any number of rows and of columns, computed row by row and stored as {@code double}.
     *
     * @param rows number of rows, 1 or more
     * @param columns number of columns, 1 or more
     * @throws IllegalArgumentException if a number is below 1, the matrix takes more memory than Java may use, or a cost
     *         is infinite or not a number
     */
    public static DenseCosts computed(int rows, int columns, Cost cost) {
        checkLengths(rows, i -> columns);
        HeapSpace.require("%,d×%,d costs".formatted(rows, columns), 8L * rows * columns);
        double[][] costs = new double[rows][columns];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                costs[i][j] = cost.of(i, j);
            }
        }
        return rectangular(costs);
    }

    private static DenseCosts square(DenseCosts matrix) {
        if (matrix.rows() != matrix.columns()) {
            throw new IllegalArgumentException(
                    "%d rows of %d costs: expected a square matrix; DenseCosts.rectangular allows any other and leaves the "
                            .formatted(matrix.rows(), matrix.columns()) + "surplus over");
        }
        return matrix;
    }

    private static void checkLengths(int rows, IntFunction<Integer> length) {
        if (rows < 1 || length.apply(0) < 1) {
            throw new IllegalArgumentException(
                    "%d rows of %d costs: expected 1 or more of each".formatted(rows, rows < 1 ? 0 : length.apply(0)));
        }
        for (int i = 1; i < rows; i++) {
            if (!length.apply(i).equals(length.apply(0))) {
                throw new IllegalArgumentException(
                        "row %d has %d costs, row 0 has %d: expected equally many".formatted(i,
                                length.apply(i), length.apply(0)));
            }
        }
    }

    private static void checkFinite(int row, int column, double cost) {
        if (!Double.isFinite(cost)) {
            throw new IllegalArgumentException(
                    "cost of row %d, column %d is %s, expected a finite number".formatted(row, column, cost));
        }
    }

    @Override
    public int rows() {
        return costs.rows();
    }

    @Override
    public int columns() {
        return costs.columns();
    }

    @Override
    public double cost(int row, int column) {
        return costs.get(Objects.checkIndex(row, rows()), Objects.checkIndex(column, columns()));
    }

    /** For the solver. */
    CostRows costRows() {
        return costs;
    }

    @Override
    public Assignment certify(Matching matching, double[] columnDuals) {
        try (WorkerPool alone = new WorkerPool(1)) {
            return certify(matching, columnDuals, alone);
        }
    }

    Assignment certify(Matching matching, double[] columnDuals, WorkerPool pool) {
        if (matching.rows() != rows() || matching.columns() != columns() || columnDuals.length != columns()) {
            throw new IllegalArgumentException(
                    "a matching of %d×%d and %d column duals for %d×%d costs: expected the sizes to agree".formatted(
                            matching.rows(), matching.columns(), columnDuals.length, rows(), columns()));
        }
        if (matching.pairs() != Math.min(rows(), columns())) {
            throw new IllegalArgumentException("a matching of %d pairs for %d×%d costs: expected %d pairs"
                    .formatted(matching.pairs(), rows(), columns(), Math.min(rows(), columns())));
        }
        double[] v = feasible(columnDuals);
        double[] u = rowDuals(v, pool);
        double cost = 0;
        double gap = 0;
        for (int i = 0; i < rows(); i++) {
            int j = matching.column(i);
            if (j == Matching.NONE) {
                gap -= u[i];
            } else {
                double paired = costs.get(i, j);
                cost += paired;
                gap += paired - v[j] - u[i];
            }
        }
        if (columns() > rows()) {
            Matching inverse = matching.inverse();
            for (int j = 0; j < columns(); j++) {
                gap -= inverse.column(j) == Matching.NONE ? v[j] : 0;
            }
        }
        return new Assignment(matching, cost, gap, u, v);
    }

    private double[] feasible(double[] columnDuals) {
        double[] v = columnDuals.clone();
        for (int j = 0; j < v.length; j++) {
            if (!Double.isFinite(v[j])) {
                throw new IllegalArgumentException(
                        "dual of column %d is %s, expected a finite number".formatted(j, v[j]));
            }
            if (columns() > rows()) {
                v[j] = Math.min(0, v[j]);
            }
        }
        return v;
    }

    private double[] rowDuals(double[] v, WorkerPool pool) {
        double[] u = new double[rows()];
        double highest = rows() > columns() ? 0 : Double.POSITIVE_INFINITY;
        RowScans scans = RowScans.best();
        Partition parts = Partition.even(rows(), pool.threads());
        pool.run(worker -> {
            double[] buffer = new double[columns()];
            double[] minima = new double[scans.groups()];
            for (int i = parts.from(worker); i < parts.to(worker); i++) {
                scans.groupMinima(costs.row(i, buffer), v, minima);
                u[i] = Math.min(highest, Arrays.stream(minima).min().orElseThrow());
            }
        });
        return u;
    }
}
