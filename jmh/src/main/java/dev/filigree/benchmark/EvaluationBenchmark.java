package dev.filigree.benchmark;

import dev.filigree.benchmark.network.DenseNetwork;
import dev.filigree.benchmark.network.SparseNetwork;
import dev.filigree.training.Evaluation;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Warmup;

/** Loss and accuracy of a network on a whole test set. */
@Warmup(iterations = 10, time = 500, timeUnit = TimeUnit.MILLISECONDS) // many kernels to compile
public class EvaluationBenchmark extends SteadyState {
    /** The sparse network. */
    @Benchmark
    public Evaluation filigree(SparseNetwork network) {
        return network.evaluate();
    }

    /** The same layers with all connections, on OpenBLAS. */
    @Benchmark
    public Evaluation denseOpenBlas(DenseNetwork network) {
        return network.evaluate();
    }
}
