package dev.filigree.benchmark.layer;

import dev.filigree.parallel.Partition;
import dev.filigree.parallel.WorkerPool;
import dev.filigree.topology.LayerTopology;
import java.util.Arrays;
import org.ejml.data.FMatrixRMaj;
import org.ejml.data.FMatrixSparseCSC;
import org.ejml.data.FMatrixSparseTriplet;
import org.ejml.ops.FConvertMatrixStruct;
import org.ejml.sparse.csc.CommonOps_FSCC;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * EJML's sparse matrix times a dense one; one sparse matrix of its rows per worker. EJML has no product that computes
 * the gradient of existing connections alone, so it is no peer of the other kernels.
 */
@State(Scope.Benchmark)
@SuppressWarnings("NullAway.Init") // JMH calls the set-up before anything else
public class EjmlLayer implements ForwardPeer {
    private final WorkerPool.Task forward = this::forwardShare;
    private WorkerPool pool;
    private Partition rows;
    private FMatrixSparseCSC[] weights;
    private FMatrixRMaj x;
    private FMatrixRMaj[] y;

    /** Fills the matrices. */
    @Setup(Level.Trial)
    public void fill(LayerOperands operands) {
        pool = operands.pool();
        LayerTopology topology = operands.topology();
        rows = Partition.balanced(topology.outputs(), topology::rowStart, pool.threads());
        x = FMatrixRMaj.wrap(operands.inputs(), operands.batch, operands.x());
        weights = new FMatrixSparseCSC[pool.threads()];
        y = new FMatrixRMaj[pool.threads()];
        Arrays.setAll(weights, worker -> rowsOf(operands, rows.from(worker), rows.to(worker)));
        Arrays.setAll(y, worker -> new FMatrixRMaj(rows.to(worker) - rows.from(worker), operands.batch));
        Agreement.require(operands, this);
    }

    private static FMatrixSparseCSC rowsOf(LayerOperands operands, int from, int to) {
        LayerTopology topology = operands.topology();
        FMatrixSparseTriplet triplets = new FMatrixSparseTriplet(to - from, topology.inputs(),
                (int) (topology.rowStart(to) - topology.rowStart(from)));
        for (int output = from; output < to; output++) {
            for (long k = topology.rowStart(output); k < topology.rowStart(output + 1); k++) {
                triplets.addItem(output - from, topology.source(k), operands.weights()[(int) k]);
            }
        }
        return FConvertMatrixStruct.convert(triplets, (FMatrixSparseCSC) null);
    }

    @Override
    public void forward() {
        pool.run(forward);
    }

    @Override
    public float output(int neuron, int sample) {
        int worker = 0;
        while (neuron >= rows.to(worker)) {
            worker++;
        }
        return y[worker].get(neuron - rows.from(worker), sample);
    }

    private void forwardShare(int worker) {
        CommonOps_FSCC.mult(weights[worker], x, y[worker]);
    }
}
