package dev.filigree.benchmark.network;

import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The sparse network. */
@State(Scope.Benchmark)
public class SparseNetwork extends TrainedNetwork {
    /** Makes the network. */
    @Setup(Level.Trial)
    public void start(NetworkOperands operands) {
        start(operands, operands.sparse());
    }
}
