package dev.filigree.network;

import static dev.filigree.memory.OffHeapMemory.ALL;

import dev.filigree.dense.DenseBackend;
import dev.filigree.kernel.ExistingPlaces;
import dev.filigree.kernel.SparseKernels;
import dev.filigree.kernel.TiledMatrix;
import dev.filigree.memory.ArrayGroup;
import dev.filigree.memory.FloatArray;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * The three products of a layer with a full weight matrix, {@code [output][input]}, on a dense backend; the last of them
 * moves the weights.
 *
 * <p>A backend multiplies narrow tiles at two thirds of its speed. Where a batch takes several tiles, they are
 * first laid side by side ({@link #widenInput}, {@link #widenDelta}), which costs one pass over the activations.
 */
final class DenseProducts {
    /** Rows of a product that one call computes: fixed, so that the bits do not depend on the number of workers. */
    private static final int CHUNK = 256;

    /** As many weights stay in the cache with their gradients and moments. */
    private static final int PANEL = 8_192;

    private final int inputs;
    private final int outputs;
    private final SparseKernels kernels;
    private final DenseBackend backend;
    private final ArrayGroup arrays = new ArrayGroup();
    private int workers = 1;
    private int tiles = 1;
    private int lanes;
    private @Nullable FloatArray wideInput;
    private @Nullable FloatArray wideDelta;
    private FloatArray[] wideRows = {};
    private FloatArray[] gradients = {};

    DenseProducts(int inputs, int outputs, SparseKernels kernels, DenseBackend backend) {
        this.inputs = inputs;
        this.outputs = outputs;
        this.kernels = kernels;
        this.backend = backend;
    }

    /** What computes the products. */
    DenseBackend backend() {
        return backend;
    }

    /** Splits the work among this many workers from now on, for batches of this many tiles of so many samples. */
    void partition(int newWorkers, int newTiles, int tileLanes) {
        arrays.close();
        wideInput = null;
        wideDelta = null;
        wideRows = new FloatArray[0];
        gradients = new FloatArray[0];
        workers = newWorkers;
        tiles = newTiles;
        lanes = newTiles * tileLanes;
        FloatArray[] fresh = new FloatArray[workers];
        for (int worker = 0; worker < workers; worker++) {
            fresh[worker] = arrays.floats((long) Math.min(CHUNK, outputs) * inputs, "full gradient of some rows");
        }
        gradients = fresh;
        if (tiles > 1) {
            wideInput = arrays.floats((long) inputs * lanes, "input, tiles side by side");
            wideDelta = arrays.floats((long) outputs * lanes, "delta, tiles side by side");
            FloatArray[] rows = new FloatArray[workers];
            for (int worker = 0; worker < workers; worker++) {
                rows[worker] = arrays.floats((long) CHUNK * lanes, "rows, tiles side by side");
            }
            wideRows = rows;
        }
    }

    /** Off-heap bytes of the working memory. */
    long bytes() {
        return arrays.bytes();
    }

    /** Lays a share of the input's tiles side by side; all shares before {@link #forward} and {@link #update}. */
    void widenInput(int worker, TiledMatrix x) {
        if (wideInput != null) {
            widen(worker, x, wideInput);
        }
    }

    /** Lays a share of the delta's tiles side by side; all shares before {@link #inputDelta} and {@link #update}. */
    void widenDelta(int worker, TiledMatrix delta) {
        if (wideDelta != null) {
            widen(worker, delta, wideDelta);
        }
    }

    private void widen(int worker, TiledMatrix from, FloatArray to) {
        int first = (int) ((long) from.neurons() * worker / workers);
        int end = (int) ((long) from.neurons() * (worker + 1) / workers);
        copyTiles(from, first, end, to.address() + 4L * first * lanes, true);
    }

    private void copyTiles(TiledMatrix tiled, int from, int to, long wide, boolean widen) {
        int tileLanes = tiled.tileLanes();
        long rowBytes = 4L * tileLanes;
        for (int tile = 0; tile < tiles; tile++) {
            for (int row = from; row < to; row++) {
                long narrow = tiled.tileAddress(tile) + row * rowBytes;
                long side = wide + 4L * ((long) (row - from) * lanes + (long) tile * tileLanes);
                MemorySegment.copy(ALL, widen ? narrow : side, ALL, widen ? side : narrow, rowBytes);
            }
        }
    }

    /** {@code y = f(W·x + bias)} for a share of the rows. */
    void forward(int worker, FloatArray weights, FloatArray bias, TiledMatrix x, TiledMatrix y, @Nullable TiledMatrix z,
            float slope) {
        long input = address(wideInput, x);
        int width = width(x);
        for (int chunk = first(worker, outputs); chunk < first(worker + 1, outputs); chunk++) {
            int from = chunk * CHUNK;
            int to = Math.min(from + CHUNK, outputs);
            long rows = rows(worker, y, from, width);
            backend.gemm(false, false, to - from, width, inputs, weights.address() + 4L * from * inputs, inputs, input,
                    width, 0, rows, width);
            narrow(y, from, to, rows);
            for (int tile = 0; tile < tiles; tile++) {
                kernels.batches().biasActivation(y, z, bias, tile, from, to, slope);
            }
        }
    }

    /** The delta of the layer below, {@code Wᵀ·delta}, for a share of its rows. */
    void inputDelta(int worker, FloatArray weights, Upstream upstream, TiledMatrix delta) {
        long outputDelta = address(wideDelta, delta);
        int width = width(delta);
        for (int chunk = first(worker, inputs); chunk < first(worker + 1, inputs); chunk++) {
            int from = chunk * CHUNK;
            int to = Math.min(from + CHUNK, inputs);
            long rows = rows(worker, upstream.delta(), from, width);
            backend.gemm(true, false, to - from, width, outputs, weights.address() + 4L * from, inputs, outputDelta,
                    width, 0, rows, width);
            narrow(upstream.delta(), from, to, rows);
            for (int tile = 0; tile < tiles; tile++) {
                kernels.batches().gate(upstream.delta(), upstream.gate(), tile, from, to, upstream.slope());
            }
        }
    }

    /**
     * Moves a share of the weights along their gradient, {@code delta·xᵀ}. Every worker needs all weights for the input
     * delta, so they move after it.
     *
     * @param existing the connections whose weights move; null if all places have one
     */
    void update(int worker, FloatArray weights, Moments moments, @Nullable ExistingPlaces existing, TiledMatrix x,
            TiledMatrix delta, UpdateStep step) {
        FloatArray gradient = gradients[worker];
        int width = width(delta);
        int rows = Math.max(1, PANEL / inputs);
        for (int chunk = first(worker, outputs); chunk < first(worker + 1, outputs); chunk++) {
            int first = chunk * CHUNK;
            int end = Math.min(first + CHUNK, outputs);
            backend.gemm(false, true, end - first, inputs, width, address(wideDelta, delta) + 4L * first * width, width,
                    address(wideInput, x), width, 0, gradient.address(), inputs);
            for (int from = first; from < end; from += rows) {
                int to = Math.min(from + rows, end);
                if (existing != null) {
                    kernels.full().keepExisting(gradient, first, existing, from, to);
                }
                moments.move(kernels, weights, gradient, (long) first * inputs, (long) from * inputs,
                        (long) to * inputs, step);
            }
        }
    }

    /** First chunk of a worker's share of so many rows. */
    private int first(int worker, int rows) {
        return (int) ((long) Math.ceilDiv(rows, CHUNK) * worker / workers);
    }

    private int width(TiledMatrix matrix) {
        return tiles > 1 ? lanes : matrix.tileLanes();
    }

    private static long address(@Nullable FloatArray wide, TiledMatrix matrix) {
        return wide == null ? matrix.tileAddress(0) : wide.address();
    }

    /** Where a product of rows goes: in place, or to the worker's rows to be narrowed. */
    private long rows(int worker, TiledMatrix matrix, int from, int width) {
        return tiles > 1 ? wideRows[worker].address() : matrix.tileAddress(0) + 4L * from * width;
    }

    private void narrow(TiledMatrix matrix, int from, int to, long rows) {
        if (tiles > 1) {
            copyTiles(matrix, from, to, rows, false);
        }
    }

    void close() {
        arrays.close();
    }
}
