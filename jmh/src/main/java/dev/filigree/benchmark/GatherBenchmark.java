package dev.filigree.benchmark;

import dev.filigree.benchmark.network.BatchOperands;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Gathering the samples of a shuffled batch, neuron-major. Every call takes the next batch, so samples come from
 * memory as they do in an epoch.
 */
@Warmup(iterations = 10, time = 500, timeUnit = TimeUnit.MILLISECONDS) // takes long to compile
public class GatherBenchmark extends SteadyState {
    /** By the kernel. */
    @Benchmark
    public void filigree(BatchOperands batch) {
        batch.gather();
    }

    /** In two plain loops. */
    @Benchmark
    public void plainJava(BatchOperands batch) {
        batch.gatherPlain();
    }
}
