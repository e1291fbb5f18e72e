package dev.filigree.benchmark.layer;

import dev.filigree.dense.DenseBackend;
import dev.filigree.dense.DenseBackends;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The dense layer on OpenBLAS. */
@State(Scope.Benchmark)
public class OpenBlasLayer extends DensePeer {
    /** Fills the matrices. */
    @Setup(Level.Trial)
    public void fill(LayerOperands operands) {
        fill(operands, requireOpenBlas());
    }

    /**
     * The dense backend, which has to be the one that benchmarks are named after.
     *
     * @throws IllegalStateException if it is another one
     */
    public static DenseBackend requireOpenBlas() {
        DenseBackend backend = DenseBackends.best();
        if (!backend.name().equals("OpenBLAS")) {
            throw new IllegalStateException(
                    "OpenBLAS cannot be loaded, so there is nothing to compare with: the dense backend is "
                            + backend.description());
        }
        return backend;
    }
}
