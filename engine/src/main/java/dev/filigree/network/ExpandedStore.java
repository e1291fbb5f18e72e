package dev.filigree.network;

import dev.filigree.dense.DenseBackend;
import dev.filigree.kernel.ExistingPlaces;
import dev.filigree.kernel.SparseKernels;
import dev.filigree.kernel.TiledMatrix;
import dev.filigree.memory.FloatArray;
import dev.filigree.parallel.Partition;
import dev.filigree.parallel.TileSplit;
import dev.filigree.parallel.WorkerPool;
import dev.filigree.topology.LayerTopology;
import org.jspecify.annotations.Nullable;

/**
 * For a layer with so many connections that a dense product is faster: the connections' values, in incoming order,
 * stay the truth, and products run over a full matrix that holds 0 where there is no connection.
 */
final class ExpandedStore extends SparseStore {
    /** Gradients of as many connections stay in the L2 cache until they are used. */
    private static final int PANEL = 16_384;

    private final DenseProducts products;

    /** Null where every connection exists: incoming order is that of the full matrix then. */
    private @Nullable FloatArray expanded;

    /** Null where {@link #expanded} is. */
    private @Nullable ExistingPlaces places;

    /** Each worker's memory for the gradients of some connections. */
    private FloatArray[] panels = {};

    ExpandedStore(LayerTopology topology, SparseKernels kernels, DenseBackend backend) {
        super(topology, kernels);
        if (!isComplete(topology)) {
            this.expanded = fullMatrix(topology);
            this.places = arrays.orClose(() -> new ExistingPlaces(topology));
        }
        this.products = new DenseProducts(topology.inputs(), topology.outputs(), kernels, backend);
    }

    private static boolean isComplete(LayerTopology topology) {
        return topology.connections() == (long) topology.inputs() * topology.outputs();
    }

    private FloatArray fullMatrix(LayerTopology layer) {
        return arrays.floats((long) layer.inputs() * layer.outputs(), "expanded weights");
    }

    @Override
    Products products() {
        return Products.DENSE;
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
        replaceValues(rewired);
        closePlaces();
        if (isComplete(topology)) {
            if (expanded != null) {
                arrays.free(expanded);
                expanded = null;
            }
        } else {
            if (expanded == null) {
                expanded = fullMatrix(topology);
            }
            places = new ExistingPlaces(topology);
            Partition shares = Partition.even(topology.outputs(), pool.threads());
            pool.run(worker -> expand(shares.from(worker), shares.to(worker)));
        }
    }

    @Override
    void set(FloatArray incomingWeights) {
        weights.copyFrom(incomingWeights);
        expand(0, topology.outputs());
    }

    /** Brings rows of the full matrix up to date. */
    private void expand(int fromRow, int toRow) {
        if (expanded != null && places != null) {
            kernels.expand(topology, weights, places, expanded, fromRow, toRow);
        }
    }

    private FloatArray full() {
        return expanded == null ? weights : expanded;
    }

    @Override
    void partition(TileSplit split, int tileLanes) {
        products.partition(split.workers(), split.tiles(), tileLanes);
        long capacity = Math.min(topology.connections(), Math.max(topology.largestFanIn(), PANEL));
        for (FloatArray panel : panels) {
            arrays.free(panel);
        }
        panels = new FloatArray[0];
        if (expanded == null) {
            return;
        }
        FloatArray[] fresh = new FloatArray[split.workers()];
        for (int worker = 0; worker < fresh.length; worker++) {
            fresh[worker] = arrays.floats(capacity, "gradients of some connections");
        }
        panels = fresh;
    }

    @Override
    @Nullable
    SweepPlan plan() {
        return null;
    }

    @Override
    int longest() {
        return 0;
    }

    private int chunkEnd(int from) {
        return Math.min(from + DenseProducts.CHUNK, topology.outputs());
    }

    @Override
    boolean preparesInput() {
        return true;
    }

    @Override
    void prepareInput(int worker, TiledMatrix x) {
        products.widenInput(worker, x);
    }

    @Override
    void prepareDelta(int worker, TiledMatrix delta) {
        products.widenDelta(worker, delta);
    }

    @Override
    void forward(int worker, FloatArray bias, TiledMatrix x, TiledMatrix y, @Nullable TiledMatrix z, float slope) {
        products.forward(worker, full(), bias, x, y, z, slope);
    }

    @Override
    void sweep(int worker, int round, TiledMatrix x, @Nullable Upstream upstream, TiledMatrix delta,
            SweepMemory memory, UpdateStep step) {
        if (upstream != null) {
            products.inputDelta(worker, full(), upstream, delta);
        }
    }

    /** Every worker needs all weights for the input delta, so they move after it. */
    @Override
    void update(int worker, TiledMatrix x, TiledMatrix delta, UpdateStep step) {
        for (int chunk = products.first(worker, topology.outputs()); chunk < products.first(worker + 1,
                topology.outputs()); chunk++) {
            int from = chunk * DenseProducts.CHUNK;
            int to = chunkEnd(from);
            FloatArray gradient = products.gradient(worker, x, delta, from, to);
            if (places == null) {
                move(gradient, topology.rowStart(from), topology.rowStart(to), step);
            } else {
                moveExisting(worker, gradient, places, from, to, step);
            }
        }
    }

    private void moveExisting(int worker, FloatArray gradient, ExistingPlaces existing, int fromRow, int toRow,
            UpdateStep step) {
        FloatArray panel = panels[worker];
        for (int from = fromRow; from < toRow;) {
            int to = Partition.panelEnd(from, toRow, topology::rowStart, panel.length());
            kernels.pick(topology, gradient, fromRow, existing, panel, from, to);
            move(panel, topology.rowStart(from), topology.rowStart(to), step);
            if (!(step instanceof GradientKeeping)) {
                expand(from, to);
            }
            from = to;
        }
    }

    @Override
    void refresh(int worker) {
        expand(Math.min(products.first(worker, topology.outputs()) * DenseProducts.CHUNK, topology.outputs()),
                Math.min(products.first(worker + 1, topology.outputs()) * DenseProducts.CHUNK, topology.outputs()));
    }

    @Override
    long structureBytes() {
        return topology.bytes() + products.bytes() + (places == null ? 0 : places.bytes());
    }

    private void closePlaces() {
        if (places != null) {
            places.close();
            places = null;
        }
    }

    @Override
    public void close() {
        super.close();
        closePlaces();
        products.close();
    }
}
