package dev.filigree.network;

import dev.filigree.kernel.SparseKernels;
import dev.filigree.kernel.TiledMatrix;
import dev.filigree.memory.ArrayGroup;
import dev.filigree.memory.FloatArray;
import dev.filigree.parallel.TileSplit;
import dev.filigree.parallel.WorkerPool;
import dev.filigree.topology.LayerTopology;
import org.jspecify.annotations.Nullable;

/**
 * How a sparse layer keeps its connections' weights and moments, and computes its products with them. The
 * weights move with the backward sweep, some connections at a time, so gradients are never kept.
 */
abstract sealed class SparseStore implements AutoCloseable
        permits IncomingStore, TwoWayStore, BlockedStore, FullStore {
    final SparseKernels kernels;
    LayerTopology topology;
    final ArrayGroup arrays = new ArrayGroup();
    FloatArray weights;
    final Moments moments;

    /** Copies of the values, for evolution. */
    private final ArrayGroup lent = new ArrayGroup();

    /** A store of zeros, one per connection. Takes ownership of the topology if it succeeds. */
    SparseStore(LayerTopology topology, SparseKernels kernels) {
        this(topology, topology.connections(), kernels);
    }

    /** A store of so many zeros. Takes ownership of the topology if it succeeds. */
    SparseStore(LayerTopology topology, long values, SparseKernels kernels) {
        this.kernels = kernels;
        this.topology = topology;
        this.weights = arrays.floats(values, "weights");
        this.moments = new Moments(arrays, values, "velocity");
    }

    /** How products are computed. */
    abstract Products products();

    /**
     * The connections with their values, grouped by one side; the store's until it is rewired. Not a copy, but where values
     * are owned in an order that no evolution could work in.
     *
     * @param pool does the work
     */
    abstract OwnedConnections owned(WorkerPool pool);

    /** Whether the order of {@link #owned} is that of the output neurons. */
    boolean ownsIncoming() {
        return true;
    }

    /** Replaces the connections by others, in the same order, of which it takes ownership. To be partitioned again. */
    abstract void rewire(OwnedConnections rewired, WorkerPool pool);

    /**
     * Connections in incoming order with copies of their values, until the next call or {@link #takeBack}.
     *
     * @param pool does the work
     */
    final OwnedConnections lend(WorkerPool pool) {
        takeBack();
        FloatArray second = moments.second();
        return new OwnedConnections(topology.outputs(), topology.inputs(), topology.rowStarts(), topology.sources(),
                lent.add(() -> copyOut(weights, pool)), lent.add(() -> copyOut(moments.first(), pool)),
                second == null ? null : lent.add(() -> copyOut(second, pool)));
    }

    /** Frees the copies of {@link #lend}. */
    final void takeBack() {
        lent.close();
    }

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
        try (WorkerPool caller = new WorkerPool(1)) {
            copyMomentsIn(first, second, caller);
        }
    }

    private void copyMomentsIn(FloatArray first, @Nullable FloatArray second, WorkerPool pool) {
        copyIn(first, moments.first(), pool);
        FloatArray own = moments.second();
        if (second != null && own != null) {
            copyIn(second, own, pool);
        }
    }

    /** Takes the values of other connections, in the store's own order. */
    final void replaceValues(LearnedValues others) {
        arrays.free(weights);
        weights = arrays.add(others::values);
        moments.replace(others.firstMoment(), others.secondMoment());
    }

    /** Copies values in incoming order in, as many and of the same kinds as the store's own. */
    final void copyIn(LearnedValues incoming, WorkerPool pool) {
        copyIn(incoming.values(), weights, pool);
        copyMomentsIn(incoming.firstMoment(), incoming.secondMoment(), pool);
    }

    /** Copies weights in, in incoming order. */
    abstract void set(FloatArray incomingWeights);

    /** Copies values in incoming order to an array of the store's own order. */
    void copyIn(FloatArray incoming, FloatArray owned, WorkerPool pool) {
        owned.copyFrom(incoming);
    }

    /** As the other one, on the calling thread. */
    final void copyIn(FloatArray incoming, FloatArray owned) {
        try (WorkerPool caller = new WorkerPool(1)) {
            copyIn(incoming, owned, caller);
        }
    }

    /** A copy in incoming order of an array of the store's own order; the caller closes it. */
    FloatArray copyOut(FloatArray owned, WorkerPool pool) {
        return owned.copy();
    }

    /** As the other one, on the calling thread. */
    final FloatArray copyOut(FloatArray owned) {
        try (WorkerPool caller = new WorkerPool(1)) {
            return copyOut(owned, caller);
        }
    }

    /** A copy of the weights in incoming order; the caller closes it. */
    FloatArray copyWeights() {
        return copyOut(weights);
    }

    /** Splits the work in this way from now on, for tiles of so many samples. */
    abstract void partition(TileSplit split, int tileLanes);

    /** Whether {@link #prepareInput} has anything to do. */
    abstract boolean preparesInput();

    /** Brings a share of the input into the layout and format that the products read. */
    abstract void prepareInput(int worker, TiledMatrix x);

    /** Brings a share of the delta into the layout that dense products read. */
    void prepareDelta(int worker, TiledMatrix delta) {
        // Sparse products read tiles.
    }

    /** {@code y = f(W·x + bias)} for a share. */
    abstract void forward(int worker, FloatArray bias, TiledMatrix x, TiledMatrix y, @Nullable TiledMatrix z,
            float slope);

    /** How the backward sweep is shared; null where products are dense, which are not computed in rounds. */
    abstract @Nullable SweepPlan plan();

    /** Connections of the neuron that has most, in the order of the sweep. */
    abstract int longest();

    /**
     * For a share of a round: computes the weight gradient, and {@code Wᵀ·delta} with the weights as they were. Moves the
     * weights, unless {@link #move} or {@link #update} does.
     *
     * @param upstream null in a first layer, which passes no delta on
     */
    abstract void sweep(int worker, int round, TiledMatrix x, @Nullable Upstream upstream, TiledMatrix delta,
            SweepMemory memory, UpdateStep step);

    /** As {@link Layer#move}. */
    final void move(int worker, int round, SweepMemory memory, UpdateStep step) {
        SweepPlan plan = plan();
        if (plan == null) {
            throw new IllegalStateException("dense products are not computed in rounds");
        }
        long start = plan.start(round);
        long from = plan.moveFrom(worker, round);
        long to = plan.moveTo(worker, round);
        FloatArray sum = memory.found(0);
        for (int tile = 1; tile < plan.tiles(); tile++) {
            kernels.parameters().add(sum, memory.found(tile), from - start, to - start);
        }
        moments.move(kernels, weights, sum, start, from, to, step);
    }

    /** After all rounds of all layers: what is left to do with a share of the weights, which the sweeps have moved. */
    void update(int worker, TiledMatrix x, TiledMatrix delta, UpdateStep step) {
        if (!(step instanceof GradientKeeping)) {
            refresh(worker);
        }
    }

    /** After the weights have moved outside of the sweeps: brings a share of them to the other places that read them. */
    void refresh(int worker) {
        // The weights are where they are read.
    }

    /** Off-heap bytes of all that is kept. */
    final long bytes() {
        return arrays.bytes() + lent.bytes() + structureBytes();
    }

    abstract long structureBytes();

    /** Moves weights, the gradient of the first of which is the first of the array. */
    final void move(FloatArray gradients, long from, long to, UpdateStep step) {
        moments.move(kernels, weights, gradients, from, from, to, step);
    }

    @Override
    public void close() {
        takeBack();
        arrays.close();
        topology.close();
    }
}
