package dev.filigree.kernel.vector;

import static dev.filigree.memory.OffHeapMemory.ADDRESS_MASK;
import static dev.filigree.memory.OffHeapMemory.ADDRESS_MASK_4;
import static dev.filigree.memory.OffHeapMemory.ADDRESS_MASK_8;
import static dev.filigree.memory.OffHeapMemory.ALL;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.filigree.kernel.BlockedIndex;
import dev.filigree.kernel.Kernels;

/** The fast provider: the Vector API at the CPU's widest species. Needs the module jdk.incubator.vector. */
public final class VectorKernels implements Kernels {
    // Samples per tile: so many vectors.
    private static final int TWO = 2 * Lanes.LENGTH;
    private static final int FOUR = 4 * Lanes.LENGTH;
    private static final int EIGHT = 8 * Lanes.LENGTH;

    /** Wider tiles would share a connection's cost among more samples, but fewer of their rows stay in the caches. */
    private static final int WIDEST = 64;

    /** Of 512 bits there are twice as many vector registers. */
    private static final boolean PAIRS = Lanes.SPECIES.vectorBitSize() == 512;

    /** Two tiles of gathered rows larger than this drive each other out of the L2 cache. */
    private static final long PAIRED_BYTES = 800L << 10;

    /** A provider of the widest species, or of the one that {@code filigree.vector.bits} forces. */
    public VectorKernels() {}

    @Override
    public String name() {
        return "vector-" + Lanes.SPECIES.vectorBitSize();
    }

    /**
     * Wide tiles share what a connection costs beside its products among more samples, if the batch fills them. Workers
     * that have tiles of their own share no activations.
     */
    @Override
    public int tileLanes(int batch) {
        if (batch <= TWO) {
            return TWO;
        }
        return batch <= FOUR || EIGHT > WIDEST ? FOUR : EIGHT;
    }

    @Override
    public boolean supports(int tileLanes) {
        return tileLanes == TWO || tileLanes == FOUR || (tileLanes == EIGHT && EIGHT <= WIDEST);
    }

    /** Whether sweeps over few connections take two tiles at a time, of which each gathers rows from so many bytes. */
    private static boolean takesPairs(int lanes, long tileBytes) {
        return PAIRS && lanes == FOUR && tileBytes <= PAIRED_BYTES;
    }

    @Override
    public void forward(long rowStarts, long sources, long weights, long bias, long x, long xStride, long y, long z,
            long yStride, int tiles, int lanes, int fromRow, int toRow, float slope) {
        int tile = 0;
        if (takesPairs(lanes, xStride)) {
            for (; tile + 1 < tiles; tile += 2) {
                VectorForward.pair(rowStarts, sources, weights, bias, x + tile * xStride, xStride, y + tile * yStride,
                        z == 0 ? 0 : z + tile * yStride, yStride, fromRow, toRow, slope);
            }
        }
        for (; tile < tiles; tile++) {
            long input = x + tile * xStride;
            long output = y + tile * yStride;
            long kept = z == 0 ? 0 : z + tile * yStride;
            if (lanes == TWO) {
                VectorForward.two(rowStarts, sources, weights, bias, input, output, kept, fromRow, toRow, slope);
            } else if (lanes == FOUR) {
                VectorForward.four(rowStarts, sources, weights, bias, input, output, kept, fromRow, toRow, slope);
            } else {
                VectorForward.eight(rowStarts, sources, weights, bias, input, output, kept, fromRow, toRow, slope);
            }
        }
    }

    @Override
    public void pack(long matrix, long packed, int lanes, int fromRow, int toRow) {
        VectorPackedForward.pack(matrix, packed, lanes, fromRow, toRow);
    }

    @Override
    public void forwardPacked(long rowStarts, long sources, long weights, long bias, long x, long xStride, long y,
            long z, long yStride, int tiles, int lanes, int fromRow, int toRow, float slope) {
        int tile = 0;
        if (takesPairs(lanes, xStride)) {
            for (; tile + 1 < tiles; tile += 2) {
                VectorPackedForward.pair(rowStarts, sources, weights, bias, x + tile * xStride, xStride,
                        y + tile * yStride, z == 0 ? 0 : z + tile * yStride, yStride, fromRow, toRow, slope);
            }
        }
        for (; tile < tiles; tile++) {
            long input = x + tile * xStride;
            long output = y + tile * yStride;
            long kept = z == 0 ? 0 : z + tile * yStride;
            if (lanes == TWO) {
                VectorPackedForward.two(rowStarts, sources, weights, bias, input, output, kept, fromRow, toRow, slope);
            } else if (lanes == FOUR) {
                VectorPackedForward.four(rowStarts, sources, weights, bias, input, output, kept, fromRow, toRow,
                        slope);
            } else {
                VectorPackedForward.eight(rowStarts, sources, weights, bias, input, output, kept, fromRow, toRow,
                        slope);
            }
        }
    }

    @Override
    public void forwardBlocked(long starts, long places, long weights, int blocks, int outputs, long bias, long x,
            long xStride, long y, long z, long yStride, int tiles, int lanes, int fromRow, int toRow, float slope) {
        int rowShift = Integer.numberOfTrailingZeros(4 * lanes);
        for (int tile = 0; tile < tiles; tile++) {
            long output = y + tile * yStride;
            VectorBlockedForward.begin(bias, output, lanes, fromRow, toRow);
            for (int block = 0; block < blocks; block++) {
                long input = x + tile * xStride + 4L * lanes * BlockedIndex.WIDTH * block;
                long cells = starts + 4L * block * outputs;
                if (lanes == TWO) {
                    VectorBlockedForward.two(cells, places, weights, input, output, rowShift, fromRow, toRow);
                    continue;
                }
                for (long half = 0; half < 4L * lanes; half += Lanes.FOUR_BYTES) {
                    VectorBlockedForward.four(cells, places, weights, input + half, output + half, rowShift, fromRow,
                            toRow);
                }
            }
            VectorBlockedForward.finish(output, z == 0 ? 0 : z + tile * yStride, lanes, fromRow, toRow, slope);
        }
    }

    @Override
    public long scratchFloats(long connections) {
        return (Math.max(connections, VectorFold.GROUP) + Lanes.LENGTH) * Lanes.LENGTH;
    }

    @Override
    public void backward(long columnStarts, long targets, long weights, long gradient, long x, long gate,
            long inputDelta, long xStride, long delta, long deltaStride, long scratch, int tiles, int lanes,
            int fromColumn, int toColumn, float slope) {
        int tile = 0;
        if (takesPairs(lanes, deltaStride)) {
            for (; tile + 1 < tiles; tile += 2) {
                long offset = tile * xStride;
                VectorPairBackward.backward(columnStarts, targets, weights, gradient, x + offset, gate + offset,
                        inputDelta + offset, xStride, delta + tile * deltaStride, deltaStride, scratch, fromColumn,
                        toColumn, slope, tile > 0);
            }
        }
        for (; tile < tiles; tile++) {
            long offset = tile * xStride;
            VectorBackward.sweep(columnStarts, targets, weights, gradient, x + offset, gate + offset,
                    inputDelta + offset, delta + tile * deltaStride, scratch, Float.BYTES * lanes, fromColumn, toColumn,
                    slope, tile > 0);
        }
    }

    @Override
    public void backwardBlocked(long starts, long places, long weights, long gradient, long x, long gate,
            long inputDelta, long xStride, long delta, long deltaStride, boolean firstBlock, boolean lastBlock,
            long scratch, int tiles, int lanes, int fromColumn, int toColumn, float slope) {
        if (firstBlock) {
            for (int tile = 0; tile < tiles; tile++) {
                clear(inputDelta + tile * xStride, (long) lanes * fromColumn, (long) lanes * toColumn);
            }
        }
        int tile = 0;
        if (PAIRS && lanes == FOUR) {
            for (; tile + 1 < tiles; tile += 2) {
                VectorBlockedBackward.pair(starts, places, weights, gradient, x + tile * xStride,
                        inputDelta + tile * xStride, xStride, delta + tile * deltaStride, deltaStride, scratch,
                        fromColumn, toColumn, tile > 0);
            }
        }
        int rowShift = Integer.numberOfTrailingZeros(4 * lanes);
        for (; tile < tiles; tile++) {
            long input = x + tile * xStride;
            long sums = inputDelta + tile * xStride;
            long deltas = delta + tile * deltaStride;
            if (lanes == TWO) {
                VectorBlockedBackward.two(starts, places, weights, gradient, input, sums, deltas, scratch, rowShift,
                        fromColumn, toColumn, tile > 0);
                continue;
            }
            for (long half = 0; half < 4L * lanes; half += Lanes.FOUR_BYTES) {
                VectorBlockedBackward.four(starts, places, weights, gradient, input + half, sums + half,
                        deltas + half, scratch, rowShift, fromColumn, toColumn, tile > 0 || half > 0);
            }
        }
        if (lastBlock) {
            for (int t = 0; t < tiles; t++) {
                VectorRows.gate(inputDelta + t * xStride, gate + t * xStride, lanes, fromColumn, toColumn, slope);
            }
        }
    }

    @Override
    public void gradient(long rowStarts, long sources, long gradient, long x, long xStride, long delta,
            long deltaStride, long scratch, int tiles, int lanes, int fromRow, int toRow) {
        int tile = 0;
        if (takesPairs(lanes, xStride)) {
            for (; tile + 1 < tiles; tile += 2) {
                VectorPairBackward.gradient(rowStarts, sources, gradient, x + tile * xStride, xStride,
                        delta + tile * deltaStride, deltaStride, scratch, fromRow, toRow, tile > 0);
            }
        }
        for (; tile < tiles; tile++) {
            VectorGradient.sweep(rowStarts, sources, gradient, x + tile * xStride, delta + tile * deltaStride, scratch,
                    Float.BYTES * lanes, fromRow, toRow, tile > 0);
        }
    }

    @Override
    public void transpose(long destination, long values, long neighbours, long next, long from, long to) {
        int count = (int) (to - from);
        long value = values + 4 * from & ADDRESS_MASK_4;
        long neighbour = neighbours + 4 * from & ADDRESS_MASK_4;
        for (int k = 0; k < count; k++) {
            long cursor = next + 4L * ALL.get(JAVA_INT, neighbour + 4L * k) & ADDRESS_MASK_4;
            int at = ALL.get(JAVA_INT, cursor);
            ALL.set(JAVA_INT, cursor, at + 1);
            ALL.set(JAVA_INT, destination + 4L * at & ADDRESS_MASK_4, ALL.get(JAVA_INT, value + 4L * k));
        }
    }

    @Override
    public void transposeCut(long destination, long values, long neighbours, long next, long starts, long from,
            long to, int near) {
        for (int i = 0; i < near; i++) {
            long first = from == 0
                    ? ALL.get(JAVA_LONG, starts + 8L * i & ADDRESS_MASK_8)
                    : ALL.get(JAVA_INT, from + 4L * i & ADDRESS_MASK_4);
            long end = to == 0
                    ? ALL.get(JAVA_LONG, starts + 8L * i + 8 & ADDRESS_MASK_8)
                    : ALL.get(JAVA_INT, to + 4L * i & ADDRESS_MASK_4);
            transpose(destination, values, neighbours, next, first, end);
        }
    }

    @Override
    public void transposeBlocked(long values, long places, long next, long from, long to) {
        int count = (int) (to - from);
        long value = values + 4 * from & ADDRESS_MASK_4;
        long place = places + from & ADDRESS_MASK;
        for (int k = 0; k < count; k++) {
            long cursor = next + 8L * (ALL.get(JAVA_BYTE, place + k) & 0xFF) & ADDRESS_MASK_8;
            long at = ALL.get(JAVA_LONG, cursor);
            ALL.set(JAVA_LONG, cursor, at + 4);
            ALL.set(JAVA_FLOAT, at & ADDRESS_MASK_4, ALL.get(JAVA_FLOAT, value + 4L * k));
        }
    }

    @Override
    public void expand(long values, long places, long full, int inputs) {
        VectorPlaces.expand(values, places, full, inputs);
    }

    @Override
    public void pick(long full, long places, long values, int inputs) {
        VectorPlaces.pick(full, places, values, inputs);
    }

    @Override
    public void keepExisting(long full, long places, int inputs) {
        VectorPlaces.keepExisting(full, places, inputs);
    }

    @Override
    public void clear(long values, long from, long to) {
        VectorUpdate.clear(values, from, to);
    }

    @Override
    public void add(long sum, long values, long from, long to) {
        VectorUpdate.add(sum, values, from, to);
    }

    @Override
    public boolean momentum(long weights, long velocity, long gradient, long from, long to, float rate, float momentum,
            float l2, float decay, boolean nesterov) {
        return VectorUpdate.momentum(weights, velocity, gradient, from, to, rate, momentum, l2, decay, nesterov);
    }

    @Override
    public boolean adam(long weights, long moment, long secondMoment, long gradient, long from, long to, float rate,
            float share, float secondShare, float rootScale, float epsilon, float l2, float decay) {
        return VectorAdam.adam(weights, moment, secondMoment, gradient, from, to, rate, share, secondShare, rootScale,
                epsilon, l2, decay);
    }

    @Override
    public boolean clamp(long values, long from, long to, float limit) {
        return VectorClipping.clamp(values, from, to, limit);
    }

    @Override
    public void scale(long values, long from, long to, float factor) {
        VectorClipping.scale(values, from, to, factor);
    }

    @Override
    public void biasActivation(long y, long z, long bias, int lanes, int fromRow, int toRow, float slope) {
        VectorRows.biasActivation(y, z, bias, lanes, fromRow, toRow, slope);
    }

    @Override
    public void gate(long delta, long gate, int lanes, int fromRow, int toRow, float slope) {
        VectorRows.gate(delta, gate, lanes, fromRow, toRow, slope);
    }

    @Override
    public void rowSums(long matrix, int lanes, long sums, int fromRow, int toRow) {
        VectorRows.rowSums(matrix, lanes, sums, fromRow, toRow);
    }

    @Override
    public void gatherTransposed(long samples, int dimensions, long order, int count, long rows, int lanes,
            int fromFeature, int toFeature) {
        VectorTranspose.gather(samples, dimensions, order, count, rows, lanes, fromFeature, toFeature);
    }

    @Override
    public void dropout(long matrix, int lanes, int firstSample, int fromRow, int toRow, long key, int threshold,
            float scale) {
        VectorDropout.dropout(matrix, lanes, firstSample, fromRow, toRow, key, threshold, scale);
    }

    @Override
    public void tanh(long matrix, int lanes, int fromRow, int toRow) {
        VectorSmooth.tanh(matrix, lanes, fromRow, toRow);
    }

    @Override
    public void sigmoid(long matrix, int lanes, int fromRow, int toRow) {
        VectorSmooth.sigmoid(matrix, lanes, fromRow, toRow);
    }

    @Override
    public void tanhDerivative(long delta, long y, int lanes, int fromRow, int toRow, float yFactor) {
        VectorSmooth.tanhDerivative(delta, y, lanes, fromRow, toRow, yFactor);
    }

    @Override
    public void sigmoidDerivative(long delta, long y, int lanes, int fromRow, int toRow, float yFactor) {
        VectorSmooth.sigmoidDerivative(delta, y, lanes, fromRow, toRow, yFactor);
    }

    @Override
    public void srelu(long z, long y, long parameters, int lanes, int fromRow, int toRow) {
        VectorSRelu.srelu(z, y, parameters, lanes, fromRow, toRow);
    }

    @Override
    public void sreluBackward(long delta, long z, long stride, int tiles, int lanes, long parameters, long gradient,
            int fromRow, int toRow) {
        VectorSRelu.backward(delta, z, stride, tiles, lanes, parameters, gradient, fromRow, toRow);
    }

    @Override
    public void argmax(long outputs, int classes, int lanes, long best) {
        VectorLoss.argmax(outputs, classes, lanes, best);
    }

    @Override
    public void crossEntropy(long outputs, int classes, int lanes, long labels, long best, int count, long delta,
            float deltaScale, long rests, long gaps) {
        VectorLoss.crossEntropy(outputs, classes, lanes, labels, best, count, delta, deltaScale, rests, gaps);
    }

    @Override
    public void squaredError(long outputs, int classes, int lanes, long labels, int count, long delta,
            float deltaScale, long sums) {
        VectorLoss.squaredError(outputs, classes, lanes, labels, count, delta, deltaScale, sums);
    }
}
