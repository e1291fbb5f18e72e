package dev.filigree.network;

import dev.filigree.kernel.SparseKernels;
import dev.filigree.memory.ArrayGroup;
import dev.filigree.memory.FloatArray;
import dev.filigree.parallel.TileSplit;

/**
 * Working memory of the sweeps that compute gradients, which all layers use in turn: of the kernels, one per worker, and
 * for the gradients of some connections, one per worker and, where they are summed over tiles, one per tile, twice: what
 * one sweep has found stays while the next one runs.
 */
final class SweepMemory implements AutoCloseable {
    private final SparseKernels kernels;
    private final ArrayGroup arrays = new ArrayGroup();
    private FloatArray[] scratch = {};
    private FloatArray[] gradients = {};
    private FloatArray[] found = {};
    private long longest = -1;
    private long capacity = -1;

    SweepMemory(SparseKernels kernels) {
        this.kernels = kernels;
    }

    /**
     * Allocates anew what is not enough.
     *
     * @param split whose workers sweep
     * @param neededLongest connections of the neuron that has most
     * @param neededCapacity connections whose gradients are kept at a time
     */
    void require(TileSplit split, long neededLongest, long neededCapacity) {
        boolean turns = split.groups() > 1;
        int panels = turns ? Math.max(split.workers(), split.tiles()) : split.workers();
        int foundPanels = turns ? panels : 0;
        if (scratch.length == split.workers() && gradients.length == panels && found.length == foundPanels
                && longest >= neededLongest && capacity >= neededCapacity) {
            return;
        }
        longest = Math.max(longest, neededLongest);
        capacity = Math.max(capacity, neededCapacity);
        arrays.close();
        scratch = new FloatArray[0];
        gradients = new FloatArray[0];
        found = new FloatArray[0];
        FloatArray[] freshScratch = new FloatArray[split.workers()];
        for (int worker = 0; worker < freshScratch.length; worker++) {
            freshScratch[worker] = arrays.add(() -> kernels.scratch(longest));
        }
        FloatArray[] freshGradients = panels(panels);
        FloatArray[] freshFound = panels(foundPanels);
        scratch = freshScratch;
        gradients = freshGradients;
        found = freshFound;
    }

    private FloatArray[] panels(int count) {
        FloatArray[] fresh = new FloatArray[count];
        for (int panel = 0; panel < count; panel++) {
            fresh[panel] = arrays.floats(capacity, "gradients of some connections");
        }
        return fresh;
    }

    /** After a sweep whose gradients are yet to be summed over tiles: the next one gets other memory. */
    void turn() {
        FloatArray[] swept = gradients;
        gradients = found;
        found = swept;
    }

    /** A worker's working memory for kernels. */
    FloatArray scratch(int worker) {
        return scratch[worker];
    }

    /** Memory for the gradients that a sweep finds, of a worker or a tile. */
    FloatArray gradients(int panel) {
        return gradients[panel];
    }

    /** The gradients of a tile that the sweep before the last {@link #turn} has found. */
    FloatArray found(int tile) {
        return found[tile];
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
