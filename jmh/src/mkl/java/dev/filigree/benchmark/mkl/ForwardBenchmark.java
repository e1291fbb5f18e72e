package dev.filigree.benchmark.mkl;

import dev.filigree.benchmark.SteadyState;
import org.openjdk.jmh.annotations.Benchmark;

/** The forward product of one layer. */
public class ForwardBenchmark extends SteadyState {
    /** One product of full matrices. */
    @Benchmark
    public void denseMkl(MklDenseLayer layer) {
        layer.forward();
    }

    /** MKL's product of a sparse and a dense matrix. */
    @Benchmark
    public void sparseMkl(MklSparseLayer layer) {
        layer.forward();
    }
}
