package dev.filigree.benchmark.layer;

import dev.filigree.kernel.SparseKernels;
import dev.filigree.memory.ArrayGroup;
import dev.filigree.memory.FloatArray;
import dev.filigree.parallel.Partition;
import dev.filigree.parallel.WorkerPool;
import dev.filigree.topology.LayerTopology;
import dev.filigree.topology.OutgoingIndex;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Filigree's kernels, shared among the workers as the engine's sparse layer shares them. Where peers compute bare
 * products, these do what training needs: bias and ReLU in the forward sweep, its derivative in the backward one.
 */
@State(Scope.Benchmark)
@SuppressWarnings("NullAway.Init") // JMH calls the set-up before anything else
public class FiligreeLayer {
    private final SparseKernels kernels = SparseKernels.best();
    private final ArrayGroup arrays = new ArrayGroup();
    private final WorkerPool.Task forward = this::forwardShare;
    private final WorkerPool.Task backward = this::backwardShare;
    private final WorkerPool.Task gradient = this::gradientShare;
    private final WorkerPool.Task update = this::updateShare;
    private WorkerPool pool;
    private LayerTopology topology;
    private OutgoingIndex outgoing;
    private Partition rows;
    private Partition columns;
    private FloatArray incomingWeights;
    private FloatArray weights;
    private FloatArray velocity;
    private FloatArray bias;
    /** Of the worker's rows, incoming order. */
    private FloatArray[] incomingGradient;
    /** Of the worker's columns, outgoing order. */
    private FloatArray[] outgoingGradient;
    private FloatArray[] scratch;
    private int[] positions;
    private TiledOperands tiles;

    /** Fills the kernels' layout. */
    @Setup(Level.Trial)
    public void fill(LayerOperands operands) {
        pool = operands.pool();
        topology = operands.topology();
        outgoing = OutgoingIndex.of(topology);
        positions = OutgoingOrder.of(topology).positions;
        rows = Partition.balanced(topology.outputs(), topology::rowStart, pool.threads());
        columns = Partition.balanced(topology.inputs(), outgoing::columnStart, pool.threads());
        incomingWeights = arrays.add(() -> FloatArray.copyOf(operands.weights(), "incoming weights"));
        weights = arrays.floats(topology.connections(), "weights");
        for (long k = 0; k < topology.connections(); k++) {
            weights.set(positions[(int) k], incomingWeights.get(k));
        }
        velocity = arrays.floats(topology.connections(), "velocity");
        bias = arrays.add(() -> FloatArray.copyOf(operands.bias(), "bias"));
        incomingGradient = perWorker(worker -> arrays
                .floats(topology.rowStart(rows.to(worker)) - topology.rowStart(rows.from(worker)), "gradient"));
        outgoingGradient = perWorker(
                worker -> arrays.floats(columnStart(worker + 1) - columnStart(worker), "gradient"));
        scratch = perWorker(worker -> arrays
                .add(() -> kernels.scratch(Math.max(topology.largestFanIn(), outgoing.largestFanOut()))));
        tiles = TiledOperands.of(operands, kernels);
    }

    /** Frees it. */
    @TearDown(Level.Trial)
    public void close() {
        outgoing.close();
        arrays.close();
        tiles.close();
    }

    /** {@code y = max(0, W·x + bias)}. */
    public void forward() {
        pool.run(forward);
    }

    /** Input delta, where {@code x} is positive, and weight gradient in one sweep. */
    public void backward() {
        pool.run(backward);
    }

    /** The weight gradient alone (SDDMM), which is what a first layer needs. */
    public void gradient() {
        pool.run(gradient);
    }

    /** One step of stochastic gradient descent with momentum along the gradient of {@link #backward}. */
    public void update() {
        pool.run(update);
    }

    float output(int neuron, int sample) {
        return tiles.y().get(neuron, sample);
    }

    float inputDelta(int neuron, int sample) {
        return tiles.inputDelta().get(neuron, sample);
    }

    /** Of the backward sweep. */
    float gradient(int connection) {
        int worker = 0;
        while (positions[connection] >= columnStart(worker + 1)) {
            worker++;
        }
        return outgoingGradient[worker].get(positions[connection] - columnStart(worker));
    }

    /** Of the gradient alone. */
    float gradientAlone(int connection) {
        int worker = 0;
        while (connection >= topology.rowStart(rows.to(worker))) {
            worker++;
        }
        return incomingGradient[worker].get(connection - topology.rowStart(rows.from(worker)));
    }

    float weight(int connection) {
        return weights.get(positions[connection]);
    }

    private void forwardShare(int worker) {
        kernels.forward(topology, incomingWeights, bias, tiles.x(), tiles.y(), null, 0, tiles.x().tiles(),
                rows.from(worker), rows.to(worker),
                0);
    }

    private void backwardShare(int worker) {
        kernels.backward(outgoing, weights, outgoingGradient[worker], columnStart(worker), tiles.x(), tiles.x(),
                tiles.inputDelta(), tiles.delta(),
                scratch[worker], 0, tiles.x().tiles(), columns.from(worker), columns.to(worker), 0);
    }

    private void gradientShare(int worker) {
        kernels.gradient(topology, incomingGradient[worker], topology.rowStart(rows.from(worker)), tiles.x(),
                tiles.delta(),
                scratch[worker], 0, tiles.x().tiles(), rows.from(worker),
                rows.to(worker));
    }

    private void updateShare(int worker) {
        kernels.parameters().momentum(weights, velocity, outgoingGradient[worker], columnStart(worker),
                columnStart(worker),
                columnStart(worker + 1), TrainingPeer.UPDATE_RATE, TrainingPeer.UPDATE_MOMENTUM, TrainingPeer.UPDATE_L2,
                0, false);
    }

    /** Where a worker's share of the outgoing order begins; that of the one past the last is the end. */
    private long columnStart(int worker) {
        return outgoing.columnStart(worker == 0 ? 0 : columns.to(worker - 1));
    }

    private FloatArray[] perWorker(IntFunction<FloatArray> share) {
        return IntStream.range(0, pool.threads()).mapToObj(share).toArray(FloatArray[]::new);
    }
}
