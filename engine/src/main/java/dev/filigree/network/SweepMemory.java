package dev.filigree.network;

import dev.filigree.kernel.SparseKernels;
import dev.filigree.memory.ArrayGroup;
import dev.filigree.memory.FloatArray;

/**
 * Working memory of the sweeps that compute gradients, which all layers use in turn: of the kernels, one per worker, and
 * for the gradients of some connections, one per worker or per tile.
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
     * @param workers number of kernels' memories
     * @param panels number of gradients' memories
     * @param neededLongest connections of the neuron that has most
     * @param neededCapacity connections whose gradients are kept at a time
     */
    void require(int workers, int panels, long neededLongest, long neededCapacity) {
        if (scratch.length == workers && gradients.length == panels && longest >= neededLongest
                && capacity >= neededCapacity) {
            return;
        }
        longest = Math.max(longest, neededLongest);
        capacity = Math.max(capacity, neededCapacity);
        arrays.close();
        scratch = new FloatArray[0];
        gradients = new FloatArray[0];
        FloatArray[] freshScratch = new FloatArray[workers];
        for (int worker = 0; worker < workers; worker++) {
            freshScratch[worker] = arrays.add(() -> kernels.scratch(longest));
        }
        FloatArray[] freshGradients = new FloatArray[panels];
        for (int panel = 0; panel < panels; panel++) {
            freshGradients[panel] = arrays.floats(capacity, "gradients of some connections");
        }
        scratch = freshScratch;
        gradients = freshGradients;
    }

    /** A worker's working memory for kernels. */
    FloatArray scratch(int worker) {
        return scratch[worker];
    }

    /** Memory for gradients, of a worker or a tile. */
    FloatArray gradients(int panel) {
        return gradients[panel];
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
