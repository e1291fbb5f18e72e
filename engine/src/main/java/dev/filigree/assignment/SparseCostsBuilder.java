package dev.filigree.assignment;

import dev.filigree.assignment.sparse.PairRowsBuilder;
import java.util.function.IntToLongFunction;

/** Makes sparse costs of their rows, which come in any order and from any number of threads. */
public final class SparseCostsBuilder {
    private final PairRowsBuilder pairs;
    private final double defaultCost;
    private final double unit;

    /**
     * Allocates what is needed.
     *
     * @param capacity bounds the pairs of each row; memory that is not used costs address space alone
     * @throws IllegalArgumentException if so many pairs would be more than the machine's memory
     */
    public SparseCostsBuilder(int rows, int columns, double defaultCost, double unit, IntToLongFunction capacity) {
        pairs = new PairRowsBuilder(rows, columns, capacity);
        this.defaultCost = defaultCost;
        this.unit = unit;
    }

    /** Whether rows are put in order: where they are short on average, they are not. */
    public boolean ordersRows() {
        return pairs.ordersRows();
    }

    /**
     * Sets a row.
     *
     * @param rowPairs the row's pairs, each column once, gains above 0, in the first elements; put in order, fastest
     *        where they nearly are in descending order
     * @param count how many there are
     */
    public void row(int row, long[] rowPairs, int count) {
        pairs.row(row, rowPairs, count);
    }

    /**
     * The costs; the builder is not to be used any more.
     *
     * @param rowSetter sets the rows; if it fails, all memory is freed
     */
    public SparseCosts build(Runnable rowSetter) {
        return new SparseCosts(pairs.build(rowSetter), defaultCost, unit);
    }
}
