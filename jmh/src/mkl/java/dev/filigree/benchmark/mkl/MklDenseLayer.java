package dev.filigree.benchmark.mkl;

import dev.filigree.benchmark.layer.DensePeer;
import dev.filigree.benchmark.layer.LayerOperands;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The dense layer on MKL. */
@State(Scope.Benchmark)
public class MklDenseLayer extends DensePeer {
    /** Fills the matrices. */
    @Setup(Level.Trial)
    public void fill(LayerOperands operands) {
        MklBackend backend = new MklBackend();
        System.out.println(backend.description());
        fill(operands, backend);
    }
}
