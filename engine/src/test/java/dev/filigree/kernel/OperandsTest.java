package dev.filigree.kernel;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.filigree.kernel.scalar.ScalarKernels;
import dev.filigree.kernel.vector.VectorKernels;
import dev.filigree.memory.FloatArray;
import dev.filigree.memory.IntArray;
import dev.filigree.topology.ErdosRenyi;
import dev.filigree.topology.LayerTopology;
import dev.filigree.topology.OutgoingIndex;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What kernels are not to be given: results that overlap operands, and operands of other sizes. */
class OperandsTest {
    private static final int NEURONS = 5;

    @RegisterExtension
    final OpenResources open = new OpenResources();

    private final LayerTopology topology = open.keep(
            LayerTopology.of(NEURONS, new int[][]{{0, 1}, {2}, {}, {0, 1, 2, 3, 4}, {4}}));
    private final OutgoingIndex outgoing = open.keep(OutgoingIndex.of(topology));
    private final FloatArray weights = open.floats(topology.connections());
    private final FloatArray others = open.floats(topology.connections());
    private final FloatArray bias = open.floats(NEURONS);

    static Stream<SparseKernels> providers() {
        return Stream.of(new SparseKernels(new VectorKernels()), new SparseKernels(new ScalarKernels(4)));
    }

    private TiledMatrix matrix(SparseKernels kernels) {
        return open.keep(new TiledMatrix(NEURONS, 1, kernels.tileLanes(1), "matrix"));
    }

    private static void refused(ThrowingCallable call) {
        assertThatIllegalArgumentException().isThrownBy(call).withMessageContaining("for the result");
    }

    @ParameterizedTest
    @MethodSource("providers")
    void resultsOfProductsDoNotOverlapOperands(SparseKernels kernels) {
        TiledMatrix x = matrix(kernels);
        TiledMatrix y = matrix(kernels);
        TiledMatrix z = matrix(kernels);
        FloatArray scratch = open.floats(10_000);
        refused(() -> kernels.forward(topology, weights, bias, x, x, null, 0, 1, 0, NEURONS, 0));
        refused(() -> kernels.forward(topology, weights, bias, x, y, x, 0, 1, 0, NEURONS, 0));
        refused(() -> kernels.forward(topology, weights, bias, x, y, y, 0, 1, 0, NEURONS, 0));
        for (TiledMatrix operand : List.of(x, y, z)) {
            refused(() -> kernels.backward(outgoing, weights, others, 0, x, y, operand, z, scratch, 0, 1, 0, NEURONS,
                    0));
        }
        TiledMatrix apart = matrix(kernels);
        refused(() -> kernels.backward(outgoing, weights, weights, 0, x, y, apart, z, scratch, 0, 1, 0, NEURONS, 0));
        refused(() -> kernels.backward(outgoing, weights, scratch, 0, x, y, apart, z, scratch, 0, 1, 0, NEURONS, 0));
        refused(() -> kernels.gradient(topology, scratch, 0, x, y, scratch, 0, 1, 0, NEURONS));
        LayerTopology complete = open.keep(ErdosRenyi.complete(NEURONS, NEURONS));
        ExistingPlaces places = open.keep(new ExistingPlaces(complete));
        FloatArray full = open.floats(complete.connections());
        refused(() -> kernels.full().expand(complete, full, places, full, 0, NEURONS));
        refused(() -> kernels.full().pick(complete, full, places, full, 0, NEURONS));
    }

    @ParameterizedTest
    @MethodSource("providers")
    void resultsOfUpdatesDoNotOverlapOperands(SparseKernels kernels) {
        FloatArray third = open.floats(topology.connections());
        refused(() -> kernels.parameters().momentum(weights, weights, others, 0, 0, 1, 1, 1, 0, 0, false));
        refused(() -> kernels.parameters().momentum(weights, others, weights, 0, 0, 1, 1, 1, 0, 0, false));
        refused(() -> kernels.parameters().momentum(weights, others, others, 0, 0, 1, 1, 1, 0, 0, false));
        refused(() -> kernels.parameters().adam(weights, others, third, third, 0, 0, 1, 1, 1, 1, 1, 1, 0, 0));
        refused(() -> kernels.parameters().adam(weights, others, others, third, 0, 0, 1, 1, 1, 1, 1, 1, 0, 0));
        refused(() -> kernels.parameters().adam(weights, others, weights, third, 0, 0, 1, 1, 1, 1, 1, 1, 0, 0));
        refused(() -> kernels.parameters().add(weights, weights, 0, 1));
        refused(() -> kernels.transpose(weights, weights, topology.sources(), open.keep(IntArray.allocate(5, "next")),
                0,
                1));
        refused(() -> kernels.batches().sumRows(bias, bias, 1, 0, NEURONS));
    }

    @ParameterizedTest
    @MethodSource("providers")
    void resultsOfPassesDoNotOverlapOperands(SparseKernels kernels) {
        TiledMatrix x = matrix(kernels);
        FloatArray lanes = open.floats(x.tileLanes());
        IntArray labels = open.keep(IntArray.allocate(x.tileLanes(), "labels"));
        BatchKernels batches = kernels.batches();
        refused(() -> kernels.batches().biasActivation(x, x, bias, 0, 0, NEURONS, 0));
        refused(() -> kernels.batches().gate(x, x, 0, 0, NEURONS, 0));
        refused(() -> kernels.batches().rowSums(x, 0, x.values(), 0, NEURONS));
        refused(() -> kernels.batches().gatherTransposed(x.values(), labels, 0, 1, x, 0, 1, 0, NEURONS));
        refused(() -> batches.tanhDerivative(x, x, 0, 0, NEURONS, 1));
        refused(() -> batches.sigmoidDerivative(x, x, 0, 0, NEURONS, 1));
        refused(() -> batches.sreluBackward(x, x, open.floats(20), open.floats(20), 0, NEURONS));
        refused(() -> batches.crossEntropy(x, 0, labels, labels, 1, x, 1, lanes, open.floats(x.tileLanes())));
        refused(() -> batches.crossEntropy(x, 0, labels, labels, 1, null, 1, lanes, lanes));
        refused(() -> batches.squaredError(x, 0, labels, 1, x, 1, lanes));
    }

    @ParameterizedTest
    @MethodSource("providers")
    void operandsOfOtherSizesAreRefused(SparseKernels kernels) {
        TiledMatrix x = matrix(kernels);
        TiledMatrix wide = open.keep(new TiledMatrix(NEURONS + 1, 1, x.tileLanes(), "wide"));
        TiledMatrix odd = open.keep(new TiledMatrix(NEURONS, 3, 3, "odd"));
        IntArray few = open.keep(IntArray.allocate(2, "few"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> kernels.batches().gate(x, wide, 0, 0, NEURONS, 0))
                .withMessageContaining("wide: 1 tiles of 6 neurons");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> kernels.batches().biasActivation(x, wide, bias, 0, 0, NEURONS, 0));
        assertThatThrownBy(() -> kernels.batches().gate(x, matrix(kernels), 1, 0, NEURONS, 0))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> kernels.batches().biasActivation(x, null, bias, -1, 0, NEURONS, 0))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> kernels.transpose(weights, others, outgoing, few, null,
                        open.keep(IntArray.allocate(5, "next"))))
                .withMessage("few[2]: expected 5 or more elements");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> kernels.transpose(weights, others, outgoing, null, null, few))
                .withMessage("few[2]: expected 5 or more elements");
        for (ThrowingCallable pass : List.<ThrowingCallable>of(() -> kernels.batches().gate(odd, odd, 0, 0, NEURONS, 0),
                () -> kernels.batches().rowSums(odd, 0, bias, 0, NEURONS),
                () -> kernels.batches().tanh(odd, 0, 0, NEURONS))) {
            assertThatIllegalArgumentException().isThrownBy(pass)
                    .withMessageContaining("odd: 1 tiles of 5 neurons × 3 lanes");
        }
    }

    @ParameterizedTest
    @MethodSource("providers")
    void closedOperandsAreRefused(SparseKernels kernels) {
        TiledMatrix x = matrix(kernels);
        TiledMatrix y = matrix(kernels);
        y.close();
        assertThatThrownBy(() -> kernels.forward(topology, weights, bias, x, y, null, 0, 1, 0, NEURONS, 0))
                .isInstanceOf(IllegalStateException.class).hasMessage("matrix is closed");
        topology.close();
        assertThatThrownBy(
                () -> kernels.forward(topology, weights, bias, x, matrix(kernels), null, 0, 1, 0, NEURONS, 0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @MethodSource("providers")
    void impossibleMatricesAreRefused(SparseKernels kernels) {
        for (int[] shape : new int[][]{{0, 1, 1}, {1, 0, 1}, {1, 1, 0}, {-1, -1, -1}}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new TiledMatrix(shape[0], shape[1], shape[2], "none"));
            assertThatIllegalArgumentException().isThrownBy(() -> new PackedMatrix(shape[0], shape[1], shape[2]));
        }
        int most = Integer.MAX_VALUE;
        assertThatIllegalArgumentException().isThrownBy(() -> new TiledMatrix(most, most, 1, "none"));
        assertThatIllegalArgumentException().isThrownBy(() -> new PackedMatrix(most, most, most))
                .withMessage("4,611,686,014,132,420,609 rows of 1,073,741,824 lanes are more than there are addresses");
        TiledMatrix x = matrix(kernels);
        assertThatThrownBy(() -> x.get(-1, 0)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> x.get(0, -1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> x.get(0, x.tileLanes())).isInstanceOf(IndexOutOfBoundsException.class);
    }
}
