package dev.filigree.assignment;

/**
 * A matching of rows with columns, what it costs, and a proof of how far that is from the least cost.
 *
 * <p>The proof is a feasible solution of the dual linear program: numbers {@code u} per row and {@code v} per column with
 * {@code u(i) + v(j) <= cost(i, j)} everywhere, none above 0 on the larger side. Any complete matching costs at least
 * {@code sum(u) + sum(v)} (weak duality; Burkard, Dell'Amico and Martello, "Assignment Problems", chapter 4). The
 * {@link #gap} is the slack in that inequality: {@code cost(i, j) - u(i) - v(j)} over the pairs and
 * {@code -u(i)}, {@code -v(j)} over what is left over. Every term is 0 or more, so it is exact where its terms are, and an
 * optimum of integers has a gap of exactly 0.
 */
public final class Assignment {
    private final Matching matching;
    private final double cost;
    private final double gap;
    private final double[] rowDuals;
    private final double[] columnDuals;

    /** For implementations of {@link CostMatrix#certify}, which own the arrays no longer. */
    Assignment(Matching matching, double cost, double gap, double[] rowDuals, double[] columnDuals) {
        this.matching = matching;
        this.cost = cost;
        this.gap = gap;
        this.rowDuals = rowDuals;
        this.columnDuals = columnDuals;
    }

    /** Who is paired with whom. */
    public Matching matching() {
        return matching;
    }

    /** Sum of the costs of the pairs. */
    public double cost() {
        return cost;
    }

    /** How far the cost may be above the least one at most: 0 or more, in the unit of the costs. */
    public double gap() {
        return gap;
    }

    /** No matching costs less than this, up to the rounding of the sums. */
    public double lowerBound() {
        return cost - gap;
    }

    /** {@code u}: the dual of a row. */
    public double rowDual(int row) {
        return rowDuals[row];
    }

    /** {@code v}: the dual of a column. */
    public double columnDual(int column) {
        return columnDuals[column];
    }

    /** Whether the matching is proven to cost at most {@code tolerance} more than the cheapest one. */
    public boolean isOptimal(double tolerance) {
        return gap <= tolerance;
    }
}
