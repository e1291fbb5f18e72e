package dev.filigree.benchmark.layer;

import dev.filigree.parallel.Partition;
import dev.filigree.parallel.WorkerPool;
import dev.filigree.topology.LayerTopology;
import java.util.Arrays;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The loops one writes first: compressed sparse rows in {@code int[]} and {@code float[]}, inner loop over the batch. */
@State(Scope.Benchmark)
@SuppressWarnings("NullAway.Init") // JMH calls the set-up before anything else
public class PlainJavaLayer implements TrainingPeer {
    private final WorkerPool.Task forward = this::forwardShare;
    private final WorkerPool.Task inputDeltaTask = this::inputDeltaShare;
    private final WorkerPool.Task gradientTask = this::gradientShare;
    private final WorkerPool.Task update = this::updateShare;
    private WorkerPool pool;
    private int batch;
    private Partition rows;
    private Partition columns;
    private int[] rowStarts;
    private int[] sources;
    private int[] columnStarts;
    private int[] targets;
    /** Where each connection of the outgoing order stands in the incoming one. */
    private int[] incoming;
    private float[] weights;
    private float[] gradient;
    private float[] velocity;
    private float[] x;
    private float[] y;
    private float[] delta;
    private float[] inputDelta;

    /** Fills the arrays. */
    @Setup(Level.Trial)
    public void fill(LayerOperands operands) {
        pool = operands.pool();
        batch = operands.batch;
        LayerTopology topology = operands.topology();
        rowStarts = Arrays.stream(topology.rowStarts().toArray()).mapToInt(Math::toIntExact).toArray();
        sources = topology.sources().toArray();
        rows = Partition.balanced(topology.outputs(), topology::rowStart, pool.threads());
        OutgoingOrder outgoing = OutgoingOrder.of(topology);
        columnStarts = outgoing.columnStarts;
        targets = outgoing.targets;
        columns = Partition.balanced(topology.inputs(), i -> columnStarts[i], pool.threads());
        incoming = new int[sources.length];
        for (int k = 0; k < incoming.length; k++) {
            incoming[outgoing.positions[k]] = k;
        }
        weights = operands.weights().clone();
        gradient = new float[weights.length];
        velocity = new float[weights.length];
        x = operands.x();
        y = new float[operands.outputs() * batch];
        delta = operands.delta();
        inputDelta = new float[operands.inputs() * batch];
        Agreement.require(operands, this);
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

    @Override
    public void update() {
        pool.run(update);
    }

    @Override
    public float output(int neuron, int sample) {
        return y[neuron * batch + sample];
    }

    @Override
    public float inputDelta(int neuron, int sample) {
        return inputDelta[neuron * batch + sample];
    }

    @Override
    public float gradient(int output, int input, int connection) {
        return gradient[connection];
    }

    @Override
    public float weight(int output, int input, int connection) {
        return weights[connection];
    }

    private void forwardShare(int worker) {
        for (int j = rows.from(worker); j < rows.to(worker); j++) {
            Arrays.fill(y, j * batch, (j + 1) * batch, 0);
            for (int k = rowStarts[j]; k < rowStarts[j + 1]; k++) {
                addScaled(weights[k], x, sources[k] * batch, y, j * batch);
            }
        }
    }

    private void inputDeltaShare(int worker) {
        for (int i = columns.from(worker); i < columns.to(worker); i++) {
            Arrays.fill(inputDelta, i * batch, (i + 1) * batch, 0);
            for (int p = columnStarts[i]; p < columnStarts[i + 1]; p++) {
                addScaled(weights[incoming[p]], delta, targets[p] * batch, inputDelta, i * batch);
            }
        }
    }

    private void gradientShare(int worker) {
        for (int j = rows.from(worker); j < rows.to(worker); j++) {
            for (int k = rowStarts[j]; k < rowStarts[j + 1]; k++) {
                float sum = 0;
                for (int s = 0; s < batch; s++) {
                    sum += x[sources[k] * batch + s] * delta[j * batch + s];
                }
                gradient[k] = sum;
            }
        }
    }

    private void updateShare(int worker) {
        for (int k = rowStarts[rows.from(worker)]; k < rowStarts[rows.to(worker)]; k++) {
            velocity[k] = UPDATE_MOMENTUM * velocity[k] - UPDATE_RATE * (gradient[k] + UPDATE_L2 * weights[k]);
            weights[k] += velocity[k];
        }
    }

    private void addScaled(float weight, float[] from, int fromAt, float[] to, int toAt) {
        for (int s = 0; s < batch; s++) {
            to[toAt + s] += weight * from[fromAt + s];
        }
    }
}
