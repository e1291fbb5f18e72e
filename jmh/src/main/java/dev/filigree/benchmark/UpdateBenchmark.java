package dev.filigree.benchmark;

import dev.filigree.benchmark.layer.FiligreeLayer;
import dev.filigree.benchmark.layer.OpenBlasLayer;
import dev.filigree.benchmark.layer.PlainJavaLayer;
import org.openjdk.jmh.annotations.Benchmark;

/** One step of stochastic gradient descent with momentum and weight decay, on the weights of one layer. */
public class UpdateBenchmark extends SteadyState {
    /** The existing connections. */
    @Benchmark
    public void filigree(FiligreeLayer layer) {
        layer.update();
    }

    /** All connections, by Filigree's kernel: OpenBLAS has no such step. */
    @Benchmark
    public void denseFiligree(OpenBlasLayer layer) {
        layer.update();
    }

    /** The existing connections, in a plain loop. */
    @Benchmark
    public void sparseJava(PlainJavaLayer layer) {
        layer.update();
    }
}
