package dev.filigree.benchmark;

import dev.filigree.benchmark.layer.EjmlLayer;
import dev.filigree.benchmark.layer.FiligreeBlockedLayer;
import dev.filigree.benchmark.layer.FiligreeLayer;
import dev.filigree.benchmark.layer.OpenBlasLayer;
import dev.filigree.benchmark.layer.PlainJavaLayer;
import org.openjdk.jmh.annotations.Benchmark;

/** The forward product of one layer. Filigree also adds the bias and applies ReLU; the peers are spared that. */
public class ForwardBenchmark extends SteadyState {
    /** One sweep over the existing connections. */
    @Benchmark
    public void filigree(FiligreeLayer layer) {
        layer.forward();
    }

    /** Block by block, which layers with many connections do. */
    @Benchmark
    public void filigreeBlocked(FiligreeBlockedLayer layer) {
        layer.forward();
    }

    /** One product of full matrices. */
    @Benchmark
    public void denseOpenBlas(OpenBlasLayer layer) {
        layer.forward();
    }

    /** Plain loops over compressed sparse rows. */
    @Benchmark
    public void sparseJava(PlainJavaLayer layer) {
        layer.forward();
    }

    /** EJML's product of a sparse and a dense matrix. */
    @Benchmark
    public void sparseEjml(EjmlLayer layer) {
        layer.forward();
    }
}
