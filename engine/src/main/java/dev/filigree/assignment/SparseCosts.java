package dev.filigree.assignment;

import static dev.filigree.memory.OffHeapMemory.getLong;

import dev.filigree.assignment.sparse.PairRows;
import dev.filigree.parallel.Partition;
import dev.filigree.parallel.WorkerPool;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Costs of which most are the same default, and none is above it: only the pairs below it are stored, off-heap, eight
 * bytes each.
 *
 * <p>A pair is stored by its gain, what it saves against the default, as a whole number of units. So sums and
 * comparisons of stored costs are exact, and a solver of them is never misled by rounding. Where rows are long, their
 * pairs are kept in descending order of their gains, so that few of them need be read.
 *
 * <p>Closed by whoever made it; not to be read after that.
 */
public final class SparseCosts implements CostMatrix, AutoCloseable {
    /** Gains are at most this many units. */
    public static final int LARGEST_GAIN = PairRows.LARGEST_GAIN;

    private final PairRows pairs;
    private final double defaultCost;
    private final double unit;

    SparseCosts(PairRows pairs, double defaultCost, double unit) {
        this.pairs = pairs;
        this.defaultCost = defaultCost;
        this.unit = unit;
    }

    /**
     * Copies costs. They are rounded to a multiple of the unit, {@code 2^-29} of the largest saving: whole numbers that
     * differ by at most {@code 2^29} from the default stay exact.
     *
     * @param columns number of columns
     * @param defaultCost cost of every pair that is not listed; finite
     * @param columnsOfRow for every row, the columns whose costs are listed, each once
     * @param costs for every row, the costs of those columns; finite, none above the default
     * @throws IllegalArgumentException if the arrays are not such costs
     */
    public static SparseCosts of(int columns, double defaultCost, int[][] columnsOfRow, double[][] costs) {
        checkStructure(columns, defaultCost, columnsOfRow, costs);
        double largest = 0;
        boolean whole = defaultCost == Math.rint(defaultCost);
        for (double[] row : costs) {
            for (double cost : row) {
                largest = Math.max(largest, defaultCost - cost);
                whole &= cost == Math.rint(cost);
            }
        }
        double unit = largest == 0 || (whole && largest <= LARGEST_GAIN) ? 1 : largest / LARGEST_GAIN;
        SparseCostsBuilder builder = new SparseCostsBuilder(columnsOfRow.length, columns, defaultCost, unit,
                i -> columnsOfRow[i].length);
        return builder.build(() -> {
            for (int i = 0; i < costs.length; i++) {
                long[] row = new long[costs[i].length];
                int count = 0;
                for (int k = 0; k < row.length; k++) {
                    int gain = (int) Math.rint((defaultCost - costs[i][k]) / unit);
                    if (gain > 0) {
                        row[count++] = pair(gain, columnsOfRow[i][k]);
                    }
                }
                builder.row(i, row, count);
            }
        });
    }

    private static void checkStructure(int columns, double defaultCost, int[][] columnsOfRow, double[][] costs) {
        int rows = columnsOfRow.length;
        if (rows < 1 || columns < 1 || costs.length != rows) {
            throw new IllegalArgumentException(
                    "%d rows of columns, %d rows of costs, %d columns: expected equally many rows, 1 or more, and 1 column or more"
                            .formatted(rows, costs.length, columns));
        }
        if (!Double.isFinite(defaultCost)) {
            throw new IllegalArgumentException("default cost is %s, expected a finite number".formatted(defaultCost));
        }
        for (int i = 0; i < rows; i++) {
            if (columnsOfRow[i].length != costs[i].length) {
                throw new IllegalArgumentException("row %d lists %d columns and %d costs".formatted(i,
                        columnsOfRow[i].length, costs[i].length));
            }
            int[] sorted = columnsOfRow[i].clone();
            Arrays.sort(sorted);
            for (int k = 0; k < sorted.length; k++) {
                if (sorted[k] < 0 || sorted[k] >= columns || (k > 0 && sorted[k] == sorted[k - 1])) {
                    throw new IllegalArgumentException(
                            "row %d lists column %d; expected each of 0 … %d at most once".formatted(i, sorted[k],
                                    columns - 1));
                }
            }
            for (int k = 0; k < costs[i].length; k++) {
                if (!Double.isFinite(costs[i][k]) || costs[i][k] > defaultCost) {
                    throw new IllegalArgumentException(
                            "cost of row %d, column %d is %s, expected a finite number, at most the default of %s"
                                    .formatted(i, columnsOfRow[i][k], costs[i][k], defaultCost));
                }
            }
        }
    }

    /** A stored pair: in descending order, larger gains come first, and of equal ones the lower column. */
    public static long pair(int gain, int column) {
        return PairRows.pair(gain, column);
    }

    @Override
    public int rows() {
        return pairs.rows();
    }

    @Override
    public int columns() {
        return pairs.columns();
    }

    /** Cost of every pair that is not stored. */
    public double defaultCost() {
        return defaultCost;
    }

    /** What a gain of one unit saves. */
    public double unit() {
        return unit;
    }

    /** Number of stored pairs. */
    public long storedPairs() {
        return pairs.pairs();
    }

    /** Off-heap bytes. */
    public long bytes() {
        return pairs.bytes();
    }

    /** For the solvers. */
    PairRows pairRows() {
        return pairs;
    }

    /**
     * What the stored pairs of a row save.
     *
     * @param gains gets {@code defaultCost - cost} of every stored pair, by column; nothing else is changed
     * @param stored gets the columns of the stored pairs
     * @return how many there are
     */
    public int gains(int row, double[] gains, int[] stored) {
        int length = pairs.length(row);
        for (int k = 0; k < length; k++) {
            long pair = getLong(pairs.address(row) + 8L * k);
            stored[k] = PairRows.column(pair);
            gains[stored[k]] = unit * PairRows.gain(pair);
        }
        return length;
    }

    @Override
    public double cost(int row, int column) {
        Objects.checkIndex(row, rows());
        return defaultCost - unit * pairs.gain(row, Objects.checkIndex(column, columns()));
    }

    @Override
    public Assignment certify(Matching matching, double[] columnDuals) {
        int columns = columns();
        if (columnDuals.length != columns) {
            throw new IllegalArgumentException("%d column duals for %d columns".formatted(columnDuals.length, columns));
        }
        // Where rows are more than columns, every column is paired and pays the default.
        double paid = rows() > columns ? defaultCost : 0;
        int[] prices = new int[columns];
        for (int j = 0; j < columns; j++) {
            prices[j] = (int) Math.clamp(Math.rint((paid - columnDuals[j]) / unit), 0, (double) Integer.MAX_VALUE);
        }
        try (WorkerPool alone = new WorkerPool(1)) {
            return certify(matching, prices, alone);
        }
    }

    /** As {@link #certify(Matching, double[])}, with the price of every column in units, 0 or more. */
    Assignment certify(Matching matching, int[] prices, WorkerPool pool) {
        int rows = rows();
        int columns = columns();
        if (matching.rows() != rows || matching.columns() != columns || matching.pairs() != Math.min(rows, columns)) {
            throw new IllegalArgumentException(
                    "a matching of %d pairs in %d×%d for costs of %d×%d: expected as many pairs as the smaller side has members"
                            .formatted(matching.pairs(), matching.rows(), matching.columns(), rows, columns));
        }
        double rowPays = rows > columns ? 0 : defaultCost;
        double columnPays = rows > columns ? defaultCost : 0;
        double[] rowDuals = new double[rows];
        double[] columnDuals = new double[columns];
        AtomicLong gains = new AtomicLong();
        AtomicLong profits = new AtomicLong();
        Partition parts = Partition.even(rows, pool.threads());
        pool.run(worker -> {
            long gained = 0;
            long earned = 0;
            for (int i = parts.from(worker); i < parts.to(worker); i++) {
                int profit = pairs.profit(i, prices);
                rowDuals[i] = rowPays - unit * profit;
                earned += profit;
                int j = matching.column(i);
                gained += j == Matching.NONE ? 0 : pairs.gain(i, j);
            }
            gains.addAndGet(gained);
            profits.addAndGet(earned);
        });
        long sold = 0;
        for (int j = 0; j < columns; j++) {
            columnDuals[j] = columnPays - unit * prices[j];
            sold += prices[j];
        }
        return new Assignment(matching, defaultCost * Math.min(rows, columns) - unit * gains.get(),
                unit * (profits.get() + sold - gains.get()), rowDuals, columnDuals);
    }

    @Override
    public void close() {
        pairs.close();
    }
}
