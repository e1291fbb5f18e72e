package dev.filigree.benchmark;

import dev.filigree.assignment.Assignment;
import dev.filigree.benchmark.distance.LayerPair;
import dev.filigree.distance.LayerDistance;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Warmup;

/** The distance of two layers, and its parts. */
@Fork(1)
@Warmup(iterations = 8, time = 500, timeUnit = TimeUnit.MILLISECONDS) // takes long to compile
public class LayerDistanceBenchmark extends SteadyState {
    /** Costs from the wiring alone. */
    @Benchmark
    public long costs(LayerPair layers) {
        return layers.makeCosts();
    }

    /** The exact assignment of sparse costs, certified. */
    @Benchmark
    public Assignment filigree(LayerPair layers) {
        return layers.solve();
    }

    /** The assignment within 0.001 of the best mean, certified. */
    @Benchmark
    public Assignment within(LayerPair layers) {
        return layers.solveWithin(0.001);
    }

    /** Everything, from the wiring to the choice among equally good matchings. */
    @Benchmark
    public LayerDistance distance(LayerPair layers) {
        return layers.distance();
    }

    /** The textbook's Hungarian method on the same costs. */
    @Benchmark
    public int[] textbook(LayerPair layers) {
        return layers.solveByTextbook();
    }
}
