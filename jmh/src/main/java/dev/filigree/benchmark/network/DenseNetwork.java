package dev.filigree.benchmark.network;

import dev.filigree.benchmark.layer.OpenBlasLayer;
import dev.filigree.training.Evaluation;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The network with all connections on OpenBLAS. */
@State(Scope.Benchmark)
public class DenseNetwork extends TrainedNetwork {
    /** Makes the network; it starts with the sparse one's weights and has to give its answers. */
    @Setup(Level.Trial)
    public void start(NetworkOperands operands) {
        OpenBlasLayer.requireOpenBlas();
        start(operands, operands.dense());
        SparseNetwork sparse = new SparseNetwork();
        sparse.start(operands);
        try {
            Evaluation expected = sparse.evaluate();
            Evaluation actual = evaluate();
            require("loss on all samples", expected.loss(), actual.loss());
            require("loss of the first step", sparse.step(), step());
        } finally {
            sparse.close();
        }
    }

    private static void require(String what, double sparse, double dense) {
        // Written so that NaN differs from everything.
        if (!(Math.abs(sparse - dense) <= 1e-4 * Math.abs(sparse))) {
            throw new IllegalStateException(
                    "%s: the sparse network gives %s, the dense one with the same weights %s; times of different answers are not compared"
                            .formatted(what, sparse, dense));
        }
    }
}
