package dev.filigree.io.topology;

/**
 * Whether the last row of each weight matrix is the bias of the output neurons instead of an input neuron, as in
 * programs that append a constant 1 to the input of every layer.
 */
public enum BiasRow {
    /**
     * Decide from the shapes: if each matrix from the second on has exactly one row more than the matrix before
     * has columns, all matrices have a bias row; if the numbers are equal, none has. A network of one layer gives no
     * hint and is taken to have none.
     */
    AUTO,
    /** The last row is the bias. */
    PRESENT,
    /** All rows are input neurons. */
    ABSENT
}
