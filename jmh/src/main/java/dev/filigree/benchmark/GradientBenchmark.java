package dev.filigree.benchmark;

import dev.filigree.benchmark.layer.FiligreeLayer;
import dev.filigree.benchmark.layer.OpenBlasLayer;
import dev.filigree.benchmark.layer.PlainJavaLayer;
import org.openjdk.jmh.annotations.Benchmark;

/** The weight gradient alone, as a first layer needs it: a sampled dense-dense product (SDDMM). */
public class GradientBenchmark extends SteadyState {
    /** Of the existing connections. */
    @Benchmark
    public void filigree(FiligreeLayer layer) {
        layer.gradient();
    }

    /** Of all connections, in one product. */
    @Benchmark
    public void denseOpenBlas(OpenBlasLayer layer) {
        layer.gradient();
    }

    /** Of the existing connections, in plain loops. */
    @Benchmark
    public void sparseJava(PlainJavaLayer layer) {
        layer.gradient();
    }
}
