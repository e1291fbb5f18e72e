package dev.filigree.benchmark;

import dev.filigree.benchmark.layer.FiligreeBlockedLayer;
import dev.filigree.benchmark.layer.FiligreeLayer;
import dev.filigree.benchmark.layer.OpenBlasLayer;
import dev.filigree.benchmark.layer.PlainJavaLayer;
import org.openjdk.jmh.annotations.Benchmark;

/**
 * Input delta and weight gradient of one layer. Filigree also applies the derivative of ReLU; the peers are spared
 * that. No sparse library has the gradient.
 */
public class BackwardBenchmark extends SteadyState {
    /** Both in one sweep over the existing connections. */
    @Benchmark
    public void filigree(FiligreeLayer layer) {
        layer.backward();
    }

    /** The same block by block, which layers with many connections do. */
    @Benchmark
    public void filigreeBlocked(FiligreeBlockedLayer layer) {
        layer.backward();
    }

    /** Two products of full matrices. */
    @Benchmark
    public void denseOpenBlas(OpenBlasLayer layer) {
        layer.backward();
    }

    /** Two plain loops over compressed sparse rows and columns. */
    @Benchmark
    public void sparseJava(PlainJavaLayer layer) {
        layer.backward();
    }
}
