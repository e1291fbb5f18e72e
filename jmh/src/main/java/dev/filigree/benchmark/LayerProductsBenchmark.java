package dev.filigree.benchmark;

import dev.filigree.dense.DenseBackend;
import dev.filigree.dense.DenseBackends;
import dev.filigree.kernel.SparseKernels;
import dev.filigree.kernel.TiledMatrix;
import dev.filigree.memory.FloatArray;
import dev.filigree.topology.ErdosRenyi;
import dev.filigree.topology.LayerTopology;
import dev.filigree.topology.OutgoingIndex;
import dev.filigree.topology.Sparsity;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The products of one square layer on one thread: Filigree's sparse kernels and the dense backend on the same
 * shape and batch. {@link SparseVersusDense} turns the times into ratios.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 7, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Fork(3)
@SuppressWarnings("NullAway.Init") // JMH calls the set-up before anything else
public class LayerProductsBenchmark {
    /** Input neurons, and output neurons. */
    @Param("1000")
    public int neurons;

    /** Samples per batch. */
    @Param("128")
    public int batch;

    /** Share of the connections that exist, for the sparse products. */
    @Param({"0.01", "0.045", "0.2"})
    public double density;

    private final SparseKernels kernels = SparseKernels.best();
    private final DenseBackend dense = DenseBackends.best();
    private LayerTopology topology;
    private OutgoingIndex outgoing;
    private FloatArray weights;
    private FloatArray gradient;
    private FloatArray bias;
    private FloatArray scratch;
    private TiledMatrix x;
    private TiledMatrix y;
    private TiledMatrix delta;
    private TiledMatrix inputDelta;
    private FloatArray denseWeights;
    private FloatArray denseGradient;

    /** Fills the operands. */
    @Setup(Level.Trial)
    public void fill() {
        topology = ErdosRenyi.generate(neurons, neurons, new Sparsity.Density(density), 1);
        outgoing = OutgoingIndex.of(topology);
        weights = random(topology.connections());
        gradient = random(topology.connections());
        bias = random(neurons);
        scratch = kernels.scratch(Math.max(topology.largestFanIn(), outgoing.largestFanOut()));
        x = matrix();
        y = matrix();
        delta = matrix();
        inputDelta = matrix();
        denseWeights = random((long) neurons * neurons);
        denseGradient = random((long) neurons * neurons);
    }

    /** Frees them. */
    @TearDown(Level.Trial)
    public void close() {
        topology.close();
        outgoing.close();
        for (FloatArray array : new FloatArray[]{weights, gradient, bias, scratch, denseWeights, denseGradient}) {
            array.close();
        }
        for (TiledMatrix matrix : new TiledMatrix[]{x, y, delta, inputDelta}) {
            matrix.close();
        }
    }

    /** {@code y = max(0, W·x + bias)} over the existing connections. */
    @Benchmark
    public void sparseForward() {
        kernels.forward(topology, weights, bias, x, y, null, x.tiles(), 0, neurons, 0);
    }

    /** Input delta and weight gradient in one sweep over the existing connections. */
    @Benchmark
    public void sparseBackward() {
        kernels.backward(outgoing, weights, gradient, x, x, inputDelta, delta, scratch, x.tiles(), 0, neurons, 0);
    }

    /** {@code y = W·x}, all connections; one product over the whole batch. */
    @Benchmark
    public void denseForward() {
        dense.gemm(false, false, neurons, batch, neurons, denseWeights.address(), neurons, x.tileAddress(0), batch, 0,
                y.tileAddress(0), batch);
    }

    /** Input delta and weight gradient, all connections; one product each. */
    @Benchmark
    public void denseBackward() {
        dense.gemm(true, false, neurons, batch, neurons, denseWeights.address(), neurons, delta.tileAddress(0), batch,
                0, inputDelta.tileAddress(0), batch);
        dense.gemm(false, true, neurons, neurons, batch, delta.tileAddress(0), batch, x.tileAddress(0), batch, 0,
                denseGradient.address(), neurons);
    }

    private TiledMatrix matrix() {
        TiledMatrix matrix = new TiledMatrix(neurons, batch, kernels.tileLanes(batch), "benchmark operand");
        fill(matrix.values());
        return matrix;
    }

    private static FloatArray random(long length) {
        FloatArray array = FloatArray.allocate(length, "benchmark operand");
        fill(array);
        return array;
    }

    private static void fill(FloatArray array) {
        SplittableRandom random = new SplittableRandom(2);
        for (long i = 0; i < array.length(); i++) {
            array.set(i, (float) (random.nextDouble() - 0.5));
        }
    }
}
