package dev.filigree.benchmark;

import dev.filigree.benchmark.network.RewiredLayer;
import org.openjdk.jmh.annotations.Benchmark;

/** Rewiring one layer by SET, again and again: a share of the connections goes, as many grow elsewhere. */
public class EvolutionBenchmark extends SteadyState {
    /** Evolution as the trainer calls it, with the indices that the layer keeps. */
    @Benchmark
    public long filigree(RewiredLayer layer) {
        return layer.evolve();
    }

    /** Sorted weights and a hash set of places, in plain Java; no index from the input side. */
    @Benchmark
    public long sparseJava(RewiredLayer layer) {
        return layer.evolvePlain();
    }
}
