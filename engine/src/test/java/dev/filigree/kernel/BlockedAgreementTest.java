package dev.filigree.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.filigree.kernel.scalar.ScalarKernels;
import dev.filigree.kernel.vector.VectorKernels;
import dev.filigree.memory.ArrayGroup;
import dev.filigree.memory.FloatArray;
import dev.filigree.memory.LongArray;
import dev.filigree.topology.ErdosRenyi;
import dev.filigree.topology.LayerTopology;
import dev.filigree.topology.OutgoingIndex;
import dev.filigree.topology.Sparsity;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The products over blocks against the scalar reference and against those without blocks, at sizes that leave remainders
 * everywhere.
 */
class BlockedAgreementTest {
    private static final SparseKernels VECTOR = new SparseKernels(new VectorKernels());
    private static final SparseKernels SCALAR = new SparseKernels(new ScalarKernels(1));
    private static final int NARROW = VECTOR.tileLanes(1);
    private static final int FOUR_VECTORS = VECTOR.tileLanes(NARROW + 1);
    private static final int[] WIDTHS = {NARROW, FOUR_VECTORS, VECTOR.tileLanes(Integer.MAX_VALUE)};

    @RegisterExtension
    final OpenResources open = new OpenResources();

    private final SplittableRandom random = new SplittableRandom(7);
    private final ArrayGroup indices = new ArrayGroup();

    BlockedAgreementTest() {
        open.keep(indices);
    }

    @ParameterizedTest
    @CsvSource({"1,1,1", "15,127,17", "16,128,64", "65,129,5", "64,257,16", "129,300,33"})
    void forward(int batch, int inputs, int outputs) {
        LayerTopology topology = topology(inputs, outputs);
        BlockedIndex incoming = BlockedIndex.incoming(topology, indices);
        FloatArray weights = incomingWeights(topology);
        FloatArray blockedWeights = weights(incoming, true);
        FloatArray bias = floats(outputs);
        int half = outputs / 2;
        for (int lanes : WIDTHS) {
            TiledMatrix x = matrix(inputs, batch, lanes);
            TiledMatrix y = matrix(outputs, batch, lanes);
            TiledMatrix z = matrix(outputs, batch, lanes);
            TiledMatrix expectedY = matrix(outputs, batch, lanes);
            TiledMatrix expectedZ = matrix(outputs, batch, lanes);
            SCALAR.blocked().forward(incoming, blockedWeights, bias, x, expectedY, expectedZ, 0, x.tiles(), 0,
                    outputs, -0.6f);
            VECTOR.blocked().forward(incoming, blockedWeights, bias, x, y, z, 0, x.tiles(), 0, half, -0.6f);
            VECTOR.blocked().forward(incoming, blockedWeights, bias, x, y, z, 0, x.tiles(), half, outputs, -0.6f);
            assertClose(y.values(), expectedY.values());
            assertClose(z.values(), expectedZ.values());
            VECTOR.forward(topology, weights, bias, x, expectedY, null, 0, x.tiles(), 0, outputs, -0.6f);
            assertClose(y.values(), expectedY.values());
        }
    }

    /** In tiles of four vectors blocks do not change the order of the sums over connections. */
    @ParameterizedTest
    @CsvSource({"1,1,1", "15,17,127", "16,64,128", "65,5,129", "64,16,257", "129,33,300"})
    void backward(int batch, int inputs, int outputs) {
        LayerTopology topology = topology(inputs, outputs);
        OutgoingIndex outgoing = open.keep(OutgoingIndex.of(topology));
        BlockedIndex blocks = BlockedIndex.outgoing(topology, indices);
        FloatArray weights = outgoingWeights(outgoing);
        FloatArray blockedWeights = weights(blocks, false);
        FloatArray gradient = floats(outgoing.connections());
        FloatArray blockedGradient = floats(blocks.positions());
        FloatArray expectedGradient = floats(blocks.positions());
        FloatArray scratch = open.keep(VECTOR.scratch(Math.max(BlockedIndex.WIDTH, outgoing.largestFanOut())));
        for (int lanes : WIDTHS) {
            TiledMatrix x = matrix(inputs, batch, lanes);
            TiledMatrix gate = matrix(inputs, batch, lanes);
            TiledMatrix delta = matrix(outputs, batch, lanes);
            TiledMatrix inputDelta = matrix(inputs, batch, lanes);
            TiledMatrix expectedDelta = matrix(inputs, batch, lanes);
            TiledMatrix unblockedDelta = matrix(inputs, batch, lanes);
            int tiles = x.tiles();
            for (int block = 0; block < blocks.blocks(); block++) {
                SCALAR.blocked().backward(blocks, block, blockedWeights, expectedGradient, 0, x, gate, expectedDelta,
                        delta, scratch, 0, tiles, 0, inputs, 0.3f);
                for (int from = 0; from < inputs;) {
                    int to = Math.min(inputs, from + 11);
                    VECTOR.blocked().backward(blocks, block, blockedWeights, blockedGradient, 0, x, gate, inputDelta,
                            delta, scratch, 0, tiles, from, to, 0.3f);
                    from = to;
                }
            }
            assertClose(inputDelta.values(), expectedDelta.values());
            assertClose(blockedGradient, expectedGradient);
            VECTOR.backward(outgoing, weights, gradient, 0, x, gate, unblockedDelta, delta, scratch, 0, tiles, 0,
                    inputs, 0.3f);
            if (lanes == FOUR_VECTORS) {
                assertThat(inputDelta.values().toArray()).isEqualTo(unblockedDelta.values().toArray());
            }
            assertSameConnections(blocks, blockedGradient, outgoing, gradient);
        }
    }

    private static void assertSameConnections(BlockedIndex blocks, FloatArray positions, OutgoingIndex outgoing,
            FloatArray connections) {
        for (int i = 0; i < blocks.near(); i++) {
            long k = outgoing.columnStart(i);
            for (int block = 0; block < blocks.blocks(); block++) {
                int cell = blocks.cell(block, i);
                for (int position = blocks.first(cell); position < blocks.end(cell); position++) {
                    assertThat(positions.get(position)).isCloseTo(connections.get(k), within(1e-4f));
                    k++;
                }
            }
            assertThat(k).isEqualTo(outgoing.columnStart(i + 1));
        }
    }

    /** Of shares in any order, by either provider. */
    @ParameterizedTest
    @CsvSource({"1,1", "127,128", "129,5", "257,300", "300,129"})
    void transpose(int inputs, int outputs) {
        LayerTopology topology = topology(inputs, outputs);
        BlockedIndex incoming = BlockedIndex.incoming(topology, indices);
        BlockedIndex outgoing = BlockedIndex.outgoing(topology, indices);
        FloatArray values = weights(outgoing, false);
        FloatArray transposed = floats(incoming.positions());
        LongArray next = indices.longs(2L * BlockedIndex.WIDTH, "next");
        int pairs = incoming.blocks() * outgoing.blocks();
        VECTOR.blocked().transpose(outgoing, values, incoming, transposed, next, BlockedIndex.WIDTH, pairs / 2, pairs);
        SCALAR.blocked().transpose(outgoing, values, incoming, transposed, next, 0, 0, pairs / 2);
        assertThat(transposed.toArray()).isEqualTo(weights(incoming, true).toArray());
    }

    /** Some with cells that are full, some in wide and some in narrow blocks of output neurons. */
    private LayerTopology topology(int inputs, int outputs) {
        double density = inputs == 64 || outputs == 64 ? 1 : (inputs + outputs) % 2 == 0 ? 0.45 : 0.2;
        return open.keep(ErdosRenyi.generate(inputs, outputs, new Sparsity.Density(density), 5));
    }

    @Test
    void blocksOfOutputNeuronsAreNarrowerWhereCellsStayLong() {
        assertThat(BlockedIndex.outgoing(topology(129, 300), indices).width()).isEqualTo(128);
        assertThat(BlockedIndex.outgoing(topology(130, 300), indices).width()).isEqualTo(64);
        assertThat(BlockedIndex.incoming(topology(130, 300), indices).width()).isEqualTo(128);
    }

    private static float weight(int input, int output) {
        return (float) Math.sin(1 + input * 1.7 + output * 31.3);
    }

    private FloatArray weights(BlockedIndex index, boolean nearIsOutput) {
        FloatArray weights = open.floats(index.positions());
        for (int block = 0; block < index.blocks(); block++) {
            for (int near = 0; near < index.near(); near++) {
                int cell = index.cell(block, near);
                for (int k = index.first(cell); k < index.end(cell); k++) {
                    int far = block * index.width() + index.place(k);
                    weights.set(k, nearIsOutput ? weight(far, near) : weight(near, far));
                }
            }
        }
        return weights;
    }

    private FloatArray incomingWeights(LayerTopology topology) {
        FloatArray weights = open.floats(topology.connections());
        for (int j = 0; j < topology.outputs(); j++) {
            for (long k = topology.rowStart(j); k < topology.rowStart(j + 1); k++) {
                weights.set(k, weight(topology.source(k), j));
            }
        }
        return weights;
    }

    private FloatArray outgoingWeights(OutgoingIndex outgoing) {
        FloatArray weights = open.floats(outgoing.connections());
        for (int i = 0; i < outgoing.inputs(); i++) {
            for (long k = outgoing.columnStart(i); k < outgoing.columnStart(i + 1); k++) {
                weights.set(k, weight(i, outgoing.targets().get(k)));
            }
        }
        return weights;
    }

    private FloatArray floats(long length) {
        FloatArray array = open.floats(length);
        for (long i = 0; i < length; i++) {
            array.set(i, (float) random.nextDouble(-1, 1));
        }
        return array;
    }

    private TiledMatrix matrix(int neurons, int batch, int lanes) {
        TiledMatrix matrix = open.keep(new TiledMatrix(neurons, batch, lanes, "matrix"));
        for (long i = 0; i < matrix.values().length(); i++) {
            matrix.values().set(i, (float) random.nextDouble(-1, 1));
        }
        return matrix;
    }

    private static void assertClose(FloatArray actual, FloatArray expected) {
        assertThat(actual.toArray()).containsExactly(expected.toArray(), within(1e-4f));
    }
}
