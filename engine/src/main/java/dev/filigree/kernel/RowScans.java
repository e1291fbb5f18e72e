package dev.filigree.kernel;

import dev.filigree.kernel.scalar.ScalarRowScans;
import dev.filigree.kernel.vector.VectorRowScans;

/**
 * Searches in one row of assignment costs. Costs count less the dual of their column: {@code costs[j] - duals[j]}, the
 * reduced costs. Both arrays have one finite element per column; nothing is checked.
 */
public interface RowScans {
    /** The fastest provider this JVM can run, by the choice of {@link VectorApi}. */
    static RowScans best() {
        return VectorApi.isChosen() ? new VectorRowScans() : new ScalarRowScans();
    }

    /** Number of groups of {@link #groupMinima}. */
    int groups();

    /**
     * The least reduced cost of every group of columns, where the group of a column is its index modulo
     * {@link #groups}. The k-th least of them is at least the k-th least of the row: good limits for {@link #select}.
     *
     * @param minima one per group, infinite for a group without columns; overwritten
     */
    void groupMinima(double[] costs, double[] duals, double[] minima);

    /**
     * The columns whose reduced cost is at most {@code limit}, in ascending order.
     *
     * @param columns where to put them, as long as the row
     * @param reduced where to put their reduced costs, as long as the row
     * @return how many there are
     */
    int select(double[] costs, double[] duals, double limit, int[] columns, double[] reduced);

    /**
     * One step of a search for shortest paths over all columns: a path through the row to a column has the length
     * {@code offset + reduced cost}, at least {@code floor}; where this is less than the column's length so far, it
     * becomes the length and the row becomes the one before the column.
     *
     * @param row number of the row
     * @param lengths of the columns, changed
     * @param before the row before each column, changed
     * @param closed per column 0, or infinity where it is not looked for any more
     * @param taken per column 0, or infinity where it is not free
     * @param nearest result: the least length of the columns not closed, the first column that has it, and the least
     *        length of the free columns
     */
    void relax(double[] costs, double[] duals, double offset, double floor, int row, double[] lengths,
            double[] before, double[] closed, double[] taken, double[] nearest);
}
