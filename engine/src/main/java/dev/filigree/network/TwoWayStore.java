package dev.filigree.network;

import dev.filigree.kernel.TiledMatrix;
import dev.filigree.memory.ArrayGroup;
import dev.filigree.memory.FloatArray;
import dev.filigree.memory.IntArray;
import dev.filigree.memory.LongArray;
import dev.filigree.memory.OffHeapArray;
import dev.filigree.parallel.Partition;
import dev.filigree.parallel.WorkerPool;
import dev.filigree.topology.LayerTopology;
import dev.filigree.topology.OutgoingIndex;
import dev.filigree.topology.Transposition;
import dev.filigree.topology.Transposition.Grouping;
import org.jspecify.annotations.Nullable;

/**
 * An inner layer's: the outgoing order owns weights and moments, because the backward sweep touches both; the
 * forward sweep reads a copy of the weights in incoming order, which the backward sweep writes as it updates.
 */
final class TwoWayStore extends SparseStore {
    private OutgoingIndex outgoing;
    private FloatArray incomingWeights;
    private final SparseInput input;
    private Partition rows;
    private Partition columns;

    // Where each worker's first, and its next, connection of every output neuron stands in incoming order.
    private IntArray[] first = {};
    private IntArray[] next = {};

    TwoWayStore(LayerTopology topology, Compute compute) {
        super(topology, compute.kernels());
        this.input = new SparseInput(topology.inputs(), compute);
        this.incomingWeights = arrays.floats(topology.connections(), "incoming weights");
        this.outgoing = arrays.orClose(() -> OutgoingIndex.of(topology));
        this.rows = Partition.even(topology.outputs(), 1);
        this.columns = Partition.even(topology.inputs(), 1);
    }

    @Override
    OwnedConnections owned() {
        return new OwnedConnections(topology.inputs(), topology.outputs(), outgoing.columnStarts(),
                outgoing.targets(), weights, moments.first(), moments.second());
    }

    @Override
    boolean ownsIncoming() {
        return false;
    }

    @Override
    void rewire(OwnedConnections rewired, WorkerPool pool) {
        if (rewired.count() == topology.connections()) {
            // The incoming order is rewritten where it is, with the old values' memory as scratch.
            regroup(rewired, topology.rowStarts(), topology.sources(), incomingWeights, outgoing.targets(),
                    moments.first(), weights, pool);
        } else {
            rewireToOtherNumber(rewired, pool);
        }
        outgoing.close();
        outgoing = OutgoingIndex.unchecked(rewired.far(), rewired.starts(), rewired.neighbours());
        replaceValues(rewired);
    }

    private void rewireToOtherNumber(OwnedConnections rewired, WorkerPool pool) {
        ArrayGroup fresh = new ArrayGroup();
        LongArray rowStarts = fresh.longs(topology.rowStarts().length(), topology.rowStarts().label());
        IntArray sources = fresh.ints(rewired.count(), topology.sources().label());
        FloatArray incoming = fresh.floats(rewired.count(), incomingWeights.label());
        fresh.orClose(() -> {
            try (ArrayGroup scratch = new ArrayGroup()) {
                LayerTopology old = topology;
                regroup(rewired, rowStarts, sources, incoming, scratch.ints(rewired.count(), "transposition"),
                        scratch.ints(rewired.count(), "transposition"),
                        scratch.floats(rewired.count(), "transposition"), pool);
                old.close();
                return topology;
            }
        });
        arrays.free(incomingWeights);
        incomingWeights = arrays.add(() -> incoming);
    }

    /** Brings connections into the incoming order. */
    private void regroup(OwnedConnections rewired, LongArray rowStarts, IntArray sources, FloatArray incoming,
            IntArray far, OffHeapArray near, FloatArray values, WorkerPool pool) {
        Transposition.transpose(new Grouping(rewired.starts(), rewired.neighbours(), rewired.weights()),
                new Grouping(rowStarts, sources, incoming), far, near, values, pool);
        topology = LayerTopology.unchecked(topology.inputs(), topology.outputs(), rowStarts, sources);
    }

    @Override
    void set(FloatArray weightsGiven) {
        incomingWeights.copyFrom(weightsGiven);
        copyIn(weightsGiven, weights);
    }

    @Override
    void copyIn(FloatArray incoming, FloatArray owned) {
        try (IntArray cursors = IntArray.allocate(topology.inputs(), "cursors")) {
            for (int i = 0; i < topology.inputs(); i++) {
                cursors.set(i, (int) outgoing.columnStart(i));
            }
            kernels.transpose(owned, incoming, topology.sources(), cursors, 0, topology.connections());
        }
    }

    @Override
    FloatArray copyWeights() {
        return incomingWeights.copy();
    }

    @Override
    FloatArray copyOut(FloatArray owned) {
        FloatArray copy = FloatArray.allocate(owned.length(), owned.label() + " (copy)");
        try (IntArray cursors = IntArray.allocate(topology.outputs(), "cursors")) {
            for (int j = 0; j < topology.outputs(); j++) {
                cursors.set(j, (int) topology.rowStart(j));
            }
            kernels.transpose(copy, owned, outgoing.targets(), cursors, 0, topology.connections());
        } catch (RuntimeException | Error e) {
            copy.close();
            throw e;
        }
        return copy;
    }

    @Override
    void partition(int workers, int tiles, int tileLanes) {
        input.partition(workers, tiles, tileLanes);
        rows = Partition.balanced(topology.outputs(), topology::rowStart, workers);
        columns = Partition.balanced(topology.inputs(), outgoing::columnStart, workers);
        allocateScratch(workers, tiles, outgoing.largestFanOut(), columns.largest(outgoing::columnStart));
        for (IntArray[] old : new IntArray[][]{first, next}) {
            for (IntArray array : old) {
                arrays.free(array);
            }
        }
        first = new IntArray[0];
        next = new IntArray[0];
        IntArray[] freshFirst = new IntArray[workers];
        IntArray[] freshNext = new IntArray[workers];
        for (int worker = 0; worker < workers; worker++) {
            freshFirst[worker] = arrays.ints(topology.outputs(), "first positions");
            freshNext[worker] = arrays.ints(topology.outputs(), "next positions");
            for (int j = 0; j < topology.outputs(); j++) {
                freshFirst[worker].set(j, (int) topology.position(j, columns.from(worker)));
            }
        }
        first = freshFirst;
        next = freshNext;
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
        input.forward(topology, incomingWeights, bias, x, y, z, tiles, rows.from(worker), rows.to(worker), slope);
    }

    @Override
    void backward(int worker, TiledMatrix x, @Nullable Upstream upstream, TiledMatrix delta, int tiles,
            UpdateStep step) {
        if (upstream == null) {
            throw new IllegalStateException("an inner layer passes its delta on");
        }
        next[worker].copyFrom(first[worker]);
        for (int from = columns.from(worker); from < columns.to(worker);) {
            int to = Partition.panelEnd(from, columns.to(worker), outgoing::columnStart, panel(worker).length());
            kernels.backward(outgoing, weights, panel(worker), x, upstream.gate(), upstream.delta(), delta,
                    scratch(worker), tiles, from, to, upstream.slope());
            long start = outgoing.columnStart(from);
            long end = outgoing.columnStart(to);
            move(panel(worker), start, end, step);
            kernels.transpose(incomingWeights, weights, outgoing.targets(), next[worker], start, end);
            from = to;
        }
    }

    @Override
    long structureBytes() {
        return topology.bytes() + outgoing.bytes() + input.bytes();
    }

    @Override
    public void close() {
        super.close();
        input.close();
        outgoing.close();
    }
}
