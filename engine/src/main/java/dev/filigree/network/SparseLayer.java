package dev.filigree.network;

import dev.filigree.kernel.SparseKernels;
import dev.filigree.kernel.TiledMatrix;
import dev.filigree.memory.FloatArray;
import dev.filigree.parallel.Partition;
import dev.filigree.topology.LayerTopology;
import dev.filigree.topology.OutgoingIndex;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A layer that stores and computes only the connections that exist.
 *
 * <p>The first layer passes no delta on, so it needs the incoming order alone. In every other layer the outgoing
 * order owns weights, gradients and velocities, because the backward sweep touches all of them; the forward sweep
 * reads a copy of the weights in incoming order, brought up to date when it first needs it after an update.
 */
public final class SparseLayer extends Layer {
    private LayerTopology topology;
    private @Nullable OutgoingIndex outgoing;
    private FloatArray weights;
    private FloatArray velocity;
    private FloatArray gradient;
    private FloatArray incomingWeights;
    private boolean incomingStale;
    private Partition rows;
    private Partition columns;
    private FloatArray[] scratch = {};

    /** As the constructor; closes the topology if that fails. */
    static SparseLayer owning(LayerTopology topology, LayerSpec spec, boolean first, SparseKernels kernels) {
        try {
            return new SparseLayer(spec, topology, first, kernels);
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
    private SparseLayer(LayerSpec spec, LayerTopology topology, boolean first, SparseKernels kernels) {
        super(spec, topology.inputs(), kernels);
        this.topology = topology;
        this.weights = arrays.floats(topology.connections(), "weights");
        this.velocity = arrays.floats(topology.connections(), "velocity");
        this.gradient = arrays.floats(topology.connections(), "gradient");
        this.incomingWeights = first ? weights : arrays.floats(topology.connections(), "incoming weights");
        this.outgoing = first ? null : arrays.orClose(() -> OutgoingIndex.of(topology));
        this.rows = Partition.even(outputs(), 1);
        this.columns = Partition.even(inputs(), 1);
        partition();
    }

    /** The connections; owned by the layer and replaced when it is rewired. */
    public LayerTopology topology() {
        return topology;
    }

    @Override
    public long connections() {
        return topology.connections();
    }

    @Override
    public LayerTopology copyTopology() {
        return topology.copy();
    }

    @Override
    public FloatArray copyWeights() {
        return toIncoming(weights);
    }

    @Override
    public FloatArray copyGradient() {
        return toIncoming(gradient);
    }

    /** A copy of the momentum state in incoming order; the caller closes it. */
    public FloatArray copyVelocity() {
        return toIncoming(velocity);
    }

    @Override
    public void setWeights(FloatArray incoming) {
        checkOnePerConnection(incoming, topology);
        fromIncoming(incoming, weights);
        incomingStale = outgoing != null;
    }

    /**
     * Replaces the connections. Takes ownership of the topology, unless it throws for the arguments; the arrays are
     * copied.
     *
     * @param rewired of the same shape
     * @param newWeights one per connection, incoming order
     * @param newVelocity one per connection, incoming order
     */
    public void rewire(LayerTopology rewired, FloatArray newWeights, FloatArray newVelocity) {
        if (rewired.inputs() != inputs() || rewired.outputs() != outputs()) {
            throw new IllegalArgumentException(
                    "cannot rewire %s to %s: the shapes differ".formatted(topology, rewired));
        }
        checkOnePerConnection(newWeights, rewired);
        checkOnePerConnection(newVelocity, rewired);
        boolean first = outgoing == null;
        boolean resized = rewired.connections() != topology.connections();
        topology.close();
        topology = rewired;
        if (outgoing != null) {
            outgoing.close();
            outgoing = OutgoingIndex.of(rewired);
        }
        if (resized) {
            List.of(weights, velocity, gradient).forEach(arrays::free);
            arrays.free(incomingWeights);
            weights = arrays.floats(rewired.connections(), "weights");
            velocity = arrays.floats(rewired.connections(), "velocity");
            gradient = arrays.floats(rewired.connections(), "gradient");
            incomingWeights = first ? weights : arrays.floats(rewired.connections(), "incoming weights");
        }
        fromIncoming(newVelocity, velocity);
        setWeights(newWeights);
        partition();
    }

    @Override
    public long bytes() {
        OutgoingIndex index = outgoing;
        return super.bytes() + topology.rowStarts().bytes() + topology.sources().bytes() + weights.bytes()
                + velocity.bytes() + gradient.bytes() + (index == null
                        ? 0
                        : index.columnStarts().bytes() + index.targets().bytes() + index.positions().bytes()
                                + incomingWeights.bytes());
    }

    @Override
    void partition() {
        rows = Partition.balanced(outputs(), topology::rowStart, workers());
        OutgoingIndex index = outgoing;
        if (index != null) {
            columns = Partition.balanced(inputs(), index::columnStart, workers());
        }
        List.of(scratch).forEach(arrays::free);
        scratch = new FloatArray[0];
        int longest = index == null ? topology.largestFanIn() : index.largestFanOut();
        FloatArray[] fresh = new FloatArray[workers()];
        for (int worker = 0; worker < fresh.length; worker++) {
            fresh[worker] = arrays.add(() -> kernels.scratch(longest));
        }
        scratch = fresh;
    }

    /** Called once before a forward pass is shared out; tells whether the shares have to refresh the copy. */
    boolean takeStale() {
        boolean stale = incomingStale;
        incomingStale = false;
        return stale;
    }

    /** Brings a share of the forward pass's weights up to date. */
    void refresh(int worker) {
        OutgoingIndex index = outgoing;
        if (index != null) {
            kernels.toIncomingOrder(index, incomingWeights, weights, topology.rowStart(rows.from(worker)),
                    topology.rowStart(rows.to(worker)));
        }
    }

    @Override
    void forward(int worker, TiledMatrix x, TiledMatrix y, @Nullable TiledMatrix z, int tiles) {
        kernels.forward(topology, incomingWeights, bias(), x, y, z, tiles, rows.from(worker), rows.to(worker),
                activation().kernelSlope());
    }

    @Override
    void backward(int worker, TiledMatrix x, TiledMatrix gate, float gateSlope, TiledMatrix inputDelta,
            TiledMatrix delta, int tiles) {
        OutgoingIndex index = outgoing;
        if (index == null) {
            throw new IllegalStateException("a first layer passes no delta on");
        }
        kernels.backward(index, weights, gradient, x, gate, inputDelta, delta, scratch[worker], tiles,
                columns.from(worker),
                columns.to(worker), gateSlope);
    }

    @Override
    void gradient(int worker, TiledMatrix x, TiledMatrix delta, int tiles) {
        kernels.gradient(topology, gradient, x, delta, scratch[worker], tiles, rows.from(worker), rows.to(worker));
    }

    @Override
    void updateWeights(int worker, int workerCount, UpdateStep step) {
        long connections = connections();
        kernels.momentum(weights, velocity, gradient, share(connections, worker, workerCount),
                share(connections, worker + 1, workerCount), step.rate(), step.momentum(), step.l2(), step.decay(),
                step.nesterov());
    }

    /** Called once after an update has been shared out. */
    void markStale() {
        incomingStale = outgoing != null;
    }

    private static void checkOnePerConnection(FloatArray values, LayerTopology topology) {
        if (values.length() != topology.connections()) {
            throw new IllegalArgumentException(
                    "%s: expected one per connection of %s".formatted(values, topology));
        }
    }

    private FloatArray toIncoming(FloatArray owned) {
        FloatArray copy = FloatArray.allocate(connections(), owned.label() + " (copy)");
        OutgoingIndex index = outgoing;
        if (index == null) {
            copy.copyFrom(owned);
        } else {
            kernels.toIncomingOrder(index, copy, owned, 0, connections());
        }
        return copy;
    }

    private void fromIncoming(FloatArray incoming, FloatArray owned) {
        OutgoingIndex index = outgoing;
        if (index == null) {
            owned.copyFrom(incoming);
            return;
        }
        for (long k = 0; k < connections(); k++) {
            owned.set(index.positions().get(k), incoming.get(k));
        }
    }

    @Override
    public void close() {
        super.close();
        topology.close();
        if (outgoing != null) {
            outgoing.close();
        }
    }
}
