package dev.filigree.benchmark.mkl;

import static org.bytedeco.mkl.global.mkl_rt.MKL_Set_Num_Threads;
import static org.bytedeco.mkl.global.mkl_rt.SPARSE_INDEX_BASE_ZERO;
import static org.bytedeco.mkl.global.mkl_rt.SPARSE_LAYOUT_ROW_MAJOR;
import static org.bytedeco.mkl.global.mkl_rt.SPARSE_MATRIX_TYPE_GENERAL;
import static org.bytedeco.mkl.global.mkl_rt.SPARSE_OPERATION_NON_TRANSPOSE;
import static org.bytedeco.mkl.global.mkl_rt.SPARSE_STATUS_SUCCESS;
import static org.bytedeco.mkl.global.mkl_rt.mkl_sparse_destroy;
import static org.bytedeco.mkl.global.mkl_rt.mkl_sparse_optimize;
import static org.bytedeco.mkl.global.mkl_rt.mkl_sparse_s_create_csr;
import static org.bytedeco.mkl.global.mkl_rt.mkl_sparse_s_mm;
import static org.bytedeco.mkl.global.mkl_rt.mkl_sparse_set_mm_hint;

import dev.filigree.benchmark.layer.Agreement;
import dev.filigree.benchmark.layer.ForwardPeer;
import dev.filigree.benchmark.layer.LayerOperands;
import dev.filigree.memory.ArrayGroup;
import dev.filigree.memory.FloatArray;
import java.util.Arrays;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.mkl.global.mkl_rt.matrix_descr;
import org.bytedeco.mkl.global.mkl_rt.sparse_matrix;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * MKL's compressed sparse rows times a row-major matrix, after its own analysis (hint and optimize); MKL's own threads
 * share a call. MKL has no product that computes the gradient of existing connections alone.
 */
@State(Scope.Benchmark)
@SuppressWarnings("NullAway.Init") // JMH calls the set-up before anything else
public class MklSparseLayer implements ForwardPeer {
    /** How often the product is announced to be used. */
    private static final int EXPECTED_CALLS = 100_000;

    private final ArrayGroup arrays = new ArrayGroup();
    private final sparse_matrix matrix = new sparse_matrix();
    private final matrix_descr general = new matrix_descr();
    private int batch;
    private IntPointer rowStarts;
    private IntPointer sources;
    private Floats x;
    private Floats y;
    private FloatArray output;

    /** Makes the matrix. */
    @Setup(Level.Trial)
    public void fill(LayerOperands operands) {
        System.out.println(new MklBackend().description());
        MKL_Set_Num_Threads(operands.threads);
        batch = operands.batch;
        rowStarts = new IntPointer(
                Arrays.stream(operands.topology().rowStarts().toArray()).mapToInt(Math::toIntExact).toArray());
        sources = new IntPointer(operands.topology().sources().toArray());
        output = arrays.floats((long) operands.outputs() * batch, "MKL output");
        x = new Floats(arrays.add(() -> FloatArray.copyOf(operands.x(), "MKL input")).address());
        y = new Floats(output.address());
        Floats weights = new Floats(arrays.add(() -> FloatArray.copyOf(operands.weights(), "MKL weights")).address());
        require("create", mkl_sparse_s_create_csr(matrix, SPARSE_INDEX_BASE_ZERO, operands.outputs(),
                operands.inputs(), rowStarts, rowStarts.getPointer(1), sources, weights));
        general.type(SPARSE_MATRIX_TYPE_GENERAL);
        require("hint", mkl_sparse_set_mm_hint(matrix, SPARSE_OPERATION_NON_TRANSPOSE, general,
                SPARSE_LAYOUT_ROW_MAJOR, batch, EXPECTED_CALLS));
        require("optimize", mkl_sparse_optimize(matrix));
        Agreement.require(operands, this);
    }

    /** Frees it. */
    @TearDown(Level.Trial)
    public void close() {
        require("destroy", mkl_sparse_destroy(matrix));
        general.close();
        rowStarts.close();
        sources.close();
        arrays.close();
    }

    @Override
    public void forward() {
        require("multiply", mkl_sparse_s_mm(SPARSE_OPERATION_NON_TRANSPOSE, 1f, matrix, general,
                SPARSE_LAYOUT_ROW_MAJOR, x, batch, batch, 0f, y, batch));
    }

    @Override
    public float output(int neuron, int sample) {
        return output.get((long) neuron * batch + sample);
    }

    private static void require(String call, int status) {
        if (status != SPARSE_STATUS_SUCCESS) {
            throw new IllegalStateException("MKL's sparse %s fails with status %d".formatted(call, status));
        }
    }
}
