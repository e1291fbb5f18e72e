package dev.filigree.kernel;

import static dev.filigree.kernel.Operands.checkForward;
import static dev.filigree.kernel.Operands.checkLength;
import static dev.filigree.kernel.Operands.checkMatrix;
import static dev.filigree.kernel.Operands.checkRange;
import static dev.filigree.kernel.Operands.checkScratch;
import static dev.filigree.kernel.Operands.checkShape;
import static dev.filigree.memory.OffHeapMemory.getFloat;
import static dev.filigree.memory.OffHeapMemory.setFloat;

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

    /** Uses the given provider; for tests and comparisons. */
    public SparseKernels(Kernels kernels) {
        this.kernels = kernels;
        this.batches = new BatchKernels(kernels);
        this.blocked = new BlockedKernels(kernels);
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

    /** {@code sum += values} for a range. */
    public void add(FloatArray sum, FloatArray values, long from, long to) {
        checkRange(from, to, Math.min(sum.length(), values.length()));
        Operands.requireApart(sum, values);
        kernels.add(sum.address(), values.address(), from, to);
    }

    /**
     * Writes the values of the connections of a range of output neurons into those rows of a full matrix, and 0 between
     * them.
     *
     * @param values one per connection, incoming order
     * @param places of the topology
     * @param full {@code [output][input]}
     */
    public void expand(LayerTopology topology, FloatArray values, ExistingPlaces places, FloatArray full, int fromRow,
            int toRow) {
        checkLength(values, topology.connections());
        checkPlaces(places, topology);
        checkLength(full, (long) topology.inputs() * topology.outputs());
        checkRange(fromRow, toRow, topology.outputs());
        Operands.requireApart(full, values);
        IndexChecks.places(places, topology, fromRow, toRow);
        for (int row = fromRow; row < toRow; row++) {
            kernels.expand(values.address() + 4 * topology.rowStart(row), places.rowAddress(row),
                    full.address() + 4L * row * topology.inputs(), topology.inputs());
        }
    }

    /**
     * The reverse of {@link #expand}: reads the values of the connections of a range of output neurons from those rows of a
     * full matrix.
     *
     * @param full {@code [output][input]}
     * @param places of the topology
     * @param values one per connection, incoming order
     */
    public void pick(LayerTopology topology, FloatArray full, ExistingPlaces places, FloatArray values, int fromRow,
            int toRow) {
        checkLength(values, topology.connections());
        checkPlaces(places, topology);
        checkLength(full, (long) topology.inputs() * topology.outputs());
        checkRange(fromRow, toRow, topology.outputs());
        Operands.requireApart(values, full);
        IndexChecks.places(places, topology, fromRow, toRow);
        for (int row = fromRow; row < toRow; row++) {
            kernels.pick(full.address() + 4L * row * topology.inputs(), places.rowAddress(row),
                    values.address() + 4 * topology.rowStart(row), topology.inputs());
        }
    }

    /**
     * Sets the values of a range of rows of a full matrix to 0 where there is no connection.
     *
     * @param full {@code [output - fullStart][input]}, at least the range
     * @param fullStart output neuron of the first row of {@code full}
     */
    public void keepExisting(FloatArray full, int fullStart, ExistingPlaces places, int fromRow, int toRow) {
        checkRange(fromRow, toRow, places.outputs());
        checkRange(((long) fromRow - fullStart) * places.inputs(), ((long) toRow - fullStart) * places.inputs(),
                full.length());
        for (int row = fromRow; row < toRow; row++) {
            kernels.keepExisting(full.address() + 4L * (row - fullStart) * places.inputs(), places.rowAddress(row),
                    places.inputs());
        }
    }

    /**
     * One step of stochastic gradient descent for a range of parameters; see {@link Kernels#momentum}.
     *
     * @param weights parameters
     * @param velocity their momentum state
     * @param gradient their gradients
     * @param gradientStart to which parameter the first of {@code gradient} belongs
     * @param decay decoupled weight decay: the fraction of each weight lost per step
     * @return whether all parameters of the range are finite now
     */
    public boolean momentum(FloatArray weights, FloatArray velocity, FloatArray gradient, long gradientStart, long from,
            long to, float rate, float momentum, float l2, float decay, boolean nesterov) {
        checkLength(velocity, weights.length());
        checkRange(from, to, weights.length());
        checkRange(from - gradientStart, to - gradientStart, gradient.length());
        Operands.requireApart(weights, velocity);
        Operands.requireApart(weights, gradient);
        Operands.requireApart(velocity, gradient);
        return kernels.momentum(weights.address(), velocity.address(), gradient.address() - Float.BYTES * gradientStart,
                from, to, rate, momentum, l2, decay, nesterov);
    }

    /**
     * One step of Adam for a range of parameters; see {@link Kernels#adam}.
     *
     * @param weights parameters
     * @param moment their first moments
     * @param secondMoment their second moments, 0 or more
     * @param gradient their gradients
     * @param gradientStart to which parameter the first of {@code gradient} belongs
     * @param rate learning rate, over the bias correction of the first moment
     * @param share of the gradient in the new first moment
     * @param secondShare of its square in the new second moment
     * @param rootScale one over the root of the second moment's bias correction
     * @param epsilon above 0
     * @param decay decoupled weight decay: the fraction of each weight lost per step
     * @return whether all parameters and second moments of the range are finite now
     */
    public boolean adam(FloatArray weights, FloatArray moment, FloatArray secondMoment, FloatArray gradient,
            long gradientStart, long from, long to, float rate, float share, float secondShare, float rootScale,
            float epsilon, float l2, float decay) {
        checkLength(moment, weights.length());
        checkLength(secondMoment, weights.length());
        checkRange(from, to, weights.length());
        checkRange(from - gradientStart, to - gradientStart, gradient.length());
        Operands.requireApart(weights, moment);
        Operands.requireApart(weights, secondMoment);
        Operands.requireApart(weights, gradient);
        Operands.requireApart(moment, secondMoment);
        Operands.requireApart(moment, gradient);
        Operands.requireApart(secondMoment, gradient);
        return kernels.adam(weights.address(), moment.address(), secondMoment.address(),
                gradient.address() - Float.BYTES * gradientStart, from, to, rate, share, secondShare, rootScale,
                epsilon, l2, decay);
    }

    /**
     * Limits values of a range to those from {@code -limit} to {@code limit}, in place.
     *
     * @return whether all were finite before
     */
    public boolean clamp(FloatArray values, long from, long to, float limit) {
        checkRange(from, to, values.length());
        return kernels.clamp(values.address(), from, to, limit);
    }

    /** {@code values *= factor} for a range. */
    public void scale(FloatArray values, long from, long to, float factor) {
        checkRange(from, to, values.length());
        kernels.scale(values.address(), from, to, factor);
    }

    /** Adds the bias to rows of one tile of pre-activations and applies the slope to negative values, in place. */
    public void biasActivation(TiledMatrix y, @Nullable TiledMatrix z, FloatArray bias, int tile, int fromRow,
            int toRow, float slope) {
        checkLength(bias, y.neurons());
        Operands.requireWholeVectors(y, kernels);
        if (z != null) {
            checkShape(z, y.neurons(), y.tiles(), y.tileLanes());
            Operands.requireApart(y, z);
        }
        checkRange(tile, tile + 1L, y.tiles());
        checkRange(fromRow, toRow, y.neurons());
        kernels.biasActivation(y.tileAddress(tile), z == null ? 0 : z.tileAddress(tile), bias.address(), y.tileLanes(),
                fromRow, toRow, slope);
    }

    /** Multiplies deltas of one tile by {@code slope} where {@code gate} is not positive, in place. */
    public void gate(TiledMatrix delta, TiledMatrix gate, int tile, int fromRow, int toRow, float slope) {
        checkRange(fromRow, toRow, Math.min(delta.neurons(), gate.neurons()));
        Operands.requireWholeVectors(delta, kernels);
        checkShape(gate, delta.neurons(), delta.tiles(), delta.tileLanes());
        checkRange(tile, tile + 1L, delta.tiles());
        Operands.requireApart(delta, gate);
        kernels.gate(delta.tileAddress(tile), gate.tileAddress(tile), delta.tileLanes(), fromRow, toRow, slope);
    }

    /**
     * The sums over the lanes of one tile of a range of rows: what the tile adds to the gradient of a bias.
     *
     * @param sums {@code [tile][row]}
     */
    public void rowSums(TiledMatrix matrix, int tile, FloatArray sums, int fromRow, int toRow) {
        checkRange(tile, (long) tile + 1, Math.min(matrix.tiles(), sums.length() / Math.max(1, matrix.neurons())));
        checkRange(fromRow, toRow, matrix.neurons());
        Operands.requireWholeVectors(matrix, kernels);
        Operands.requireApart(sums, matrix.values());
        kernels.rowSums(matrix.tileAddress(tile), matrix.tileLanes(),
                sums.address() + 4L * tile * matrix.neurons(), fromRow, toRow);
    }

    /**
     * The sums over the tiles, in their order, of a range of rows.
     *
     * @param sums {@code [tile][row]}
     * @param totals one per row
     */
    public void sumRows(FloatArray sums, FloatArray totals, int tiles, int fromRow, int toRow) {
        checkRange(0, (long) tiles * totals.length(), sums.length());
        checkRange(fromRow, toRow, totals.length());
        checkRange(1, tiles, Integer.MAX_VALUE);
        Operands.requireApart(totals, sums);
        for (long row = 4L * fromRow; row < 4L * toRow; row += 4) {
            float total = getFloat(sums.address() + row);
            for (int tile = 1; tile < tiles; tile++) {
                total += getFloat(sums.address() + 4L * tile * totals.length() + row);
            }
            setFloat(totals.address() + row, total);
        }
    }

    /**
     * Gathers the samples of a batch into a matrix, neuron-major, for a range of tiles and of features; lanes past the
     * batch become 0.
     *
     * @param samples {@code [sample][feature]}
     * @param order sample numbers, in the order of the epoch
     * @param first position in {@code order} of the batch's first sample
     * @param count samples of the batch
     * @param x result; one row per feature
     */
    public void gatherTransposed(FloatArray samples, IntArray order, int first, int count, TiledMatrix x,
            int fromTile, int toTile, int fromFeature, int toFeature) {
        checkRange(fromTile, toTile, x.tiles());
        checkRange(first, first + (long) count, order.length());
        checkRange(fromFeature, toFeature, x.neurons());
        checkRange(0, count, (long) x.tiles() * x.tileLanes());
        Operands.requireWholeVectors(x, kernels);
        Operands.requireApart(x.values(), samples);
        checkRange(0, count == 0 ? 0 : x.neurons(), samples.length());
        IndexChecks.numbers("a sample", order, first, first + (long) count, samples.length() / x.neurons());
        for (int tile = fromTile; tile < toTile; tile++) {
            int before = tile * x.tileLanes();
            int inTile = Math.clamp(count - before, 0, x.tileLanes());
            kernels.gatherTransposed(samples.address(), x.neurons(), order.address() + 4L * (first + before), inTile,
                    x.tileAddress(tile), x.tileLanes(), fromFeature, toFeature);
        }
    }

    private static void checkCut(@Nullable IntArray positions, int neurons) {
        if (positions != null && positions.length() < neurons) {
            throw new IllegalArgumentException("%s: expected %d or more elements".formatted(positions, neurons));
        }
    }

    private static void checkPlaces(ExistingPlaces places, LayerTopology topology) {
        if (places.inputs() != topology.inputs() || places.outputs() != topology.outputs()) {
            throw new IllegalArgumentException("places of %d × %d: expected those of %s".formatted(places.outputs(),
                    places.inputs(), topology));
        }
    }
}
