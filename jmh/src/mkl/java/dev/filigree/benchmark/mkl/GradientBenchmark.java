package dev.filigree.benchmark.mkl;

import dev.filigree.benchmark.SteadyState;
import org.openjdk.jmh.annotations.Benchmark;

/** The weight gradient alone. */
public class GradientBenchmark extends SteadyState {
    /** Of all connections, in one product. */
    @Benchmark
    public void denseMkl(MklDenseLayer layer) {
        layer.gradient();
    }
}
