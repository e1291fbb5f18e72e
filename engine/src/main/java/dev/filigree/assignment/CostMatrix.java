package dev.filigree.assignment;

/**
 * The costs of pairing each row with each column, read only and safe to read from several threads at once.
 *
 * <p>As many pairs are made as the smaller side allows; the rest of the larger side is left over at no cost. Costs are
 * finite and of any sign.
 */
public interface CostMatrix {
    /** Number of rows, 1 or more. */
    int rows();

    /** Number of columns, 1 or more. */
    int columns();

    /**
     * Cost of pairing a row with a column.
     *
     * @throws IndexOutOfBoundsException if there is no such row or column
     */
    double cost(int row, int column);

    /**
     * Certifies a complete matching from scratch: reads the costs again and trusts nothing that a solver computed.
     *
     * <p>Whatever the duals of the columns are, {@code u(i) = min over j of (cost(i, j) - v(j))} makes those of the rows
     * feasible, so the bound holds for any of them; good ones make it tight.
     *
     * @param matching with as many pairs as the smaller side has members
     * @param columnDuals {@code v}, one finite value per column. Where columns are more than rows, those above 0 are lowered
     *        to 0; where rows are more, those of rows are. The bound is tight only if what is left over has dual 0.
     * @throws IllegalArgumentException if the sizes differ or the matching is not complete
     */
    Assignment certify(Matching matching, double[] columnDuals);
}
