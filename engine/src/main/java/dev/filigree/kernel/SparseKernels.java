package dev.filigree.kernel;

import static dev.filigree.kernel.Operands.checkForward;
import static dev.filigree.kernel.Operands.checkLength;
import static dev.filigree.kernel.Operands.checkMatrix;
import static dev.filigree.kernel.Operands.checkRange;
import static dev.filigree.kernel.Operands.checkScratch;

import dev.filigree.kernel.scalar.ScalarKernels;
import dev.filigree.kernel.vector.VectorKernels;
import dev.filigree.memory.FloatArray;
import dev.filigree.memory.IntArray;
import dev.filigree.topology.LayerTopology;
import dev.filigree.topology.OutgoingIndex;
import org.jspecify.annotations.Nullable;

/**
 * The sparse arithmetic a network uses: checks every call's shapes once, then hands it to the provider.
 *
 * <p>All methods work on a half-open range of rows, columns or connections, so that workers can share a call;
 * none allocates.
 */
public final class SparseKernels {
    private static final int SCALAR_TILE_LANES = 32;

    private static final class Best {
        static final SparseKernels INSTANCE = lookup();
    }

    private final Kernels kernels;
    private final BatchKernels batches;
    private final BlockedKernels blocked;
    private final FullKernels full;
    private final ParameterKernels parameters;

    /** Uses the given provider; for tests and comparisons. */
    public SparseKernels(Kernels kernels) {
        this.kernels = kernels;
        this.batches = new BatchKernels(kernels);
        this.blocked = new BlockedKernels(kernels);
        this.full = new FullKernels(kernels);
        this.parameters = new ParameterKernels(kernels);
    }

    /**
     * The fastest provider this JVM can run, chosen once: the Vector API, or the scalar reference, with a warning,
     * where the module jdk.incubator.vector is missing. The system property {@code filigree.kernels=scalar} forces
     * the reference.
     */
    public static SparseKernels best() {
        return Best.INSTANCE;
    }

    private static SparseKernels lookup() {
        return new SparseKernels(VectorApi.isChosen() ? new VectorKernels() : new ScalarKernels(SCALAR_TILE_LANES));
    }

    /** Name of the provider. */
    public String name() {
        return kernels.name();
    }

    /** The same provider's arithmetic on activations and deltas, beside the products. */
    public BatchKernels batches() {
        return batches;
    }

    /** The same provider's products over blocks. */
    public BlockedKernels blocked() {
        return blocked;
    }

    /** The same provider's ways into full matrices and out of them, for dense products. */
    public FullKernels full() {
        return full;
    }

    /** The same provider's updates of parameters. */
    public ParameterKernels parameters() {
        return parameters;
    }

    /** The samples per tile that suit a batch best: what all matrices of a product should have. */
    public int tileLanes(int batch) {
        return kernels.tileLanes(batch);
    }

    /**
     * Working memory for one worker's {@link #backward}, {@link BlockedKernels#backward} or {@link #gradient}; the caller
     * closes it.
     *
     * @param connections of the neuron that has most, in the order that is walked
     */
    public FloatArray scratch(long connections) {
        return FloatArray.allocate(kernels.scratchFloats(connections), "kernel scratch");
    }

    /**
     * {@code z = bias + W·x}, {@code y = z > 0 ? z : slope·z} for a range of tiles and of output neurons.
     *
     * @param topology the connections
     * @param weights one per connection, incoming order
     * @param bias one per output neuron
     * @param x input activations
     * @param y output activations
     * @param z where to keep pre-activations, or null
     * @param slope factor of negative pre-activations
     */
    public void forward(LayerTopology topology, FloatArray weights, FloatArray bias, TiledMatrix x, TiledMatrix y,
            @Nullable TiledMatrix z, int fromTile, int toTile, int fromRow, int toRow, float slope) {
        checkLength(weights, topology.connections());
        checkForward(kernels, topology.inputs(), topology.outputs(), bias, x, y, z, fromTile, toTile, fromRow, toRow);
        IndexChecks.incoming(topology, fromRow, toRow);
        kernels.forward(topology.rowStarts().address(), topology.sources().address(), weights.address(),
                bias.address(), x.tileAddress(fromTile), x.tileBytes(), y.tileAddress(fromTile),
                z == null ? 0 : z.tileAddress(fromTile), y.tileBytes(), toTile - fromTile, x.tileLanes(), fromRow,
                toRow, slope);
    }

    /**
     * Rounds a range of rows of some tiles to bfloat16.
     *
     * @param x activations
     * @param packed result
     */
    public void pack(TiledMatrix x, PackedMatrix packed, int fromTile, int toTile, int fromRow, int toRow) {
        if (packed.neurons() != x.neurons() || packed.tiles() != x.tiles() || packed.tileLanes() != x.tileLanes()
                || !kernels.supports(x.tileLanes())) {
            throw new IllegalArgumentException(
                    "%s: cannot be packed into %d tiles of %d neurons × %d lanes".formatted(x,
                            packed.tiles(), packed.neurons(), packed.tileLanes()));
        }
        checkRange(fromTile, toTile, x.tiles());
        checkRange(fromRow, toRow, x.neurons());
        for (int tile = fromTile; tile < toTile; tile++) {
            kernels.pack(x.tileAddress(tile), packed.tileAddress(tile), x.tileLanes(), fromRow, toRow);
        }
    }

    /** {@link #forward} on packed input activations. */
    public void forwardPacked(LayerTopology topology, FloatArray weights, FloatArray bias, PackedMatrix x,
            TiledMatrix y, @Nullable TiledMatrix z, int fromTile, int toTile, int fromRow, int toRow, float slope) {
        checkLength(weights, topology.connections());
        checkLength(bias, topology.outputs());
        if (x.neurons() != topology.inputs() || x.tiles() < toTile) {
            throw new IllegalArgumentException("packed %d tiles of %d neurons: expected %d or more tiles of %d neurons"
                    .formatted(x.tiles(), x.neurons(), toTile, topology.inputs()));
        }
        checkRange(fromTile, toTile, x.tiles());
        checkMatrix(kernels, y, topology.outputs(), toTile, x.tileLanes());
        if (z != null) {
            checkMatrix(kernels, z, topology.outputs(), toTile, x.tileLanes());
        }
        checkRange(fromRow, toRow, topology.outputs());
        if (z != null) {
            Operands.requireApart(y, z);
        }
        IndexChecks.incoming(topology, fromRow, toRow);
        kernels.forwardPacked(topology.rowStarts().address(), topology.sources().address(), weights.address(),
                bias.address(), x.tileAddress(fromTile), x.tileBytes(), y.tileAddress(fromTile),
                z == null ? 0 : z.tileAddress(fromTile), y.tileBytes(), toTile - fromTile, x.tileLanes(), fromRow,
                toRow, slope);
    }

    /**
     * Input delta and weight gradient of some tiles for a range of input neurons, in one sweep.
     *
     * @param outgoing the connections from the input side
     * @param weights one per connection, outgoing order
     * @param gradient result: one per connection, outgoing order
     * @param gradientStart to which connection the first of {@code gradient} belongs
     * @param x input activations
     * @param gate pre-activations of the input layer, or its activations where they have the same sign
     * @param inputDelta result: {@code Wᵀ·delta}, times {@code slope} where {@code gate} is not positive
     * @param delta output deltas
     * @param scratch of {@link #scratch}, for the largest fan-out or fan-in of the range; no other thread's
     * @param slope factor of the input layer's negative pre-activations
     */
    public void backward(OutgoingIndex outgoing, FloatArray weights, FloatArray gradient, long gradientStart,
            TiledMatrix x, TiledMatrix gate, TiledMatrix inputDelta, TiledMatrix delta, FloatArray scratch,
            int fromTile, int toTile, int fromColumn, int toColumn, float slope) {
        int inputs = outgoing.inputs();
        checkLength(weights, outgoing.connections());
        checkRange(fromTile, toTile, x.tiles());
        checkMatrix(kernels, x, inputs, toTile, x.tileLanes());
        checkMatrix(kernels, gate, inputs, toTile, x.tileLanes());
        checkMatrix(kernels, inputDelta, inputs, toTile, x.tileLanes());
        checkMatrix(kernels, delta, outgoing.outputs(), toTile, x.tileLanes());
        checkRange(fromColumn, toColumn, inputs);
        checkRange(outgoing.columnStart(fromColumn) - gradientStart, outgoing.columnStart(toColumn) - gradientStart,
                gradient.length());
        checkScratch(kernels, scratch, outgoing.largestFanOut());
        Operands.requireApart(inputDelta, x);
        Operands.requireApart(inputDelta, gate);
        Operands.requireApart(inputDelta, delta);
        Operands.requireApart(gradient, weights);
        Operands.requireApart(gradient, scratch);
        IndexChecks.outgoing(outgoing, fromColumn, toColumn);
        kernels.backward(outgoing.columnStarts().address(), outgoing.targets().address(), weights.address(),
                gradient.address() - Float.BYTES * gradientStart, x.tileAddress(fromTile), gate.tileAddress(fromTile),
                inputDelta.tileAddress(fromTile), x.tileBytes(), delta.tileAddress(fromTile), delta.tileBytes(),
                scratch.address(), toTile - fromTile, x.tileLanes(), fromColumn, toColumn, slope);
    }

    /**
     * Weight gradient of some tiles alone, for a range of output neurons.
     *
     * @param topology the connections
     * @param gradient result: one per connection, incoming order
     * @param gradientStart to which connection the first of {@code gradient} belongs
     * @param x input activations
     * @param delta output deltas
     * @param scratch of {@link #scratch}, for the largest fan-out or fan-in of the range; no other thread's
     */
    public void gradient(LayerTopology topology, FloatArray gradient, long gradientStart, TiledMatrix x,
            TiledMatrix delta, FloatArray scratch, int fromTile, int toTile, int fromRow, int toRow) {
        checkRange(fromTile, toTile, x.tiles());
        checkMatrix(kernels, x, topology.inputs(), toTile, x.tileLanes());
        checkMatrix(kernels, delta, topology.outputs(), toTile, x.tileLanes());
        checkRange(fromRow, toRow, topology.outputs());
        checkRange(topology.rowStart(fromRow) - gradientStart, topology.rowStart(toRow) - gradientStart,
                gradient.length());
        checkScratch(kernels, scratch, topology.largestFanIn());
        Operands.requireApart(gradient, scratch);
        IndexChecks.incoming(topology, fromRow, toRow);
        kernels.gradient(topology.rowStarts().address(), topology.sources().address(),
                gradient.address() - Float.BYTES * gradientStart, x.tileAddress(fromTile), x.tileBytes(),
                delta.tileAddress(fromTile), delta.tileBytes(), scratch.address(), toTile - fromTile, x.tileLanes(),
                fromRow, toRow);
    }

    /**
     * Brings values of one order of the connections into the other, for a range of connections. Ranges in ascending
     * order that share {@code next}, which starts as the far neurons' first positions, bring over all values.
     *
     * @param destination result, one per connection, grouped by the far neurons
     * @param values one per connection, grouped by the near neurons
     * @param neighbours far neuron of each connection, ascending within a near neuron
     * @param next where each far neuron's next value goes; advanced
     */
    public void transpose(FloatArray destination, FloatArray values, IntArray neighbours, IntArray next, long from,
            long to) {
        checkLength(values, neighbours.length());
        checkLength(destination, neighbours.length());
        checkRange(from, to, neighbours.length());
        Operands.requireApart(destination, values);
        IndexChecks.positions(neighbours, next, destination.length(), from, to);
        kernels.transpose(destination.address(), values.address(), neighbours.address(), next.address(), from, to);
    }

    /**
     * As the other one, for the connections to a range of far neurons.
     *
     * @param destination result, one per connection, incoming order
     * @param values one per connection, outgoing order
     * @param from position of every input neuron's first connection of the range; null for its first
     * @param to one past the position of its last; null for its last
     * @param next where the next value of each output neuron of the range goes; advanced
     */
    public void transpose(FloatArray destination, FloatArray values, OutgoingIndex outgoing, @Nullable IntArray from,
            @Nullable IntArray to, IntArray next) {
        checkLength(values, outgoing.connections());
        checkLength(destination, outgoing.connections());
        Operands.requireApart(destination, values);
        checkCut(next, outgoing.outputs());
        checkCut(from, outgoing.inputs());
        checkCut(to, outgoing.inputs());
        IndexChecks.positions(outgoing, from, to, next);
        kernels.transposeCut(destination.address(), values.address(), outgoing.targets().address(), next.address(),
                outgoing.columnStarts().address(), from == null ? 0 : from.address(), to == null ? 0 : to.address(),
                outgoing.inputs());
    }

    private static void checkCut(@Nullable IntArray positions, int neurons) {
        if (positions != null && positions.length() < neurons) {
            throw new IllegalArgumentException("%s: expected %d or more elements".formatted(positions, neurons));
        }
    }
}
