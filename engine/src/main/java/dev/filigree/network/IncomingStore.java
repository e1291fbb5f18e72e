package dev.filigree.network;

import dev.filigree.kernel.TiledMatrix;
import dev.filigree.memory.FloatArray;
import dev.filigree.parallel.Partition;
import dev.filigree.parallel.TileSplit;
import dev.filigree.parallel.WorkerPool;
import dev.filigree.topology.LayerTopology;
import org.jspecify.annotations.Nullable;

/** A first layer's: it passes no delta on, so everything happens in incoming order. */
final class IncomingStore extends SparseStore {
    private final SparseInput input;
    private TileSplit split = TileSplit.of(1, 1);
    private Partition rows;
    private SweepPlan plan;

    IncomingStore(LayerTopology topology, Compute compute) {
        super(topology, compute.kernels());
        this.input = new SparseInput(topology.inputs(), compute);
        this.rows = Partition.even(topology.outputs(), 1);
        this.plan = new SweepPlan(topology.outputs(), topology::rowStart, split);
    }

    @Override
    Products products() {
        return Products.SPARSE;
    }

    @Override
    OwnedConnections owned(WorkerPool pool) {
        return new OwnedConnections(topology.outputs(), topology.inputs(), topology.rowStarts(), topology.sources(),
                weights, moments.first(), moments.second());
    }

    @Override
    void rewire(OwnedConnections rewired, WorkerPool pool) {
        topology.close();
        topology = LayerTopology.unchecked(rewired.far(), rewired.near(), rewired.starts(), rewired.neighbours());
        replaceValues(rewired.values());
    }

    @Override
    void set(FloatArray incomingWeights) {
        weights.copyFrom(incomingWeights);
    }

    @Override
    void partition(TileSplit newSplit, int tileLanes) {
        split = newSplit;
        input.partition(split, tileLanes);
        rows = Partition.balanced(topology.outputs(), topology::rowStart, split.members());
        plan = new SweepPlan(topology.outputs(), topology::rowStart, split);
    }

    @Override
    SweepPlan plan() {
        return plan;
    }

    @Override
    int longest() {
        return topology.largestFanIn();
    }

    @Override
    boolean preparesInput() {
        return input.packs();
    }

    @Override
    void prepareInput(int worker, TiledMatrix x) {
        input.prepare(worker, x);
    }

    @Override
    void forward(int worker, FloatArray bias, TiledMatrix x, TiledMatrix y, @Nullable TiledMatrix z, float slope) {
        int member = split.member(worker);
        input.forward(topology, weights, bias, x, y, z, worker, rows.from(member), rows.to(member), slope);
    }

    @Override
    void sweep(int worker, int round, TiledMatrix x, @Nullable Upstream upstream, TiledMatrix delta,
            SweepMemory memory, UpdateStep step) {
        if (upstream != null) {
            throw new IllegalStateException("a first layer passes no delta on");
        }
        FloatArray scratch = memory.scratch(worker);
        int end = plan.to(worker, round);
        if (!plan.sharesTiles()) {
            for (int tile = plan.fromTile(worker); tile < plan.toTile(worker); tile++) {
                kernels.gradient(topology, memory.gradients(tile), plan.start(round), x, delta, scratch, tile, tile + 1,
                        plan.from(worker, round), end);
            }
            return;
        }
        FloatArray gradients = memory.gradients(worker);
        for (int from = plan.from(worker, round); from < end;) {
            int to = Partition.panelEnd(from, end, topology::rowStart, gradients.length());
            kernels.gradient(topology, gradients, topology.rowStart(from), x, delta, scratch, 0, plan.tiles(), from,
                    to);
            move(gradients, topology.rowStart(from), topology.rowStart(to), step);
            from = to;
        }
    }

    @Override
    long structureBytes() {
        return topology.bytes() + input.bytes();
    }

    @Override
    public void close() {
        super.close();
        input.close();
    }
}
