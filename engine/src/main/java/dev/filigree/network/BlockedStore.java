package dev.filigree.network;

import dev.filigree.kernel.BlockedIndex;
import dev.filigree.kernel.SparseKernels;
import dev.filigree.kernel.TiledMatrix;
import dev.filigree.memory.ArrayGroup;
import dev.filigree.memory.FloatArray;
import dev.filigree.memory.LongArray;
import dev.filigree.parallel.Partition;
import dev.filigree.parallel.TileSplit;
import dev.filigree.parallel.WorkerPool;
import dev.filigree.topology.LayerTopology;
import org.jspecify.annotations.Nullable;

/**
 * An inner layer's with so many connections that its products run over blocks, which stay in the cache. As in a
 * {@link TwoWayStore} the backward sweep's order owns weights and moments, and the forward sweep reads a copy of the
 * weights.
 */
final class BlockedStore extends SparseStore {
    private BlockedOrders orders;
    private TileSplit split = TileSplit.of(1, 1);
    private Partition rows;
    private SweepPlan plan;

    /** {@code [worker][place]}: for bringing weights into the forward sweep's order. */
    private LongArray next;

    private BlockedStore(LayerTopology topology, SparseKernels kernels, BlockedOrders orders) {
        super(topology, kernels);
        this.orders = orders;
        this.next = arrays.longs(BlockedIndex.WIDTH, "next addresses");
        this.rows = Partition.even(topology.outputs(), 1);
        this.plan = arrays.orClose(this::sweeps);
    }

    /** A store of zeros. Takes ownership of the topology if it succeeds. */
    static BlockedStore of(LayerTopology topology, SparseKernels kernels) {
        BlockedOrders orders;
        try (WorkerPool caller = new WorkerPool(1)) {
            orders = new BlockedOrders(topology, caller);
        }
        try {
            return new BlockedStore(topology, kernels, orders);
        } catch (RuntimeException | Error e) {
            orders.close();
            throw e;
        }
    }

    @Override
    Products products() {
        return Products.BLOCKED;
    }

    @Override
    OwnedConnections owned(WorkerPool pool) {
        return lend(pool);
    }

    @Override
    void rewire(OwnedConnections rewired, WorkerPool pool) {
        takeBack();
        LayerTopology fresh = LayerTopology.unchecked(rewired.far(), rewired.near(), rewired.starts(),
                rewired.neighbours());
        BlockedOrders made = new BlockedOrders(fresh, pool);
        try {
            made.setIncomingWeights(rewired.weights(), pool);
            if (fresh.connections() != topology.connections()) {
                resize(fresh.connections());
            }
        } catch (RuntimeException | Error e) {
            made.close();
            throw e;
        }
        orders.close();
        orders = made;
        topology.close();
        topology = fresh;
        try (LearnedValues values = rewired.values()) {
            copyIn(values, pool);
        }
    }

    /** Makes room for the values of so many connections. */
    private void resize(long connections) {
        ArrayGroup fresh = new ArrayGroup();
        FloatArray second = moments.second();
        replaceValues(fresh.orClose(() -> new LearnedValues(fresh.floats(connections, weights.label()),
                fresh.floats(connections, moments.first().label()),
                second == null ? null : fresh.floats(connections, second.label()))));
    }

    private int pairs() {
        return orders.incoming().blocks() * orders.outgoing().blocks();
    }

    private void transpose(int fromPair, int toPair, int worker) {
        kernels.blocked().transpose(orders.outgoing(), weights, orders.incoming(), orders.incomingWeights(), next,
                worker * BlockedIndex.WIDTH, fromPair, toPair);
    }

    @Override
    void set(FloatArray incomingWeights) {
        copyIn(incomingWeights, weights);
        try (WorkerPool caller = new WorkerPool(1)) {
            orders.setIncomingWeights(incomingWeights, caller);
        }
    }

    @Override
    void copyIn(FloatArray incoming, FloatArray owned, WorkerPool pool) {
        orders.arrange(incoming, owned, pool);
    }

    @Override
    FloatArray copyOut(FloatArray owned, WorkerPool pool) {
        FloatArray copy = FloatArray.allocate(topology.connections(), owned.label() + " (copy)");
        try {
            orders.restore(owned, copy, pool);
        } catch (RuntimeException | Error e) {
            copy.close();
            throw e;
        }
        return copy;
    }

    @Override
    void partition(TileSplit newSplit, int tileLanes) {
        split = newSplit;
        rows = Partition.balanced(topology.outputs(), topology::rowStart, split.members());
        plan = sweeps();
        long needed = (long) BlockedIndex.WIDTH * split.workers();
        if (next.length() != needed) {
            arrays.free(next);
            next = arrays.longs(needed, next.label());
        }
    }

    /**
     * All workers sweep all tiles, with input neurons of their own in all blocks: the gradients of two tiles are summed
     * before they are numbers, so one worker has to find them whole, and none waits for another between two blocks.
     */
    private SweepPlan sweeps() {
        BlockedIndex outgoing = orders.outgoing();
        long[] starts = new long[topology.inputs() + 1];
        for (int i = 0; i < topology.inputs(); i++) {
            starts[i + 1] = starts[i];
            for (int block = 0; block < outgoing.blocks(); block++) {
                int cell = outgoing.cell(block, i);
                starts[i + 1] += outgoing.end(cell) - outgoing.first(cell);
            }
        }
        return new SweepPlan(topology.inputs(), i -> starts[i], new TileSplit(split.workers(), split.tiles(), 1));
    }

    @Override
    SweepPlan plan() {
        return plan;
    }

    @Override
    int longest() {
        return BlockedIndex.WIDTH;
    }

    @Override
    boolean preparesInput() {
        return false;
    }

    @Override
    void prepareInput(int worker, TiledMatrix x) {
        // The products read tiles.
    }

    @Override
    void forward(int worker, FloatArray bias, TiledMatrix x, TiledMatrix y, @Nullable TiledMatrix z, float slope) {
        int member = split.member(worker);
        kernels.blocked().forward(orders.incoming(), orders.incomingWeights(), bias, x, y, z, split.fromTile(worker),
                split.toTile(worker), rows.from(member), rows.to(member), slope);
    }

    @Override
    void sweep(int worker, int round, TiledMatrix x, @Nullable Upstream upstream, TiledMatrix delta,
            SweepMemory memory, UpdateStep step) {
        if (upstream == null) {
            throw new IllegalStateException("an inner layer passes its delta on");
        }
        BlockedIndex outgoing = orders.outgoing();
        FloatArray gradients = memory.gradients(worker);
        for (int block = 0; block < outgoing.blocks(); block++) {
            int first = outgoing.cell(block, 0);
            int end = first + plan.to(worker, round);
            for (int from = first + plan.from(worker, round); from < end;) {
                int to = Partition.panelEnd(from, end, outgoing::first, gradients.length());
                kernels.blocked().backward(outgoing, block, weights, gradients, outgoing.first(from), x,
                        upstream.gate(), upstream.delta(), delta, memory.scratch(worker), 0, plan.tiles(),
                        from - first, to - first, upstream.slope());
                move(gradients, outgoing.first(from), outgoing.first(to), step);
                from = to;
            }
        }
    }

    /** Copies a share of the weights for the forward sweep. */
    @Override
    void refresh(int worker) {
        transpose((int) ((long) pairs() * worker / split.workers()),
                (int) ((long) pairs() * (worker + 1) / split.workers()), worker);
    }

    @Override
    long structureBytes() {
        return topology.bytes() + orders.bytes();
    }

    @Override
    public void close() {
        super.close();
        orders.close();
    }
}
