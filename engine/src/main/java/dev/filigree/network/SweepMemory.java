package dev.filigree.network;

import dev.filigree.kernel.SparseKernels;
import dev.filigree.memory.ArrayGroup;
import dev.filigree.memory.FloatArray;

/**
 * Working memory of the sweeps that compute gradients, which all layers use in turn: every worker has some for the kernels
 * and some for the gradients of some connections.
 */
final class SweepMemory implements AutoCloseable {
    private final SparseKernels kernels;
    private final ArrayGroup arrays = new ArrayGroup();
    private FloatArray[] scratch = {};
    private FloatArray[] gradients = {};
    private long longest = -1;
    private long capacity = -1;

    SweepMemory(SparseKernels kernels) {
        this.kernels = kernels;
    }

    /**
     * Allocates anew what is not enough.
     *
     * @param workers number of workers
     * @param neededLongest connections of the neuron that has most
     * @param neededCapacity connections whose gradients are kept at a time
     */
    void require(int workers, long neededLongest, long neededCapacity) {
        if (scratch.length == workers && longest >= neededLongest && capacity >= neededCapacity) {
            return;
        }
        longest = Math.max(longest, neededLongest);
        capacity = Math.max(capacity, neededCapacity);
        arrays.close();
        scratch = new FloatArray[0];
        gradients = new FloatArray[0];
        FloatArray[] freshScratch = new FloatArray[workers];
        FloatArray[] freshGradients = new FloatArray[workers];
        for (int worker = 0; worker < workers; worker++) {
            freshScratch[worker] = arrays.add(() -> kernels.scratch(longest));
            freshGradients[worker] = arrays.floats(capacity, "gradients of some connections");
        }
        scratch = freshScratch;
        gradients = freshGradients;
    }

    /** A worker's working memory for kernels. */
    FloatArray scratch(int worker) {
        return scratch[worker];
    }

    /** A worker's memory for gradients. */
    FloatArray gradients(int worker) {
        return gradients[worker];
    }

    /** Off-heap bytes. */
    long bytes() {
        return arrays.bytes();
    }

    @Override
    public void close() {
        arrays.close();
    }
}
