package dev.filigree.network;

import dev.filigree.kernel.TiledMatrix;
import dev.filigree.memory.FloatArray;
import dev.filigree.parallel.WorkerPool;
import dev.filigree.topology.LayerTopology;
import org.jspecify.annotations.Nullable;

/** A layer that stores and computes only the connections that exist. */
public final class SparseLayer extends Layer {
    private final boolean first;
    private final Compute compute;
    private SparseStore store;

    /** As the constructor; closes the topology if that fails. */
    static SparseLayer owning(LayerTopology topology, LayerSpec spec, boolean first, Compute compute) {
        try {
            return new SparseLayer(spec, topology, first, compute);
        } catch (RuntimeException | Error e) {
            topology.close();
            throw e;
        }
    }

    /**
     * A layer with all weights zero. Takes ownership of the topology if it succeeds.
     *
     * @param first whether this is the network's first layer
     */
    private SparseLayer(LayerSpec spec, LayerTopology topology, boolean first, Compute compute) {
        super(spec, topology.inputs(), compute.kernels());
        this.compute = compute;
        this.first = first;
        this.store = arrays.orClose(() -> store(topology));
        try {
            partition();
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    private SparseStore store(LayerTopology topology) {
        return switch (compute.preferred(topology, first)) {
            case DENSE -> new FullStore(topology, kernels, compute.backend());
            case BLOCKED -> BlockedStore.of(topology, kernels);
            case SPARSE -> first ? new IncomingStore(topology, compute) : new TwoWayStore(topology, compute);
        };
    }

    @Override
    public Products products() {
        return store.products();
    }

    /** The connections; owned by the layer and replaced when it is rewired. */
    public LayerTopology topology() {
        return store.topology;
    }

    @Override
    public long connections() {
        return topology().connections();
    }

    @Override
    public LayerTopology copyTopology() {
        return topology().copy();
    }

    @Override
    public FloatArray copyWeights() {
        return store.copyWeights();
    }

    @Override
    public FloatArray copyVelocity() {
        return store.copyOut(store.moments.first());
    }

    @Override
    public @Nullable FloatArray copySecondMoment() {
        FloatArray second = store.moments.second();
        return second == null ? null : store.copyOut(second);
    }

    @Override
    void setMoments(LearnedValues incoming) {
        store.setMoments(incoming.firstMoment(), incoming.secondMoment());
    }

    @Override
    LayerTopology copyStructure() {
        return copyTopology();
    }

    @Override
    FloatArray ownedWeights() {
        return store.weights;
    }

    @Override
    Moments weightMoments() {
        return store.moments;
    }

    @Override
    void refresh(int worker) {
        store.refresh(worker);
    }

    @Override
    void keepSecondMoments(boolean kept) {
        super.keepSecondMoments(kept);
        store.moments.keepSecond(kept);
    }

    @Override
    public void setWeights(FloatArray incoming) {
        checkOnePerConnection(incoming, topology().connections(), topology());
        store.set(incoming);
    }

    /**
     * The connections with their values, grouped by one side, to be read; valid until the layer is rewired. The values are
     * the layer's own or, where its products run over blocks or are dense, copies, which the next call, {@link #rewire} and
     * {@link #release} free.
     *
     * @param pool does the work
     */
    public OwnedConnections owned(WorkerPool pool) {
        return store.owned(pool);
    }

    /** As {@link #owned(WorkerPool)}, on the calling thread. */
    public OwnedConnections owned() {
        try (WorkerPool caller = new WorkerPool(1)) {
            return owned(caller);
        }
    }

    /**
     * Frees the copies of {@link #owned(WorkerPool)}, which is not to be used any more, as after a {@link #rewire}; for when
     * there is nothing to rewire.
     */
    public void release() {
        store.takeBack();
    }

    /** Whether {@link #owned} are grouped by the layer's output neurons. */
    public boolean ownsIncoming() {
        return store.ownsIncoming();
    }

    /**
     * Replaces the connections. Takes ownership of the arrays, unless it throws for their shape. A topology that
     * {@link #topology} returned before is not to be used any more. Where there are so many more or fewer connections
     * that products of the other kind are faster, the layer changes to these.
     *
     * @param rewired connections of the same shape, grouped like {@link #owned}, with second moments if and
     *     only if the layer keeps them; right by construction, which is not checked
     * @param pool does the work
     */
    public void rewire(OwnedConnections rewired, WorkerPool pool) {
        int near = ownsIncoming() ? outputs() : inputs();
        int far = ownsIncoming() ? inputs() : outputs();
        if (rewired.near() != near || rewired.far() != far) {
            throw new IllegalArgumentException("cannot rewire %s to %s: expected %d near and %d far neurons".formatted(
                    topology(), rewired, near, far));
        }
        boolean keepsSecond = store.moments.second() != null;
        if ((rewired.secondMoment() != null) != keepsSecond) {
            throw new IllegalArgumentException("%s keeps %s second moments, expected %s here".formatted(topology(),
                    keepsSecond ? "its" : "no", keepsSecond ? "new ones" : "null"));
        }
        checkOnePerConnection(rewired.weights(), rewired.count(), rewired);
        checkOnePerConnection(rewired.velocity(), rewired.count(), rewired);
        if (rewired.secondMoment() != null) {
            checkOnePerConnection(rewired.secondMoment(), rewired.count(), rewired);
        }
        store.rewire(rewired, pool);
        if (products() != compute.preferred(topology(), first)) {
            changeProducts();
        }
        partition();
    }

    private void changeProducts() {
        LayerTopology copy = topology().copy();
        SparseStore fresh;
        try {
            fresh = store(copy);
        } catch (RuntimeException | Error e) {
            copy.close();
            throw e;
        }
        SparseStore old = store;
        store = fresh;
        try (old) {
            fresh.copyFrom(old);
        }
    }

    /** The gradient by the weights of all places, from the activations and deltas of a batch. */
    DenseGradient gradient(TiledMatrix x, TiledMatrix delta, int tiles) {
        return store.ownsIncoming()
                ? new DenseGradient(delta, x, tiles, compute.backend())
                : new DenseGradient(x, delta, tiles, compute.backend());
    }

    @Override
    public long bytes() {
        return super.bytes() + store.bytes();
    }

    @Override
    void partition() {
        store.partition(split(), tileLanes());
    }

    @Override
    boolean preparesInput() {
        return store.preparesInput();
    }

    @Override
    void prepareInput(int worker, TiledMatrix x) {
        store.prepareInput(worker, x);
    }

    @Override
    void prepareDelta(int worker, TiledMatrix delta) {
        store.prepareDelta(worker, delta);
    }

    @Override
    void forward(int worker, TiledMatrix x, TiledMatrix y, @Nullable TiledMatrix z) {
        store.forward(worker, bias(), x, y, z, activation().kernelSlope());
    }

    @Override
    @Nullable
    SweepPlan plan() {
        return store.plan();
    }

    @Override
    int longest() {
        return store.longest();
    }

    @Override
    void sweep(int worker, int round, TiledMatrix x, @Nullable Upstream upstream, TiledMatrix delta,
            SweepMemory memory, UpdateStep step) {
        store.sweep(worker, round, x, upstream, delta, memory, step);
    }

    @Override
    void move(int worker, int round, SweepMemory memory, UpdateStep step) {
        store.move(worker, round, memory, step);
    }

    @Override
    void updateWeights(int worker, TiledMatrix x, TiledMatrix delta, UpdateStep step) {
        store.update(worker, x, delta, step);
    }

    private static void checkOnePerConnection(FloatArray values, long connections, Object owner) {
        if (values.length() != connections) {
            throw new IllegalArgumentException(
                    "%s: expected one per connection of %s".formatted(values, owner));
        }
    }

    @Override
    public void close() {
        super.close();
        store.close();
    }
}
