package dev.filigree.assignment;

/**
 * The costs of pairing each row with each column, read only. Safe to read from several threads at once.
 *
 * <p>Solvers read whole rows, so a matrix need not store every element.
 */
public interface CostMatrix {
    /** Number of rows, which is also the number of columns; 1 or more. */
    int size();

    /**
     * Cost of pairing {@code row} with {@code column}; finite, of any sign.
     *
     * @throws IndexOutOfBoundsException if either index is outside {@code [0, size())}
     */
    double cost(int row, int column);

    /**
     * Writes the costs of {@code row} to the first {@code size()} elements of {@code target}.
     *
     * @throws IndexOutOfBoundsException if there is no such row or {@code target} is too short
     */
    void copyRow(int row, double[] target);
}
