package dev.filigree.benchmark.layer;

import dev.filigree.parallel.WorkerPool;
import dev.filigree.topology.ErdosRenyi;
import dev.filigree.topology.LayerTopology;
import dev.filigree.topology.Sparsity;
import java.util.SplittableRandom;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * The operands of one layer in plain arrays, from which every contender fills its own layout. Matrices are row-major
 * {@code [neuron][sample]}; connections are in incoming order.
 */
@State(Scope.Benchmark)
@SuppressWarnings("NullAway.Init") // JMH calls the set-up before anything else
public class LayerOperands {
    /** Input × output neurons. */
    @Param("1000x1000")
    public String shape;

    /** Samples per batch. */
    @Param("128")
    public int batch;

    /** Share of the connections that exist. */
    @Param({"0.01", "0.045", "0.2"})
    public double density;

    /** Threads that share each call. */
    @Param("1")
    public int threads;

    private LayerTopology topology;
    private WorkerPool pool;
    private float[] weights;
    private float[] bias;
    private float[] x;
    private float[] delta;

    /** Draws the operands; the same parameters give the same ones. */
    @Setup(Level.Trial)
    public void draw() {
        Shape size = Shape.parse(shape);
        topology = ErdosRenyi.generate(size.inputs(), size.outputs(), new Sparsity.Density(density), 1);
        pool = new WorkerPool(threads);
        weights = uniform(topology.connections(), 2);
        bias = uniform(size.outputs(), 3);
        x = uniform((long) size.inputs() * batch, 4);
        delta = uniform((long) size.outputs() * batch, 5);
    }

    /** Stops the workers and frees the topology. */
    @TearDown(Level.Trial)
    public void close() {
        pool.close();
        topology.close();
    }

    /** Which connections exist. */
    public LayerTopology topology() {
        return topology;
    }

    /** The workers, {@link #threads} of them. */
    public WorkerPool pool() {
        return pool;
    }

    /** Number of input neurons. */
    public int inputs() {
        return topology.inputs();
    }

    /** Number of output neurons. */
    public int outputs() {
        return topology.outputs();
    }

    /** One per connection. */
    public float[] weights() {
        return weights;
    }

    /** One per output neuron. */
    public float[] bias() {
        return bias;
    }

    /** Input activations. */
    public float[] x() {
        return x;
    }

    /** Output deltas. */
    public float[] delta() {
        return delta;
    }

    private static float[] uniform(long length, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] values = new float[Math.toIntExact(length)];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (random.nextDouble() - 0.5);
        }
        return values;
    }
}
