package dev.filigree.network;

import dev.filigree.kernel.TiledMatrix;
import dev.filigree.memory.ArrayGroup;
import dev.filigree.memory.FloatArray;
import dev.filigree.memory.IntArray;
import dev.filigree.memory.LongArray;
import dev.filigree.memory.OffHeapArray;
import dev.filigree.parallel.Partition;
import dev.filigree.parallel.TileSplit;
import dev.filigree.parallel.WorkerPool;
import dev.filigree.topology.LayerTopology;
import dev.filigree.topology.OutgoingIndex;
import dev.filigree.topology.Transposition;
import dev.filigree.topology.Transposition.Grouping;
import org.jspecify.annotations.Nullable;

/**
 * An inner layer's: the outgoing order owns weights and moments, because the backward sweep touches both; the
 * forward sweep reads a copy of the weights in incoming order, which is made after the update.
 */
final class TwoWayStore extends SparseStore {
    private OutgoingIndex outgoing;
    private FloatArray incomingWeights;
    private final SparseInput input;
    private TileSplit split = TileSplit.of(1, 1);
    private Partition rows;
    private SweepPlan plan;

    // For bringing weights into incoming order: every worker's output neurons, where in outgoing order the input neurons'
    // connections to them begin (of all workers but the first), and where the output neurons' next weights go.
    private Partition receivers;
    private IntArray[] cuts = {};
    private final IntArray next;

    TwoWayStore(LayerTopology topology, Compute compute) {
        super(topology, compute.kernels());
        this.input = new SparseInput(topology.inputs(), compute);
        this.next = arrays.ints(topology.outputs(), "next positions");
        this.rows = Partition.even(topology.outputs(), 1);
        this.receivers = rows;
        this.incomingWeights = arrays.floats(topology.connections(), "incoming weights");
        this.outgoing = arrays.orClose(() -> OutgoingIndex.of(topology));
        this.plan = new SweepPlan(topology.inputs(), outgoing::columnStart, split);
    }

    @Override
    Products products() {
        return Products.SPARSE;
    }

    @Override
    OwnedConnections owned(WorkerPool pool) {
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
        replaceValues(rewired.values());
    }

    private void rewireToOtherNumber(OwnedConnections rewired, WorkerPool pool) {
        ArrayGroup fresh = new ArrayGroup();
        LongArray rowStarts = fresh.longs(topology.rowStarts().length(), topology.rowStarts().label());
        IntArray sources = fresh.ints(rewired.count(), topology.sources().label());
        FloatArray incoming = fresh.floats(rewired.count(), "incoming weights");
        fresh.orClose(() -> {
            try (ArrayGroup scratch = new ArrayGroup()) {
                LayerTopology old = topology;
                long elements = Transposition.scratch(rewired.count(), topology.outputs());
                regroup(rewired, rowStarts, sources, incoming, scratch.ints(elements, "transposition"),
                        scratch.ints(elements, "transposition"), scratch.floats(elements, "transposition"), pool);
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
        copyIn(weightsGiven, weights);
        incomingWeights.copyFrom(weightsGiven);
    }

    @Override
    void copyIn(FloatArray incoming, FloatArray owned, WorkerPool pool) {
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
    FloatArray copyOut(FloatArray owned, WorkerPool pool) {
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
    void partition(TileSplit newSplit, int tileLanes) {
        split = newSplit;
        input.partition(split, tileLanes);
        rows = Partition.balanced(topology.outputs(), topology::rowStart, split.members());
        plan = new SweepPlan(topology.inputs(), outgoing::columnStart, split);
        receivers = Partition.balanced(topology.outputs(), topology::rowStart, split.workers());
        cut();
    }

    private void cut() {
        for (IntArray array : cuts) {
            arrays.free(array);
        }
        cuts = new IntArray[0];
        IntArray[] fresh = new IntArray[split.workers() - 1];
        for (int worker = 1; worker < split.workers(); worker++) {
            IntArray ofWorker = arrays.ints(topology.inputs(), "cuts");
            int firstRow = receivers.from(worker);
            for (int i = 0; i < topology.inputs(); i++) {
                ofWorker.set(i, (int) outgoing.position(i, firstRow));
            }
            fresh[worker - 1] = ofWorker;
        }
        cuts = fresh;
    }

    @Override
    SweepPlan plan() {
        return plan;
    }

    @Override
    int longest() {
        return outgoing.largestFanOut();
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
        input.forward(topology, incomingWeights, bias, x, y, z, worker, rows.from(member),
                rows.to(member), slope);
    }

    @Override
    void sweep(int worker, int round, TiledMatrix x, @Nullable Upstream upstream, TiledMatrix delta,
            SweepMemory memory, UpdateStep step) {
        if (upstream == null) {
            throw new IllegalStateException("an inner layer passes its delta on");
        }
        FloatArray scratch = memory.scratch(worker);
        int end = plan.to(worker, round);
        if (!plan.sharesTiles()) {
            for (int tile = plan.fromTile(worker); tile < plan.toTile(worker); tile++) {
                kernels.backward(outgoing, weights, memory.gradients(tile), plan.start(round), x, upstream.gate(),
                        upstream.delta(), delta, scratch, tile, tile + 1, plan.from(worker, round), end,
                        upstream.slope());
            }
            return;
        }
        FloatArray gradients = memory.gradients(worker);
        for (int from = plan.from(worker, round); from < end;) {
            int to = Partition.panelEnd(from, end, outgoing::columnStart, gradients.length());
            kernels.backward(outgoing, weights, gradients, outgoing.columnStart(from), x, upstream.gate(),
                    upstream.delta(), delta, scratch, 0, plan.tiles(), from, to, upstream.slope());
            move(gradients, outgoing.columnStart(from), outgoing.columnStart(to), step);
            from = to;
        }
    }

    /** Copies the weights of a share of the output neurons for the forward sweep: no line is written by two workers. */
    @Override
    void refresh(int worker) {
        for (int j = receivers.from(worker); j < receivers.to(worker); j++) {
            next.set(j, (int) topology.rowStart(j));
        }
        if (split.workers() == 1) {
            kernels.transpose(incomingWeights, weights, outgoing.targets(), next, 0, topology.connections());
        } else {
            kernels.transpose(incomingWeights, weights, outgoing, worker == 0 ? null : cuts[worker - 1],
                    worker == cuts.length ? null : cuts[worker], next);
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
