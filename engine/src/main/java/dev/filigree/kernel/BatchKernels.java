package dev.filigree.kernel;

import static dev.filigree.kernel.Operands.checkLength;
import static dev.filigree.kernel.Operands.checkRange;
import static dev.filigree.kernel.Operands.checkShape;
import static dev.filigree.memory.OffHeapMemory.getFloat;
import static dev.filigree.memory.OffHeapMemory.setFloat;

import dev.filigree.memory.FloatArray;
import dev.filigree.memory.IntArray;
import org.jspecify.annotations.Nullable;

/**
 * What happens to the activations and deltas of a batch beside the products: it is gathered, dropped from, put through
 * activations that the products do not fold in, summed, and compared with the labels. Checks every call's shapes once, then
 * hands it to the provider.
 *
 * <p>Most methods work on one tile and a half-open range of its rows, so that workers can share a batch; none allocates.
 * All providers give the same bits, but for sums over the samples of a tile.
 */
public final class BatchKernels {
    private final Kernels kernels;

    BatchKernels(Kernels kernels) {
        this.kernels = kernels;
    }

    /**
     * Drops values with the given probability and scales the others, in place. Which, depends on key, neuron and
     * sample alone.
     *
     * @param probability of dropping, in [0, 1)
     */
    public void dropout(TiledMatrix matrix, int tile, int fromRow, int toRow, long key, double probability,
            float scale) {
        checkRows(matrix, tile, fromRow, toRow);
        if (!(probability >= 0 && probability < 1)) {
            throw new IllegalArgumentException(
                    "a probability of %s, expected at least 0 and below 1".formatted(probability));
        }
        kernels.dropout(matrix.tileAddress(tile), matrix.tileLanes(), tile * matrix.tileLanes(), fromRow, toRow, key,
                MaskHash.threshold(probability), scale);
    }

    /** Hyperbolic tangent, in place. */
    public void tanh(TiledMatrix matrix, int tile, int fromRow, int toRow) {
        checkRows(matrix, tile, fromRow, toRow);
        kernels.tanh(matrix.tileAddress(tile), matrix.tileLanes(), fromRow, toRow);
    }

    /** Logistic function, in place. */
    public void sigmoid(TiledMatrix matrix, int tile, int fromRow, int toRow) {
        checkRows(matrix, tile, fromRow, toRow);
        kernels.sigmoid(matrix.tileAddress(tile), matrix.tileLanes(), fromRow, toRow);
    }

    /**
     * Multiplies deltas by the derivative of the hyperbolic tangent, in place.
     *
     * @param y the function's values
     * @param yFactor what they are to be multiplied with first
     */
    public void tanhDerivative(TiledMatrix delta, TiledMatrix y, int tile, int fromRow, int toRow, float yFactor) {
        checkRows(delta, tile, fromRow, toRow);
        checkSameShape(delta, y);
        Operands.requireApart(delta, y);
        kernels.tanhDerivative(delta.tileAddress(tile), y.tileAddress(tile), y.tileLanes(), fromRow, toRow, yFactor);
    }

    /** As {@link #tanhDerivative}, of the logistic function. */
    public void sigmoidDerivative(TiledMatrix delta, TiledMatrix y, int tile, int fromRow, int toRow, float yFactor) {
        checkRows(delta, tile, fromRow, toRow);
        checkSameShape(delta, y);
        Operands.requireApart(delta, y);
        kernels.sigmoidDerivative(delta.tileAddress(tile), y.tileAddress(tile), y.tileLanes(), fromRow, toRow,
                yFactor);
    }

    /**
     * S-shaped rectified linear units.
     *
     * @param z pre-activations
     * @param y result; may be {@code z}
     * @param parameters {@link SRelu#PARAMETERS} per neuron
     */
    public void srelu(TiledMatrix z, TiledMatrix y, int tile, FloatArray parameters, int fromRow, int toRow) {
        checkRows(y, tile, fromRow, toRow);
        checkSameShape(z, y);
        checkParameters(parameters, y);
        kernels.srelu(z.tileAddress(tile), y.tileAddress(tile), parameters.address(), y.tileLanes(), fromRow, toRow);
    }

    /**
     * Multiplies deltas by the derivative of {@link #srelu}, in place, and computes the gradient of its parameters; for
     * rows of all tiles.
     *
     * @param z pre-activations
     * @param parameters {@link SRelu#PARAMETERS} per neuron
     * @param gradient result, one per parameter
     */
    public void sreluBackward(TiledMatrix delta, TiledMatrix z, FloatArray parameters, FloatArray gradient,
            int fromRow, int toRow) {
        checkRows(delta, 0, fromRow, toRow);
        checkSameShape(delta, z);
        checkParameters(parameters, delta);
        checkParameters(gradient, delta);
        Operands.requireApart(delta, z);
        Operands.requireApart(gradient, parameters);
        kernels.sreluBackward(delta.tileAddress(0), z.tileAddress(0), delta.tileBytes(), delta.tiles(),
                delta.tileLanes(), parameters.address(), gradient.address(), fromRow, toRow);
    }

    /**
     * The largest output of every sample.
     *
     * @param best per lane of all tiles: the class, the first if there are several
     */
    public void argmax(TiledMatrix outputs, int tile, IntArray best) {
        checkRows(outputs, tile, 0, outputs.neurons());
        checkLanes(best.length(), outputs);
        kernels.argmax(outputs.tileAddress(tile), outputs.neurons(), outputs.tileLanes(), lanes(best, outputs, tile));
    }

    /**
     * Softmax cross-entropy in parts and, if asked, its derivative; see {@link Kernels#crossEntropy}.
     *
     * @param labels per lane of all tiles, each one of the outputs, also in lanes past the batch
     * @param best of {@link #argmax}
     * @param samples of the batch, in all tiles
     * @param delta result, zero in the lanes past the batch; null if not wanted
     * @param rests per lane of all tiles
     * @param gaps per lane of all tiles
     */
    public void crossEntropy(TiledMatrix outputs, int tile, IntArray labels, IntArray best, int samples,
            @Nullable TiledMatrix delta, float deltaScale, FloatArray rests, FloatArray gaps) {
        checkRows(outputs, tile, 0, outputs.neurons());
        checkLanes(labels.length(), outputs);
        checkLanes(best.length(), outputs);
        checkLanes(rests.length(), outputs);
        checkLanes(gaps.length(), outputs);
        Operands.requireApart(rests, gaps);
        checkLabels(labels, outputs, tile);
        checkLabels(best, outputs, tile);
        kernels.crossEntropy(outputs.tileAddress(tile), outputs.neurons(), outputs.tileLanes(),
                lanes(labels, outputs, tile), lanes(best, outputs, tile), samples - tile * outputs.tileLanes(),
                address(delta, outputs, tile), deltaScale, lanes(rests, outputs, tile), lanes(gaps, outputs, tile));
    }

    /**
     * Squared difference to the one-hot labels, summed over the outputs, and, if asked, the difference itself.
     *
     * @param labels per lane of all tiles, each one of the outputs, also in lanes past the batch
     * @param samples of the batch, in all tiles
     * @param delta result, {@code deltaScale} times the difference, zero in the lanes past the batch; null if not
     *     wanted
     * @param sums per lane of all tiles
     */
    public void squaredError(TiledMatrix outputs, int tile, IntArray labels, int samples, @Nullable TiledMatrix delta,
            float deltaScale, FloatArray sums) {
        checkRows(outputs, tile, 0, outputs.neurons());
        checkLanes(labels.length(), outputs);
        checkLanes(sums.length(), outputs);
        checkLabels(labels, outputs, tile);
        kernels.squaredError(outputs.tileAddress(tile), outputs.neurons(), outputs.tileLanes(),
                lanes(labels, outputs, tile), samples - tile * outputs.tileLanes(), address(delta, outputs, tile),
                deltaScale, lanes(sums, outputs, tile));
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

    private static long lanes(IntArray array, TiledMatrix matrix, int tile) {
        return array.address() + 4L * tile * matrix.tileLanes();
    }

    private static long lanes(FloatArray array, TiledMatrix matrix, int tile) {
        return array.address() + 4L * tile * matrix.tileLanes();
    }

    private static long address(@Nullable TiledMatrix delta, TiledMatrix outputs, int tile) {
        if (delta == null) {
            return 0;
        }
        checkSameShape(delta, outputs);
        Operands.requireApart(delta, outputs);
        return delta.tileAddress(tile);
    }

    private static void checkLabels(IntArray labels, TiledMatrix outputs, int tile) {
        long first = (long) tile * outputs.tileLanes();
        IndexChecks.numbers("a label", labels, first, first + outputs.tileLanes(), outputs.neurons());
    }

    private void checkRows(TiledMatrix matrix, int tile, int fromRow, int toRow) {
        if (tile < 0 || tile >= matrix.tiles() || fromRow < 0 || toRow < fromRow || toRow > matrix.neurons()) {
            throw new IndexOutOfBoundsException(
                    "rows %d to %d of tile %d of %s".formatted(fromRow, toRow, tile, matrix));
        }
        Operands.requireWholeVectors(matrix, kernels);
    }

    private static void checkSameShape(TiledMatrix matrix, TiledMatrix other) {
        if (matrix.neurons() != other.neurons() || matrix.tileLanes() != other.tileLanes()
                || matrix.tiles() != other.tiles()) {
            throw new IllegalArgumentException("%s: expected the shape of %s".formatted(matrix, other));
        }
    }

    private static void checkParameters(FloatArray parameters, TiledMatrix matrix) {
        if (parameters.length() != (long) SRelu.PARAMETERS * matrix.neurons()) {
            throw new IllegalArgumentException("%s: expected %d for each neuron of %s".formatted(parameters,
                    SRelu.PARAMETERS, matrix));
        }
    }

    private static void checkLanes(long length, TiledMatrix matrix) {
        if (length < (long) matrix.tiles() * matrix.tileLanes()) {
            throw new IllegalArgumentException("%d numbers for the lanes of %s".formatted(length, matrix));
        }
    }
}
