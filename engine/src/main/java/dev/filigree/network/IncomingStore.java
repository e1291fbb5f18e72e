package dev.filigree.network;

import dev.filigree.kernel.TiledMatrix;
import dev.filigree.memory.FloatArray;
import dev.filigree.parallel.Partition;
import dev.filigree.parallel.WorkerPool;
import dev.filigree.topology.LayerTopology;
import org.jspecify.annotations.Nullable;

/** A first layer's: it passes no delta on, so everything happens in incoming order. */
final class IncomingStore extends SparseStore {
    private final SparseInput input;
    private Partition rows;

    IncomingStore(LayerTopology topology, Compute compute) {
        super(topology, compute.kernels());
        this.input = new SparseInput(topology.inputs(), compute);
        this.rows = Partition.even(topology.outputs(), 1);
    }

    @Override
    OwnedConnections owned() {
        return new OwnedConnections(topology.outputs(), topology.inputs(), topology.rowStarts(), topology.sources(),
                weights, moments.first(), moments.second());
    }

    @Override
    void rewire(OwnedConnections rewired, WorkerPool pool) {
        topology.close();
        topology = LayerTopology.unchecked(rewired.far(), rewired.near(), rewired.starts(), rewired.neighbours());
        replaceValues(rewired);
    }

    @Override
    void set(FloatArray incomingWeights) {
        weights.copyFrom(incomingWeights);
    }

    @Override
    void partition(int workers, int tiles, int tileLanes) {
        input.partition(workers, tiles, tileLanes);
        rows = Partition.balanced(topology.outputs(), topology::rowStart, workers);
        allocateScratch(workers, tiles, topology.largestFanIn(), rows.largest(topology::rowStart));
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
    void forward(int worker, FloatArray bias, TiledMatrix x, TiledMatrix y, @Nullable TiledMatrix z, int tiles,
            float slope) {
        input.forward(topology, weights, bias, x, y, z, tiles, rows.from(worker), rows.to(worker), slope);
    }

    @Override
    void backward(int worker, TiledMatrix x, @Nullable Upstream upstream, TiledMatrix delta, int tiles,
            UpdateStep step) {
        if (upstream != null) {
            throw new IllegalStateException("a first layer passes no delta on");
        }
        for (int from = rows.from(worker); from < rows.to(worker);) {
            int to = Partition.panelEnd(from, rows.to(worker), topology::rowStart, panel(worker).length());
            kernels.gradient(topology, panel(worker), x, delta, scratch(worker), tiles, from, to);
            move(panel(worker), topology.rowStart(from), topology.rowStart(to), step);
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
