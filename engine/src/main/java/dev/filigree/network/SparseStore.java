package dev.filigree.network;

import dev.filigree.kernel.SparseKernels;
import dev.filigree.kernel.TiledMatrix;
import dev.filigree.memory.ArrayGroup;
import dev.filigree.memory.FloatArray;
import dev.filigree.parallel.WorkerPool;
import dev.filigree.topology.LayerTopology;
import org.jspecify.annotations.Nullable;

/**
 * How a sparse layer keeps its connections' weights and moments, and computes its products with them. The
 * weights are updated within the backward sweep, a panel of connections at a time, so gradients are never kept.
 */
abstract sealed class SparseStore implements AutoCloseable permits IncomingStore, TwoWayStore, ExpandedStore {
    /** Gradients of as many connections stay in the L1 cache until they are used. */
    private static final int SMALL_PANEL = 2048;

    final SparseKernels kernels;
    LayerTopology topology;
    final ArrayGroup arrays = new ArrayGroup();
    FloatArray weights;
    final Moments moments;
    private FloatArray[] scratch = {};
    private FloatArray[] panels = {};

    /** A store of zeros. Takes ownership of the topology if it succeeds. */
    SparseStore(LayerTopology topology, SparseKernels kernels) {
        this.kernels = kernels;
        this.topology = topology;
        this.weights = arrays.floats(topology.connections(), "weights");
        this.moments = new Moments(arrays, topology.connections(), "velocity");
    }

    /** The connections in the order in which the store owns their values; not a copy. */
    abstract OwnedConnections owned();

    /** Whether the order of {@link #owned} is that of the output neurons. */
    boolean ownsIncoming() {
        return true;
    }

    /** Replaces the connections by others, in the same order, of which it takes ownership. To be partitioned again. */
    abstract void rewire(OwnedConnections rewired, WorkerPool pool);

    /** Copies the values of another store of the same connections. */
    final void copyFrom(SparseStore other) {
        try (FloatArray incoming = other.copyWeights()) {
            set(incoming);
        }
        FloatArray otherSecond = other.moments.second();
        try (FloatArray first = other.copyOut(other.moments.first());
                FloatArray second = otherSecond == null ? null : other.copyOut(otherSecond)) {
            setMoments(first, second);
        }
    }

    /** Copies moments in incoming order in; second ones are kept if these have any. */
    final void setMoments(FloatArray first, @Nullable FloatArray second) {
        moments.keepSecond(second != null);
        copyIn(first, moments.first());
        FloatArray own = moments.second();
        if (second != null && own != null) {
            copyIn(second, own);
        }
    }

    /** Takes the values of other connections. */
    final void replaceValues(OwnedConnections rewired) {
        arrays.free(weights);
        weights = arrays.add(rewired::weights);
        moments.replace(rewired.velocity(), rewired.secondMoment());
    }

    /** Copies weights in, in incoming order. */
    abstract void set(FloatArray incomingWeights);

    /** Copies values in incoming order to an array of the store's own order. */
    void copyIn(FloatArray incoming, FloatArray owned) {
        owned.copyFrom(incoming);
    }

    /** A copy in incoming order of an array of the store's own order; the caller closes it. */
    FloatArray copyOut(FloatArray owned) {
        return owned.copy();
    }

    /** A copy of the weights in incoming order; the caller closes it. */
    FloatArray copyWeights() {
        return copyOut(weights);
    }

    /** Splits the work among this many workers from now on, for batches of this many tiles of so many samples. */
    abstract void partition(int workers, int tiles, int tileLanes);

    /** Whether {@link #prepareInput} has anything to do. */
    abstract boolean preparesInput();

    /** Brings a share of the input into the layout and format that the products read. */
    abstract void prepareInput(int worker, TiledMatrix x);

    /** Brings a share of the delta into the layout that dense products read. */
    void prepareDelta(int worker, TiledMatrix delta) {
        // Sparse products read tiles.
    }

    /** {@code y = f(W·x + bias)} for a share of the rows. */
    abstract void forward(int worker, FloatArray bias, TiledMatrix x, TiledMatrix y, @Nullable TiledMatrix z, int tiles,
            float slope);

    /**
     * For a share of the connections: computes the weight gradient and moves the weights along it, here or in
     * {@link #update}, and computes {@code Wᵀ·delta} with the weights as they were.
     *
     * @param upstream null in a first layer, which passes no delta on
     */
    abstract void backward(int worker, TiledMatrix x, @Nullable Upstream upstream, TiledMatrix delta, int tiles,
            UpdateStep step);

    /** Moves a share of the weights that {@link #backward} has not moved, after all shares of it. */
    void update(int worker, TiledMatrix x, TiledMatrix delta, UpdateStep step) {
        // The backward sweep has moved them all.
    }

    /** Off-heap bytes of all that is kept. */
    final long bytes() {
        return arrays.bytes() + structureBytes();
    }

    abstract long structureBytes();

    /**
     * Allocates the working memory of each worker of a sparse sweep.
     *
     * @param longest connections of the neuron that has most, in the order of the sweep
     * @param largestShare connections of the worker that has most
     */
    final void allocateScratch(int workers, int tiles, int longest, long largestShare) {
        release(scratch);
        scratch = new FloatArray[0];
        FloatArray[] fresh = new FloatArray[workers];
        for (int worker = 0; worker < workers; worker++) {
            fresh[worker] = arrays.add(() -> kernels.scratch(longest));
        }
        scratch = fresh;
        // Kernels sweep a panel once per tile: few large panels where there are several, lest the tiles drive each other
        // out of the cache.
        long panel = Math.max(longest, tiles == 1 ? SMALL_PANEL : Math.max(SMALL_PANEL, largestShare / 4));
        allocatePanels(workers, Math.min(panel, largestShare));
    }

    /** Allocates memory for the gradients of so many connections for each worker. */
    final void allocatePanels(int workers, long connections) {
        release(panels);
        panels = new FloatArray[0];
        FloatArray[] fresh = new FloatArray[workers];
        for (int worker = 0; worker < workers; worker++) {
            fresh[worker] = arrays.floats(connections, "gradient panel");
        }
        panels = fresh;
    }

    private void release(FloatArray[] old) {
        for (FloatArray array : old) {
            arrays.free(array);
        }
    }

    /** A worker's working memory for kernels. */
    final FloatArray scratch(int worker) {
        return scratch[worker];
    }

    /** A worker's memory for the gradients of one panel. */
    final FloatArray panel(int worker) {
        return panels[worker];
    }

    /** Moves weights, the gradient of the first of which is the first of the array. */
    final void move(FloatArray gradients, long from, long to, UpdateStep step) {
        moments.move(kernels, weights, gradients, from, from, to, step);
    }

    @Override
    public void close() {
        arrays.close();
        topology.close();
    }
}
