package dev.filigree.benchmark.distance;

import dev.filigree.bench.growth.RelatedLayer;
import dev.filigree.distance.DistanceMethod;
import dev.filigree.distance.NetworkDistance;
import dev.filigree.distance.OutputNeurons;
import dev.filigree.distance.pairs.DistanceMatrix;
import dev.filigree.parallel.WorkerPool;
import dev.filigree.topology.ErdosRenyi;
import dev.filigree.topology.LayerTopology;
import dev.filigree.topology.NetworkTopology;
import dev.filigree.topology.Sparsity;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Ten networks of the shape and density that the NNSTD paper compares: 784-784-784-784-10, each of them the first one with
 * a sixth of its connections moved, so that two of them are about as far apart as the published ones after training.
 */
@State(Scope.Benchmark)
@SuppressWarnings("NullAway.Init") // JMH calls the set-up before anything else
public class RelatedNetworks {
    private static final int[] SIZES = {784, 784, 784, 784, 10};
    private static final int NETWORKS = 10;
    private static final double DENSITY = 0.006;
    private static final double MOVED = 1.0 / 6;

    /** Threads that share the work. */
    @Param("1")
    public int threads;

    private final List<NetworkTopology> networks = new ArrayList<>();
    private WorkerPool pool;

    /** Draws the networks. */
    @Setup(Level.Trial)
    public void draw() {
        pool = new WorkerPool(threads);
        for (int n = 0; n < NETWORKS; n++) {
            List<LayerTopology> layers = new ArrayList<>();
            for (int l = 1; l < SIZES.length; l++) {
                double density = SIZES[l] == 10 ? 1 : DENSITY;
                LayerTopology first = ErdosRenyi.generate(SIZES[l - 1], SIZES[l], new Sparsity.Density(density), l);
                layers.add(n == 0 || density == 1 ? first : moved(first, 10L * n + l));
            }
            networks.add(new NetworkTopology(layers));
        }
    }

    private static LayerTopology moved(LayerTopology layer, long seed) {
        try (layer) {
            return RelatedLayer.moved(layer, MOVED, seed);
        }
    }

    /** Frees the networks. */
    @TearDown(Level.Trial)
    public void close() {
        networks.forEach(NetworkTopology::close);
        pool.close();
    }

    /** All layers of two of them. */
    public NetworkDistance pair() {
        return NetworkDistance.between(networks.get(1), networks.get(2), OutputNeurons.MATCHED, pool);
    }

    /** All 45 pairs. */
    public DistanceMatrix matrix() {
        return DistanceMatrix.of(networks, DistanceMethod.exact(OutputNeurons.MATCHED), pool);
    }
}
