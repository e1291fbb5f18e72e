package dev.filigree.kernel;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.filigree.kernel.vector.VectorKernels;
import dev.filigree.memory.ArrayGroup;
import dev.filigree.memory.FloatArray;
import dev.filigree.memory.LongArray;
import dev.filigree.topology.LayerTopology;
import dev.filigree.topology.OutgoingIndex;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Every index that a kernel would follow out of its array is found before. */
@EnabledIfSystemProperty(named = "filigree.checks", matches = "full")
class IndexChecksTest {
    private final SparseKernels kernels = new SparseKernels(new VectorKernels());
    @RegisterExtension
    final OpenResources open = new OpenResources();

    private final LayerTopology topology = open.keep(LayerTopology.of(3, new int[][]{{0, 2}, {1}}));
    private final OutgoingIndex outgoing = open.keep(OutgoingIndex.of(topology));
    private final FloatArray weights = open.floats(3);
    private final FloatArray other = open.floats(3);
    private final ArrayGroup indices = open.keep(new ArrayGroup());
    private final TiledMatrix x = matrix(3);
    private final TiledMatrix y = matrix(2);

    private TiledMatrix matrix(int neurons) {
        return open.keep(new TiledMatrix(neurons, 1, kernels.tileLanes(1), "matrix"));
    }

    private static void found(ThrowingCallable call, String message) {
        assertThatThrownBy(call).isInstanceOf(IllegalStateException.class).hasMessage(message);
    }

    private void forward() {
        kernels.forward(topology, weights, open.floats(2), x, y, null, 0, 1, 0, 2, 0);
    }

    @Test
    void inputNeuronsOfConnections() {
        forward();
        topology.sources().set(2, 3);
        found(this::forward, "connection 2 of neuron 1 leads to neuron 3 after -1, expected ascending ones of 3");
        found(() -> kernels.gradient(topology, other, 0, x, y, open.keep(kernels.scratch(3)), 0, 1, 1, 2),
                "connection 2 of neuron 1 leads to neuron 3 after -1, expected ascending ones of 3");
        found(() -> SampleProduct.sparse(topology, weights, open.floats(2), open.floats(3), open.floats(2)),
                "connection 2 of neuron 1 leads to neuron 3 after -1, expected ascending ones of 3");
        topology.sources().set(2, 1);
        topology.sources().set(0, -1);
        found(this::forward, "connection 0 of neuron 0 leads to neuron -1 after -1, expected ascending ones of 3");
    }

    @Test
    void startsOfConnections() {
        topology.rowStarts().set(1, 1 << 20);
        found(this::forward, "the connections of neuron 0 are 0 to 1048576 of 3, expected at most 2");
    }

    @Test
    void outputNeuronsOfConnections() {
        outgoing.targets().set(0, 2);
        found(() -> kernels.backward(outgoing, weights, other, 0, x, x, matrix(3), y, open.keep(kernels.scratch(3)), 0,
                1, 0,
                3, 0), "connection 0 of neuron 0 leads to neuron 2 after -1, expected ascending ones of 2");
    }

    @Test
    void placesOfTranspositions() {
        found(() -> kernels.transpose(weights, other, topology.sources(), open.ints(0, 1), 0, 3),
                "the neighbour of connection 1 is 2, expected 0 to 1");
        found(() -> kernels.transpose(weights, other, topology.sources(), open.ints(0, 1, 3), 0, 3),
                "the place of connection 1 is 3, expected 0 to 2");
        found(() -> kernels.transpose(weights, other, outgoing, null, open.ints(1, 3, 2), open.ints(0, 2)),
                "connections 1 to 3 of input neuron 1, which has 1 to 2");
    }

    @Test
    void placesInBlocks() {
        BlockedIndex incoming = BlockedIndex.incoming(topology, indices);
        FloatArray values = open.floats(incoming.positions());
        kernels.blocked().forward(incoming, values, open.floats(2), x, y, null, 0, 1, 0, 2, 0);
        incoming.places().set(1, 0x0303_0303);
        found(() -> kernels.blocked().forward(incoming, values, open.floats(2), x, y, null, 0, 1, 0, 2, 0),
                "the far neuron of position 4 is 3, expected 0 to 2");
        incoming.places().set(1, 0x0101_0100);
        found(() -> kernels.blocked().forward(incoming, values, open.floats(2), x, y, null, 0, 1, 0, 2, 0),
                "position 5 of block 0 is place 1 after 0, expected ascending ones");
        incoming.starts().set(1, 200);
        found(() -> kernels.blocked().forward(incoming, values, open.floats(2), x, y, null, 0, 1, 0, 2, 0),
                "the connections of neuron 0 in block 0 are 0 to 200 of 8, expected at most 128");
    }

    @Test
    void placesInBlocksOfTheOtherSide() {
        BlockedIndex incoming = BlockedIndex.incoming(topology, indices);
        BlockedIndex backwards = BlockedIndex.outgoing(topology, indices);
        FloatArray values = open.floats(backwards.positions());
        FloatArray gradient = open.floats(backwards.positions());
        FloatArray scratch = open.keep(kernels.scratch(BlockedIndex.WIDTH));
        FloatArray transposed = open.floats(incoming.positions());
        LongArray next = indices.longs(BlockedIndex.WIDTH, "next");
        kernels.blocked().backward(backwards, 0, values, gradient, 0, x, x, matrix(3), y, scratch, 0, 1, 0, 3, 0);
        kernels.blocked().transpose(backwards, values, incoming, transposed, next, 0, 0, 1);
        incoming.starts().set(1, 1);
        found(() -> kernels.blocked().transpose(backwards, values, incoming, transposed, next, 0, 0, 1),
                "neuron 0 has 2 connections to block 0 from the other side, 1 here");
        backwards.places().set(0, 0x0202_0202);
        found(() -> kernels.blocked().backward(backwards, 0, values, gradient, 0, x, x, matrix(3), y, scratch, 0, 1, 0,
                3, 0), "the far neuron of position 0 is 2, expected 0 to 1");
    }

    @Test
    void existingPlaces() {
        try (LayerTopology less = LayerTopology.of(3, new int[][]{{0}, {1}});
                ExistingPlaces places = new ExistingPlaces(less)) {
            found(() -> kernels.full().expand(topology, weights, places, open.floats(6), 0, 2),
                    "output neuron 0 has 2 connections in 1 places");
        }
    }

    @Test
    void samplesAndLabels() {
        found(() -> kernels.batches().gatherTransposed(open.floats(9), open.ints(0, 3), 0, 2, x, 0, 1, 0, 3),
                "a sample is 3, expected 0 to 2");
        int[] labels = new int[y.tileLanes()];
        labels[1] = 2;
        found(() -> kernels.batches().squaredError(y, 0, open.ints(labels), 1, null, 1, open.floats(y.tileLanes())),
                "a label is 2, expected 0 to 1");
    }

    @Test
    void structuresThatAreTakenForRight() {
        try (LongArray starts = LongArray.copyOf(new long[]{0, 1, 2}, "starts")) {
            assertThatThrownBy(() -> LayerTopology.unchecked(3, 2, starts, open.ints(0, 3)))
                    .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("input index 3");
        }
    }
}
