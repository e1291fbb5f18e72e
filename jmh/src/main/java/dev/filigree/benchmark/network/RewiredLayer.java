package dev.filigree.benchmark.network;

import dev.filigree.benchmark.layer.Shape;
import dev.filigree.dense.DenseBackends;
import dev.filigree.evolution.Evolution;
import dev.filigree.evolution.EvolvingLayer;
import dev.filigree.evolution.PruneAndGrow;
import dev.filigree.evolution.TrainingProgress;
import dev.filigree.kernel.SparseKernels;
import dev.filigree.memory.FloatArray;
import dev.filigree.network.Activation;
import dev.filigree.network.Compute;
import dev.filigree.network.Dropout;
import dev.filigree.network.Initializer;
import dev.filigree.network.LayerSpec;
import dev.filigree.network.LearnedValues;
import dev.filigree.network.Mlp;
import dev.filigree.network.NetworkState;
import dev.filigree.network.SparseLayer;
import dev.filigree.parallel.WorkerPool;
import dev.filigree.topology.LayerTopology;
import dev.filigree.topology.Sparsity;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * A layer behind another one, so that it keeps both orders of its connections, and the same connections in plain
 * arrays. New weights are drawn like the first ones: that keeps the distribution of the weights however often the
 * layer is rewired.
 */
@State(Scope.Benchmark)
@SuppressWarnings("NullAway.Init") // JMH calls the set-up before anything else
public class RewiredLayer {
    /** Input × output neurons. */
    @Param("1000x1000")
    public String shape;

    /** Share of the connections that exist. */
    @Param("0.045")
    public double density;

    /** Fraction of the connections replaced. */
    @Param("0.3")
    public double zeta;

    /** Workers of Filigree's rewiring; plain Java's is serial. */
    @Param("1")
    public int threads;

    private static final TrainingProgress EPOCH = new TrainingProgress(1, 1, 1, 2);

    private final Initializer initializer = new Initializer(Initializer.Distribution.HE_UNIFORM,
            Initializer.Fan.TOPOLOGY);
    private final SplittableRandom random = new SplittableRandom(3);
    private WorkerPool pool;
    private Mlp mlp;
    private SparseLayer layer;
    private Evolution evolution;
    private PlainSet plain;

    /** Makes the layer, and rewires it once in both ways, which have to remove the same connections. */
    @Setup(Level.Trial)
    public void make() {
        Shape size = Shape.parse(shape);
        Sparsity sparsity = new Sparsity.Density(density);
        List<LayerSpec> specs = List.of(new LayerSpec(size.inputs(), sparsity, Activation.RELU, Dropout.NONE),
                new LayerSpec(size.outputs(), sparsity, Activation.RELU, Dropout.NONE));
        Compute compute = new Compute(SparseKernels.best(), DenseBackends.best(), 1.0);
        try (Mlp fresh = Mlp.random(1, specs, initializer, 1, compute); NetworkState state = NetworkState.of(fresh)) {
            // Velocities other than 0 tell the old connections from the new ones.
            LearnedValues learned = state.layers().get(1).weights();
            learned.firstMoment().copyFrom(learned.values());
            mlp = state.restore(specs, compute);
        }
        layer = (SparseLayer) mlp.layer(1);
        evolution = PruneAndGrow.set(zeta, initializer);
        pool = new WorkerPool(threads);
        try (FloatArray weights = layer.copyWeights()) {
            plain = new PlainSet(layer.topology(), weights.toArray());
        }
        long removed = evolve();
        long removedPlain = evolvePlain();
        if (removed != removedPlain || !kept().equals(plain.kept())) {
            throw new IllegalStateException(
                    "Filigree replaces %d connections, plain Java %d, or others; times of different answers are not compared"
                            .formatted(removed, removedPlain));
        }
    }

    /** Frees the layer. */
    @TearDown(Level.Trial)
    public void close() {
        pool.close();
        mlp.close();
    }

    /** Rewires the layer; returns the number of connections replaced. */
    public long evolve() {
        return evolution.evolve(List.of(new EvolvingLayer(layer, true, random.nextLong(), null)), EPOCH, pool)[0];
    }

    /** Rewires the plain arrays; returns the number of connections replaced. */
    public long evolvePlain() {
        return plain.evolve(zeta, initializer.draw(layer.inputs(), layer.outputs(), layer.connections()), random);
    }

    private Map<Long, Float> kept() {
        Map<Long, Float> kept = new TreeMap<>();
        LayerTopology topology = layer.topology();
        try (FloatArray weights = layer.copyWeights();
                FloatArray velocity = layer.copyVelocity()) {
            for (int j = 0; j < topology.outputs(); j++) {
                for (long k = topology.rowStart(j); k < topology.rowStart(j + 1); k++) {
                    if (velocity.get(k) != 0) {
                        kept.put((long) j * topology.inputs() + topology.source(k), weights.get(k));
                    }
                }
            }
        }
        return kept;
    }
}
