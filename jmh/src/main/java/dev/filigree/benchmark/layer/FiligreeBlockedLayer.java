package dev.filigree.benchmark.layer;

import dev.filigree.kernel.BlockedIndex;
import dev.filigree.kernel.SparseKernels;
import dev.filigree.memory.ArrayGroup;
import dev.filigree.memory.FloatArray;
import dev.filigree.memory.LongArray;
import dev.filigree.parallel.Partition;
import dev.filigree.parallel.WorkerPool;
import dev.filigree.topology.LayerTopology;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Filigree's kernels over blocks, which the engine's layers with many connections run on. They do the work of bias and
 * activation, with a bias of 0 and a linear activation: so they give what a peer gives.
 */
@State(Scope.Benchmark)
@SuppressWarnings("NullAway.Init") // JMH calls the set-up before anything else
public class FiligreeBlockedLayer implements TrainingPeer {
    private final SparseKernels kernels = SparseKernels.best();
    private final ArrayGroup arrays = new ArrayGroup();
    private final WorkerPool.Task forward = this::forwardShare;
    private final WorkerPool.Task backward = this::backwardShare;
    private final WorkerPool.Task update = this::updateShare;
    private final WorkerPool.Task transpose = this::transposeShare;
    private WorkerPool pool;
    private BlockedIndex incoming;
    private BlockedIndex outgoing;
    private int[] positions;
    private Partition rows;
    private Partition columns;
    private Partition moved;
    private Partition pairs;
    private FloatArray weights;
    private FloatArray velocity;
    private FloatArray gradient;
    private FloatArray incomingWeights;
    private FloatArray bias;
    private FloatArray[] scratch;
    private LongArray next;
    private TiledOperands tiles;

    /** Fills the kernels' layout. */
    @Setup(Level.Trial)
    public void fill(LayerOperands operands) {
        LayerTopology topology = operands.topology();
        pool = operands.pool();
        incoming = BlockedIndex.incoming(topology, arrays);
        outgoing = BlockedIndex.outgoing(topology, arrays);
        positions = positions(topology, outgoing);
        rows = Partition.even(topology.outputs(), pool.threads());
        columns = Partition.even(topology.inputs(), pool.threads());
        moved = Partition.even((int) outgoing.positions(), pool.threads());
        pairs = Partition.even(incoming.blocks() * outgoing.blocks(), pool.threads());
        weights = arrays.floats(outgoing.positions(), "weights");
        for (int k = 0; k < positions.length; k++) {
            weights.set(positions[k], operands.weights()[k]);
        }
        velocity = arrays.floats(outgoing.positions(), "velocity");
        gradient = arrays.floats(outgoing.positions(), "gradient");
        incomingWeights = arrays.floats(incoming.positions(), "incoming weights");
        bias = arrays.floats(topology.outputs(), "bias");
        scratch = IntStream.range(0, pool.threads())
                .mapToObj(worker -> arrays.add(() -> kernels.scratch(BlockedIndex.WIDTH)))
                .toArray(FloatArray[]::new);
        next = arrays.longs((long) BlockedIndex.WIDTH * pool.threads(), "next addresses");
        tiles = TiledOperands.of(operands, kernels);
        transpose();
        Agreement.require(operands, this);
    }

    /** Of each connection in incoming order. */
    private static int[] positions(LayerTopology topology, BlockedIndex outgoing) {
        int[] positions = new int[Math.toIntExact(topology.connections())];
        int[] next = new int[outgoing.cell(outgoing.blocks(), 0)];
        for (int cell = 0; cell < next.length; cell++) {
            next[cell] = outgoing.first(cell);
        }
        for (int j = 0; j < topology.outputs(); j++) {
            for (int k = (int) topology.rowStart(j); k < topology.rowStart(j + 1); k++) {
                positions[k] = next[outgoing.cell(j / outgoing.width(), topology.source(k))]++;
            }
        }
        return positions;
    }

    /** Frees it. */
    @TearDown(Level.Trial)
    public void close() {
        arrays.close();
        tiles.close();
    }

    @Override
    public void forward() {
        pool.run(forward);
    }

    @Override
    public void backward() {
        pool.run(backward);
    }

    /** No sweep of inner layers finds it alone. */
    @Override
    public void gradient() {
        backward();
    }

    @Override
    public void update() {
        pool.run(update);
    }

    /** Brings the weights into the order of the forward sweep. */
    public void transpose() {
        pool.run(transpose);
    }

    @Override
    public float output(int neuron, int sample) {
        return tiles.y().get(neuron, sample);
    }

    @Override
    public float inputDelta(int neuron, int sample) {
        return tiles.inputDelta().get(neuron, sample);
    }

    @Override
    public float gradient(int output, int input, int connection) {
        return gradient.get(positions[connection]);
    }

    @Override
    public float weight(int output, int input, int connection) {
        return weights.get(positions[connection]);
    }

    private void forwardShare(int worker) {
        kernels.blocked().forward(incoming, incomingWeights, bias, tiles.x(), tiles.y(), null, 0, tiles.x().tiles(),
                rows.from(worker),
                rows.to(worker), 1);
    }

    private void backwardShare(int worker) {
        for (int block = 0; block < outgoing.blocks(); block++) {
            kernels.blocked().backward(outgoing, block, weights, gradient, 0, tiles.x(), tiles.x(), tiles.inputDelta(),
                    tiles.delta(), scratch[worker],
                    0, tiles.x().tiles(), columns.from(worker), columns.to(worker), 1);
        }
    }

    private void updateShare(int worker) {
        kernels.parameters().momentum(weights, velocity, gradient, 0, moved.from(worker), moved.to(worker), UPDATE_RATE,
                UPDATE_MOMENTUM, UPDATE_L2, 0, false);
    }

    private void transposeShare(int worker) {
        kernels.blocked().transpose(outgoing, weights, incoming, incomingWeights, next, worker * BlockedIndex.WIDTH,
                pairs.from(worker), pairs.to(worker));
    }
}
