package dev.filigree.benchmark;

import dev.filigree.benchmark.network.DenseNetwork;
import dev.filigree.benchmark.network.SparseNetwork;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Warmup;

/** A whole training step: gather a batch, forward, loss, backward, update. */
@Warmup(iterations = 10, time = 500, timeUnit = TimeUnit.MILLISECONDS) // many kernels to compile
public class TrainingStepBenchmark extends SteadyState {
    /** The sparse network. */
    @Benchmark
    public double filigree(SparseNetwork network) {
        return network.step();
    }

    /** The same layers with all connections, trained by Filigree on OpenBLAS. */
    @Benchmark
    public double denseOpenBlas(DenseNetwork network) {
        return network.step();
    }
}
