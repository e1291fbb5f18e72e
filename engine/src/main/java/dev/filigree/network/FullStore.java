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
 * For a layer with so many connections that dense products are faster: weights and moments are full matrices,
 * {@code [output][input]}, with 0 where there is no connection. They stay 0, because the gradient is set to 0 there
 * before anything moves.
 */
final class FullStore extends SparseStore {
    private final DenseProducts products;
    private ExistingPlaces places;

    /** A store of zeros. Takes ownership of the topology if it succeeds. */
    FullStore(LayerTopology topology, SparseKernels kernels, DenseBackend backend) {
        super(topology, (long) topology.inputs() * topology.outputs(), kernels);
        this.places = arrays.orClose(() -> new ExistingPlaces(topology));
        this.products = new DenseProducts(topology.inputs(), topology.outputs(), kernels, backend);
    }

    @Override
    Products products() {
        return Products.DENSE;
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
        ExistingPlaces made = new ExistingPlaces(fresh);
        topology.close();
        topology = fresh;
        places.close();
        places = made;
        try (LearnedValues values = rewired.values()) {
            copyIn(values, pool);
        }
    }

    @Override
    void set(FloatArray incomingWeights) {
        copyIn(incomingWeights, weights);
    }

    @Override
    void copyIn(FloatArray incoming, FloatArray owned, WorkerPool pool) {
        Partition rows = Partition.even(topology.outputs(), pool.threads());
        pool.run(w -> kernels.full().expand(topology, incoming, places, owned, rows.from(w), rows.to(w)));
    }

    @Override
    FloatArray copyOut(FloatArray owned, WorkerPool pool) {
        FloatArray copy = FloatArray.allocate(topology.connections(), owned.label() + " (copy)");
        Partition rows = Partition.even(topology.outputs(), pool.threads());
        try {
            pool.run(w -> kernels.full().pick(topology, owned, places, copy, rows.from(w), rows.to(w)));
        } catch (RuntimeException | Error e) {
            copy.close();
            throw e;
        }
        return copy;
    }

    @Override
    void partition(TileSplit split, int tileLanes) {
        products.partition(split.workers(), split.tiles(), tileLanes);
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
        products.forward(worker, weights, bias, x, y, z, slope);
    }

    @Override
    void sweep(int worker, int round, TiledMatrix x, @Nullable Upstream upstream, TiledMatrix delta,
            SweepMemory memory, UpdateStep step) {
        if (upstream != null) {
            products.inputDelta(worker, weights, upstream, delta);
        }
    }

    @Override
    void update(int worker, TiledMatrix x, TiledMatrix delta, UpdateStep step) {
        products.update(worker, weights, moments, places, x, delta, step);
    }

    @Override
    long structureBytes() {
        return topology.bytes() + products.bytes() + places.bytes();
    }

    @Override
    public void close() {
        super.close();
        places.close();
        products.close();
    }
}
