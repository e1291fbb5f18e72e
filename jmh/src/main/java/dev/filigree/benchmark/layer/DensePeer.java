package dev.filigree.benchmark.layer;

import dev.filigree.dense.DenseBackend;
import dev.filigree.kernel.SparseKernels;
import dev.filigree.memory.ArrayGroup;
import dev.filigree.memory.FloatArray;
import dev.filigree.parallel.Partition;
import dev.filigree.parallel.WorkerPool;
import dev.filigree.topology.LayerTopology;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.TearDown;

/**
 * The layer as a full matrix, 0 where no connection exists, on a dense backend.
 *
 * <p>Each worker computes its rows of a result in one product over the whole batch: the largest products there are,
 * and no second thread pool. A library's own threads would wait for each other by yielding, which on a machine that
 * does anything else costs far more than the split.
 */
@SuppressWarnings("NullAway.Init") // JMH calls the set-up before anything else
public abstract class DensePeer implements TrainingPeer {
    private final ArrayGroup arrays = new ArrayGroup();
    private final WorkerPool.Task forward = this::forwardShare;
    private final WorkerPool.Task inputDeltaTask = this::inputDeltaShare;
    private final WorkerPool.Task gradientTask = this::gradientShare;
    private final WorkerPool.Task update = this::updateShare;
    private DenseBackend backend;
    private WorkerPool pool;
    private int inputs;
    private int outputs;
    private int batch;
    private Partition rows;
    private Partition columns;
    private FloatArray weights;
    private FloatArray gradient;
    private FloatArray velocity;
    private FloatArray x;
    private FloatArray y;
    private FloatArray delta;
    private FloatArray inputDelta;

    /** Fills the matrices. */
    protected final void fill(LayerOperands operands, DenseBackend with) {
        backend = with;
        pool = operands.pool();
        inputs = operands.inputs();
        outputs = operands.outputs();
        batch = operands.batch;
        rows = Partition.even(outputs, pool.threads());
        columns = Partition.even(inputs, pool.threads());
        weights = arrays.floats((long) inputs * outputs, "dense weights");
        LayerTopology topology = operands.topology();
        for (int output = 0; output < outputs; output++) {
            for (long k = topology.rowStart(output); k < topology.rowStart(output + 1); k++) {
                weights.set((long) output * inputs + topology.source(k), operands.weights()[(int) k]);
            }
        }
        gradient = arrays.floats(weights.length(), "dense gradient");
        velocity = arrays.floats(weights.length(), "dense velocity");
        x = arrays.add(() -> FloatArray.copyOf(operands.x(), "dense input"));
        y = arrays.floats((long) outputs * batch, "dense output");
        delta = arrays.add(() -> FloatArray.copyOf(operands.delta(), "dense delta"));
        inputDelta = arrays.floats((long) inputs * batch, "dense input delta");
        Agreement.require(operands, this);
    }

    /** Frees them. */
    @TearDown(Level.Trial)
    public void close() {
        arrays.close();
    }

    @Override
    public void forward() {
        pool.run(forward);
    }

    @Override
    public void backward() {
        pool.run(inputDeltaTask);
        pool.run(gradientTask);
    }

    @Override
    public void gradient() {
        pool.run(gradientTask);
    }

    /** All connections, by the kernel that the engine's dense layer uses too. */
    @Override
    public void update() {
        pool.run(update);
    }

    @Override
    public float output(int neuron, int sample) {
        return y.get((long) neuron * batch + sample);
    }

    @Override
    public float inputDelta(int neuron, int sample) {
        return inputDelta.get((long) neuron * batch + sample);
    }

    @Override
    public float gradient(int output, int input, int connection) {
        return gradient.get((long) output * inputs + input);
    }

    @Override
    public float weight(int output, int input, int connection) {
        return weights.get((long) output * inputs + input);
    }

    private void forwardShare(int worker) {
        int from = rows.from(worker);
        backend.gemm(false, false, rows.to(worker) - from, batch, inputs, weights.address() + 4L * from * inputs,
                inputs, x.address(), batch, 0, y.address() + 4L * from * batch, batch);
    }

    private void inputDeltaShare(int worker) {
        int from = columns.from(worker);
        backend.gemm(true, false, columns.to(worker) - from, batch, outputs, weights.address() + 4L * from, inputs,
                delta.address(), batch, 0, inputDelta.address() + 4L * from * batch, batch);
    }

    private void gradientShare(int worker) {
        int from = rows.from(worker);
        backend.gemm(false, true, rows.to(worker) - from, inputs, batch, delta.address() + 4L * from * batch, batch,
                x.address(), batch, 0, gradient.address() + 4L * from * inputs, inputs);
    }

    private void updateShare(int worker) {
        SparseKernels.best().parameters().momentum(weights, velocity, gradient, 0, (long) rows.from(worker) * inputs,
                (long) rows.to(worker) * inputs, UPDATE_RATE, UPDATE_MOMENTUM, UPDATE_L2, 0, false);
    }
}
