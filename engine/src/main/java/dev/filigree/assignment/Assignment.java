package dev.filigree.assignment;

/**
 * A pairing of rows with columns, what it costs, and a proven lower bound of what any pairing costs.
 *
 * <p>The bound is the value of a feasible solution of the dual linear program: numbers {@code u} per row and
 * {@code v} per column with {@code u[i] + v[j] <= cost(i, j)} everywhere. Every pairing uses each row and each
 * column once, so it costs at least {@code sum(u) + sum(v)} (weak duality; Burkard, Dell'Amico and Martello,
 * "Assignment Problems", chapter 4). A pairing that reaches the bound is therefore optimal, whoever found it.
 *
 * @param columns {@code columns.at(i)} is the column paired with row {@code i}
 * @param cost sum of the costs of the pairs
 * @param lowerBound no pairing costs less than this, up to the rounding of the sum: at worst of the order of
 *        {@code size² · 1e-16} times the largest cost
 */
public record Assignment(Permutation columns, double cost, double lowerBound) {
    /**
     * Certifies a pairing from scratch: reads the costs again and trusts nothing the solver computed.
     *
     * <p>Whatever the column duals are, {@code u[i] = min over j of (cost(i, j) - v[j])} makes them feasible, so
     * the bound holds for any {@code columnDuals}; good ones make it tight.
     *
     * @param costs the problem
     * @param columns column of every row
     * @param columnDuals {@code v}, one finite value per column
     * @throws IllegalArgumentException if the sizes differ
     */
    public static Assignment certified(CostMatrix costs, Permutation columns, double[] columnDuals) {
        int size = costs.size();
        if (columns.size() != size || columnDuals.length != size) {
            throw new IllegalArgumentException(
                    "a %d×%d cost matrix with %d paired rows and %d column duals: the sizes must agree".formatted(size,
                            size, columns.size(), columnDuals.length));
        }
        double cost = 0;
        double lowerBound = 0;
        double[] row = new double[size];
        for (int i = 0; i < size; i++) {
            costs.copyRow(i, row);
            double rowDual = Double.POSITIVE_INFINITY;
            for (int j = 0; j < size; j++) {
                rowDual = Math.min(rowDual, row[j] - columnDuals[j]);
            }
            cost += row[columns.at(i)];
            // Row i brings its own dual and that of its column: each column is met once, and equal terms cancel early.
            lowerBound += rowDual + columnDuals[columns.at(i)];
        }
        return new Assignment(columns, cost, lowerBound);
    }

    /** How far the cost may be above the optimum at most, 0 or more, in the unit of the costs. */
    public double gap() {
        return Math.max(0, cost - lowerBound);
    }

    /** Whether the pairing is proven to cost at most {@code tolerance} more than the cheapest one. */
    public boolean isOptimal(double tolerance) {
        return gap() <= tolerance;
    }
}
