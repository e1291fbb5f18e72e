package dev.filigree.network;

import dev.filigree.kernel.BlockedRows;
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
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An inner layer's: the outgoing order owns weights and moments, because the backward sweep touches both; the
 * forward sweep reads a copy of the weights, which is made after the update: in incoming order, or in blocks where there
 * are enough connections.
 */
final class TwoWayStore extends SparseStore {
    private OutgoingIndex outgoing;

    // The copy: one of the two.
    private @Nullable FloatArray incomingWeights;
    private @Nullable BlockedRows blocked;

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
        this.outgoing = arrays.orClose(() -> OutgoingIndex.of(topology));
        this.next = arrays.ints(topology.outputs(), "next positions");
        this.rows = Partition.even(topology.outputs(), 1);
        this.receivers = rows;
        if (!prefersBlocks()) {
            incomingWeights = arrays.floats(topology.connections(), "incoming weights");
        } else {
            blocked = arrays.orClose(() -> new BlockedRows(topology));
        }
        this.plan = new SweepPlan(topology.inputs(), outgoing::columnStart, split);
    }

    @Override
    Products products() {
        return blocked == null ? Products.SPARSE : Products.BLOCKED;
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

    private boolean prefersBlocks() {
        return !input.packs() && BlockedRows.suits(topology);
    }

    @Override
    void rewire(OwnedConnections rewired, WorkerPool pool) {
        if (incomingWeights != null && rewired.count() == topology.connections()) {
            // The incoming order is rewritten where it is, with the old values' memory as scratch.
            regroup(rewired, topology.rowStarts(), topology.sources(), incomingWeights, outgoing.targets(),
                    moments.first(), weights, pool);
        } else {
            rewireToOtherNumber(rewired, pool);
        }
        outgoing.close();
        outgoing = OutgoingIndex.unchecked(rewired.far(), rewired.starts(), rewired.neighbours());
        replaceValues(rewired);
        if (prefersBlocks()) {
            // Made before the copy it replaces is freed, which serves on if there is no memory for both.
            BlockedRows fresh = new BlockedRows(topology);
            freeCopy();
            fillBlocks(fresh);
            blocked = fresh;
        }
    }

    private void fillBlocks(BlockedRows blocks) {
        kernels.transpose(blocks, weights, outgoing, null, null, next, 0, topology.outputs());
    }

    private void freeCopy() {
        if (incomingWeights != null) {
            arrays.free(incomingWeights);
            incomingWeights = null;
        }
        if (blocked != null) {
            blocked.close();
            blocked = null;
        }
    }

    private void rewireToOtherNumber(OwnedConnections rewired, WorkerPool pool) {
        ArrayGroup fresh = new ArrayGroup();
        LongArray rowStarts = fresh.longs(topology.rowStarts().length(), topology.rowStarts().label());
        IntArray sources = fresh.ints(rewired.count(), topology.sources().label());
        FloatArray incoming = fresh.floats(rewired.count(), "incoming weights");
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
        freeCopy();
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
        if (incomingWeights != null) {
            incomingWeights.copyFrom(weightsGiven);
        } else if (blocked != null) {
            fillBlocks(blocked);
        }
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
        return incomingWeights != null ? incomingWeights.copy() : copyOut(weights);
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
        if (blocked != null) {
            kernels.forward(blocked, bias, x, y, z, split.fromTile(worker), split.toTile(worker), rows.from(member),
                    rows.to(member), slope);
            return;
        }
        input.forward(topology, Objects.requireNonNull(incomingWeights), bias, x, y, z, worker, rows.from(member),
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

    @Override
    void update(int worker, TiledMatrix x, TiledMatrix delta, UpdateStep step) {
        if (!(step instanceof GradientKeeping)) {
            refresh(worker);
        }
    }

    /** Copies the weights of a share of the output neurons for the forward sweep: no line is written by two workers. */
    @Override
    void refresh(int worker) {
        int from = receivers.from(worker);
        int to = receivers.to(worker);
        IntArray cutFrom = worker == 0 ? null : cuts[worker - 1];
        IntArray cutTo = worker == cuts.length ? null : cuts[worker];
        if (blocked != null) {
            kernels.transpose(blocked, weights, outgoing, cutFrom, cutTo, next, from, to);
            return;
        }
        FloatArray incoming = Objects.requireNonNull(incomingWeights);
        for (int j = from; j < to; j++) {
            next.set(j, (int) topology.rowStart(j));
        }
        if (split.workers() == 1) {
            kernels.transpose(incoming, weights, outgoing.targets(), next, 0, topology.connections());
        } else {
            kernels.transpose(incoming, weights, outgoing, cutFrom, cutTo, next);
        }
    }

    @Override
    long structureBytes() {
        return topology.bytes() + outgoing.bytes() + input.bytes() + (blocked == null ? 0 : blocked.bytes());
    }

    @Override
    public void close() {
        super.close();
        if (blocked != null) {
            blocked.close();
        }
        input.close();
        outgoing.close();
    }
}
