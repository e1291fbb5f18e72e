package dev.filigree.benchmark.mkl;

import dev.filigree.benchmark.SteadyState;
import org.openjdk.jmh.annotations.Benchmark;

/** Input delta and weight gradient of one layer. */
public class BackwardBenchmark extends SteadyState {
    /** Two products of full matrices. */
    @Benchmark
    public void denseMkl(MklDenseLayer layer) {
        layer.backward();
    }
}
