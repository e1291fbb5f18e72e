package dev.filigree.kernel;

import static dev.filigree.kernel.Operands.checkForward;
import static dev.filigree.kernel.Operands.checkLength;
import static dev.filigree.kernel.Operands.checkMatrix;
import static dev.filigree.kernel.Operands.checkRange;
import static dev.filigree.kernel.Operands.checkScratch;

import dev.filigree.memory.FloatArray;
import dev.filigree.memory.LongArray;
import org.jspecify.annotations.Nullable;

/**
 * The products of {@link SparseKernels} over connections that a {@link BlockedIndex} groups. Checks every call's shapes
 * once, then hands it to the provider; nothing is allocated.
 */
public final class BlockedKernels {
    private final Kernels kernels;

    BlockedKernels(Kernels kernels) {
        this.kernels = kernels;
    }

    /**
     * {@code z = bias + W·x}, {@code y = z > 0 ? z : slope·z} for a range of tiles and of output neurons.
     *
     * @param incoming the connections, seen from the output neurons
     * @param weights one per position
     * @param bias one per output neuron
     * @param x input activations
     * @param y output activations
     * @param z where to keep pre-activations, or null
     * @param slope factor of negative pre-activations
     */
    public void forward(BlockedIndex incoming, FloatArray weights, FloatArray bias, TiledMatrix x, TiledMatrix y,
            @Nullable TiledMatrix z, int fromTile, int toTile, int fromRow, int toRow, float slope) {
        checkSide(incoming, true);
        checkLength(weights, incoming.positions());
        checkForward(kernels, incoming.far(), incoming.near(), bias, x, y, z, fromTile, toTile, fromRow, toRow);
        IndexChecks.blocks(incoming, 0, incoming.blocks(), fromRow, toRow);
        kernels.forwardBlocked(incoming.starts().address(), incoming.places().address(), weights.address(),
                incoming.blocks(), incoming.near(), bias.address(), x.tileAddress(fromTile), x.tileBytes(),
                y.tileAddress(fromTile), z == null ? 0 : z.tileAddress(fromTile), y.tileBytes(), toTile - fromTile,
                x.tileLanes(), fromRow, toRow, slope);
    }

    /**
     * What one block of output neurons adds to the input deltas of some tiles, and the weight gradient of its
     * connections, for a range of input neurons. The input deltas are right after all blocks, in their order. How tiles
     * are spread over calls changes the bits of the gradients.
     *
     * @param outgoing the connections, seen from the input neurons
     * @param weights one per position
     * @param gradient result: one per position
     * @param gradientStart to which position the first of {@code gradient} belongs
     * @param x input activations
     * @param gate pre-activations of the input layer, or its activations where they have the same sign
     * @param inputDelta result: {@code Wᵀ·delta}, times {@code slope} where {@code gate} is not positive
     * @param delta output deltas
     * @param scratch of {@link SparseKernels#scratch}, for {@link BlockedIndex#WIDTH} connections; no other thread's
     * @param slope factor of the input layer's negative pre-activations
     */
    public void backward(BlockedIndex outgoing, int block, FloatArray weights, FloatArray gradient, long gradientStart,
            TiledMatrix x, TiledMatrix gate, TiledMatrix inputDelta, TiledMatrix delta, FloatArray scratch,
            int fromTile, int toTile, int fromColumn, int toColumn, float slope) {
        int inputs = outgoing.near();
        checkSide(outgoing, false);
        checkLength(weights, outgoing.positions());
        checkRange(fromTile, toTile, x.tiles());
        checkMatrix(kernels, x, inputs, toTile, x.tileLanes());
        checkMatrix(kernels, gate, inputs, toTile, x.tileLanes());
        checkMatrix(kernels, inputDelta, inputs, toTile, x.tileLanes());
        checkMatrix(kernels, delta, outgoing.far(), toTile, x.tileLanes());
        checkRange(block, block + 1L, outgoing.blocks());
        checkRange(fromColumn, toColumn, inputs);
        int cells = outgoing.cell(block, 0);
        checkRange(outgoing.first(cells + fromColumn) - gradientStart, outgoing.first(cells + toColumn) - gradientStart,
                gradient.length());
        checkScratch(kernels, scratch, BlockedIndex.WIDTH);
        Operands.requireApart(inputDelta, x);
        Operands.requireApart(inputDelta, gate);
        Operands.requireApart(inputDelta, delta);
        Operands.requireApart(gradient, weights);
        Operands.requireApart(gradient, scratch);
        IndexChecks.blocks(outgoing, block, block + 1, fromColumn, toColumn);
        kernels.backwardBlocked(outgoing.starts().address() + 4L * cells, outgoing.places().address(),
                weights.address(), gradient.address() - Float.BYTES * gradientStart, x.tileAddress(fromTile),
                gate.tileAddress(fromTile), inputDelta.tileAddress(fromTile), x.tileBytes(),
                delta.tileAddress(fromTile) + 4L * x.tileLanes() * outgoing.width() * block, delta.tileBytes(),
                block == 0, block == outgoing.blocks() - 1, scratch.address(), toTile - fromTile, x.tileLanes(),
                fromColumn, toColumn, slope);
    }

    /**
     * Brings values of the input neurons' order into the output neurons', for a range of pairs: with {@code n} blocks of
     * output neurons, pair {@code n·a + b} is what input block {@code a} has from output block {@code b}.
     *
     * @param outgoing the connections, seen from the input neurons
     * @param values one per position of {@code outgoing}
     * @param incoming the same connections, seen from the output neurons
     * @param destination result: one per position of {@code incoming}
     * @param next working memory: {@link BlockedIndex#WIDTH} elements from {@code firstNext} on, no other thread's
     */
    public void transpose(BlockedIndex outgoing, FloatArray values, BlockedIndex incoming, FloatArray destination,
            LongArray next, int firstNext, int fromPair, int toPair) {
        checkSide(outgoing, false);
        checkSide(incoming, true);
        if (incoming.near() != outgoing.far() || incoming.far() != outgoing.near()) {
            throw new IllegalArgumentException("blocks of %d × %d connections: expected those of %d × %d".formatted(
                    incoming.near(), incoming.far(), outgoing.far(), outgoing.near()));
        }
        checkLength(values, outgoing.positions());
        checkLength(destination, incoming.positions());
        checkRange(firstNext, firstNext + (long) BlockedIndex.WIDTH, next.length());
        checkRange(fromPair, toPair, (long) incoming.blocks() * outgoing.blocks());
        Operands.requireApart(destination, values);
        for (int pair = fromPair; pair < toPair; pair++) {
            transpose(outgoing, pair % outgoing.blocks(), values, incoming, pair / outgoing.blocks(), destination, next,
                    firstNext);
        }
    }

    private void transpose(BlockedIndex outgoing, int outputBlock, FloatArray values, BlockedIndex incoming,
            int inputBlock, FloatArray destination, LongArray next, int firstNext) {
        IndexChecks.cells(outgoing, outputBlock, incoming, inputBlock);
        int outputs = outputBlock * outgoing.width();
        int outputCount = Math.min(outgoing.width(), outgoing.far() - outputs);
        int receivers = incoming.cell(inputBlock, outputs);
        for (int place = 0; place < outputCount; place++) {
            next.set(firstNext + (long) place,
                    destination.address() + (long) Float.BYTES * incoming.first(receivers + place));
        }
        // In order, memory comes as fast as it can; then the scattered writes find it in the cache.
        kernels.clear(destination.address(), incoming.first(receivers), incoming.first(receivers + outputCount));
        int inputs = inputBlock * incoming.width();
        int givers = outgoing.cell(outputBlock, inputs);
        int giverCount = Math.min(incoming.width(), outgoing.near() - inputs);
        kernels.transposeBlocked(values.address(), outgoing.places().address(), next.address() + 8L * firstNext,
                outgoing.first(givers), outgoing.first(givers + giverCount));
    }

    private static void checkSide(BlockedIndex index, boolean incoming) {
        if (index.isIncoming() != incoming) {
            throw new IllegalArgumentException("an index of the %s neurons: expected one of the %s neurons".formatted(
                    incoming ? "input" : "output", incoming ? "output" : "input"));
        }
    }
}
