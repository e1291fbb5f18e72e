package dev.filigree.network;

import dev.filigree.dense.DenseBackend;
import dev.filigree.kernel.SparseKernels;

/**
 * What a training step of one connection costs, in units of one dense product's cost per connection, all of them
 * proportional to the batch. {@code filigree bench} measures the break-even density of a machine.
 *
 * @param forward a sparse forward product
 * @param backward a sparse backward sweep with its update
 * @param gradient a first layer's sparse gradient with its update
 * @param blocked both sweeps over blocks, with the update
 * @param denseUpdate what a dense step takes beside its products
 */
record CostModel(double forward, double backward, double gradient, double blocked, double denseUpdate) {
    /** The Vector API against OpenBLAS. */
    private static final CostModel VECTOR_AND_NATIVE = new CostModel(2.2, 5.0, 3.6, 4.8, 0.2);

    /** The scalar reference against OpenBLAS. */
    private static final CostModel SCALAR_AND_NATIVE = new CostModel(60, 120, 60, 180, 0.2);

    /** Plain Java's dense product is no faster than the sparse one, whatever the kernels. */
    private static final CostModel JAVA = new CostModel(0.5, 1, 1, 1.5, 0);

    /** Below so many outputs or inputs a dense product is slower than what it is for large layers. */
    static final int NARROW = 32;

    static CostModel of(SparseKernels kernels, DenseBackend backend) {
        if (backend.priority() == 0) {
            return JAVA;
        }
        return kernels.name().equals("scalar") ? SCALAR_AND_NATIVE : VECTOR_AND_NATIVE;
    }

    /**
     * The density above which a layer is faster on dense products; above 1 where it never is.
     *
     * @param blocks whether its sparse products run over blocks, which a first layer's never do
     */
    double breakEven(int inputs, int outputs, boolean first, boolean blocks) {
        if (Math.min(inputs, outputs) <= NARROW) {
            return Double.POSITIVE_INFINITY;
        }
        double dense = (first ? 2 : 3) + denseUpdate;
        return dense / (blocks ? blocked : forward + (first ? gradient : backward));
    }
}
