package dev.filigree.kernel.scalar;

import static dev.filigree.memory.OffHeapMemory.getFloat;
import static dev.filigree.memory.OffHeapMemory.getInt;
import static dev.filigree.memory.OffHeapMemory.getLong;
import static dev.filigree.memory.OffHeapMemory.setFloat;
import static dev.filigree.memory.OffHeapMemory.setInt;
import static dev.filigree.memory.OffHeapMemory.setLong;

import dev.filigree.kernel.BlockedIndex;
import dev.filigree.kernel.Kernels;

/** The reference provider: one plain loop per formula. Correct everywhere, fast nowhere. */
public final class ScalarKernels implements Kernels {
    private final int tileLanes;

    /**
     * A provider.
     *
     * @param tileLanes samples per tile that it says suit every batch; it works on tiles of any width
     */
    public ScalarKernels(int tileLanes) {
        this.tileLanes = tileLanes;
    }

    @Override
    public String name() {
        return "scalar";
    }

    @Override
    public int tileLanes(int batch) {
        return tileLanes;
    }

    @Override
    public boolean supports(int lanes) {
        return lanes > 0;
    }

    @Override
    public void forward(long rowStarts, long sources, long weights, long bias, long x, long xStride, long y, long z,
            long yStride, int tiles, int lanes, int fromRow, int toRow, float slope) {
        for (int row = fromRow; row < toRow; row++) {
            for (int tile = 0; tile < tiles; tile++) {
                for (int lane = 0; lane < lanes; lane++) {
                    float sum = getFloat(bias + 4L * row);
                    for (long k = getLong(rowStarts + 8L * row); k < getLong(rowStarts + 8L * (row + 1)); k++) {
                        int source = getInt(sources + 4 * k);
                        sum += getFloat(weights + 4 * k) * getFloat(at(x + tile * xStride, lanes, source, lane));
                    }
                    if (z != 0) {
                        setFloat(at(z + tile * yStride, lanes, row, lane), sum);
                    }
                    setFloat(at(y + tile * yStride, lanes, row, lane), sum > 0 ? sum : slope * sum);
                }
            }
        }
    }

    @Override
    public void forwardBlocked(long starts, long places, long weights, int blocks, int outputs, long bias, long x,
            long xStride, long y, long z, long yStride, int tiles, int lanes, int fromRow, int toRow, float slope) {
        for (int row = fromRow; row < toRow; row++) {
            for (int tile = 0; tile < tiles; tile++) {
                for (int lane = 0; lane < lanes; lane++) {
                    float sum = getFloat(bias + 4L * row);
                    for (int block = 0; block < blocks; block++) {
                        long cell = starts + 4 * ((long) block * outputs + row);
                        for (int k = first(cell); k < getInt(cell + 4); k++) {
                            sum += getFloat(weights + 4L * k) * getFloat(at(x + tile * xStride, lanes,
                                    block * BlockedIndex.WIDTH + place(places, k), lane));
                        }
                    }
                    if (z != 0) {
                        setFloat(at(z + tile * yStride, lanes, row, lane), sum);
                    }
                    setFloat(at(y + tile * yStride, lanes, row, lane), sum > 0 ? sum : slope * sum);
                }
            }
        }
    }

    /** Position of the first connection of a cell, given where the end of the one before is stored. */
    private static int first(long cell) {
        return (getInt(cell) + BlockedIndex.CHUNK - 1) / BlockedIndex.CHUNK * BlockedIndex.CHUNK;
    }

    private static int place(long places, long position) {
        return getInt(places + position / 4 * 4) >>> (8 * (position % 4)) & 0xFF;
    }

    @Override
    public void pack(long matrix, long packed, int lanes, int fromRow, int toRow) {
        int half = (lanes + 1) / 2;
        for (int row = fromRow; row < toRow; row++) {
            for (int i = 0; i < half; i++) {
                long pair = matrix + 4 * ((long) row * lanes + 2L * i);
                int high = rounded(getInt(pair));
                int low = 2 * i + 1 < lanes ? rounded(getInt(pair + 4)) : 0;
                setInt(packed + 4 * ((long) row * half + i), high | low >>> 16);
            }
        }
    }

    /** The bits of a float, rounded to the upper half. */
    private static int rounded(int bits) {
        return bits + 0x7FFF + (bits >>> 16 & 1) & 0xFFFF_0000;
    }

    @Override
    public void forwardPacked(long rowStarts, long sources, long weights, long bias, long x, long xStride, long y,
            long z, long yStride, int tiles, int lanes, int fromRow, int toRow, float slope) {
        int half = (lanes + 1) / 2;
        for (int row = fromRow; row < toRow; row++) {
            for (int tile = 0; tile < tiles; tile++) {
                for (int lane = 0; lane < lanes; lane++) {
                    float sum = getFloat(bias + 4L * row);
                    for (long k = getLong(rowStarts + 8L * row); k < getLong(rowStarts + 8L * (row + 1)); k++) {
                        int pair = getInt(at(x + tile * xStride, half, getInt(sources + 4 * k), lane / 2));
                        sum += getFloat(weights + 4 * k)
                                * Float.intBitsToFloat(lane % 2 == 0 ? pair & 0xFFFF_0000 : pair << 16);
                    }
                    if (z != 0) {
                        setFloat(at(z + tile * yStride, lanes, row, lane), sum);
                    }
                    setFloat(at(y + tile * yStride, lanes, row, lane), sum > 0 ? sum : slope * sum);
                }
            }
        }
    }

    @Override
    public long scratchFloats(long connections) {
        return 0;
    }

    @Override
    public void backward(long columnStarts, long targets, long weights, long gradient, long x, long gate,
            long inputDelta, long xStride, long delta, long deltaStride, long scratch, int tiles, int lanes,
            int fromColumn, int toColumn, float slope) {
        for (int column = fromColumn; column < toColumn; column++) {
            long start = getLong(columnStarts + 8L * column);
            long end = getLong(columnStarts + 8L * (column + 1));
            for (int tile = 0; tile < tiles; tile++) {
                for (int lane = 0; lane < lanes; lane++) {
                    float sum = 0;
                    for (long k = start; k < end; k++) {
                        int target = getInt(targets + 4 * k);
                        sum += getFloat(weights + 4 * k)
                                * getFloat(at(delta + tile * deltaStride, lanes, target, lane));
                    }
                    boolean positive = getFloat(at(gate + tile * xStride, lanes, column, lane)) > 0;
                    setFloat(at(inputDelta + tile * xStride, lanes, column, lane), positive ? sum : slope * sum);
                }
            }
            for (long k = start; k < end; k++) {
                int target = getInt(targets + 4 * k);
                setFloat(gradient + 4 * k, dot(x, xStride, column, delta, deltaStride, target, tiles, lanes));
            }
        }
    }

    @Override
    public void backwardBlocked(long starts, long places, long weights, long gradient, long x, long gate,
            long inputDelta, long xStride, long delta, long deltaStride, boolean firstBlock, boolean lastBlock,
            long scratch, int tiles, int lanes, int fromColumn, int toColumn, float slope) {
        for (int column = fromColumn; column < toColumn; column++) {
            int start = getInt(starts + 4L * column);
            int end = getInt(starts + 4L * column + 4);
            for (int tile = 0; tile < tiles; tile++) {
                for (int lane = 0; lane < lanes; lane++) {
                    long result = at(inputDelta + tile * xStride, lanes, column, lane);
                    float sum = firstBlock ? 0 : getFloat(result);
                    for (int k = start; k < end; k++) {
                        sum += getFloat(weights + 4L * k)
                                * getFloat(at(delta + tile * deltaStride, lanes, place(places, k), lane));
                    }
                    boolean whole = !lastBlock || getFloat(at(gate + tile * xStride, lanes, column, lane)) > 0;
                    setFloat(result, whole ? sum : slope * sum);
                }
            }
            for (int k = start; k < end; k++) {
                setFloat(gradient + 4L * k,
                        dot(x, xStride, column, delta, deltaStride, place(places, k), tiles, lanes));
            }
        }
    }

    @Override
    public void gradient(long rowStarts, long sources, long gradient, long x, long xStride, long delta,
            long deltaStride, long scratch, int tiles, int lanes, int fromRow, int toRow) {
        for (int row = fromRow; row < toRow; row++) {
            for (long k = getLong(rowStarts + 8L * row); k < getLong(rowStarts + 8L * (row + 1)); k++) {
                int source = getInt(sources + 4 * k);
                setFloat(gradient + 4 * k, dot(x, xStride, source, delta, deltaStride, row, tiles, lanes));
            }
        }
    }

    @Override
    public void transpose(long destination, long values, long neighbours, long next, long from, long to) {
        for (long k = from; k < to; k++) {
            long cursor = next + 4L * getInt(neighbours + 4 * k);
            int at = getInt(cursor);
            setInt(cursor, at + 1);
            setFloat(destination + 4L * at, getFloat(values + 4 * k));
        }
    }

    @Override
    public void transposeCut(long destination, long values, long neighbours, long next, long starts, long from,
            long to, int near) {
        for (int i = 0; i < near; i++) {
            transpose(destination, values, neighbours, next,
                    from == 0 ? getLong(starts + 8L * i) : getInt(from + 4L * i),
                    to == 0 ? getLong(starts + 8L * (i + 1)) : getInt(to + 4L * i));
        }
    }

    @Override
    public void transposeBlocked(long values, long places, long next, long from, long to) {
        for (long k = from; k < to; k++) {
            long cursor = next + 8L * place(places, k);
            long at = getLong(cursor);
            setLong(cursor, at + 4);
            setFloat(at, getFloat(values + 4 * k));
        }
    }

    @Override
    public void expand(long values, long places, long full, int inputs) {
        long next = values;
        for (int i = 0; i < inputs; i++) {
            boolean exists = exists(places, i);
            setFloat(full + 4L * i, exists ? getFloat(next) : 0);
            next += exists ? 4 : 0;
        }
    }

    @Override
    public void pick(long full, long places, long values, int inputs) {
        long next = values;
        for (int i = 0; i < inputs; i++) {
            if (exists(places, i)) {
                setFloat(next, getFloat(full + 4L * i));
                next += 4;
            }
        }
    }

    @Override
    public void keepExisting(long full, long places, int inputs) {
        for (int i = 0; i < inputs; i++) {
            if (!exists(places, i)) {
                setFloat(full + 4L * i, 0);
            }
        }
    }

    private static boolean exists(long places, int input) {
        return (getLong(places + 8L * (input / Long.SIZE)) >>> input & 1) != 0;
    }

    @Override
    public void clear(long values, long from, long to) {
        for (long k = 4 * from; k < 4 * to; k += 4) {
            setFloat(values + k, 0);
        }
    }

    @Override
    public void add(long sum, long values, long from, long to) {
        for (long k = 4 * from; k < 4 * to; k += 4) {
            setFloat(sum + k, getFloat(sum + k) + getFloat(values + k));
        }
    }

    @Override
    public boolean momentum(long weights, long velocity, long gradient, long from, long to, float rate, float momentum,
            float l2, float decay, boolean nesterov) {
        boolean finite = true;
        for (long k = from; k < to; k++) {
            float w = getFloat(weights + 4 * k);
            float step = -rate * (getFloat(gradient + 4 * k) + l2 * w);
            float v = momentum * getFloat(velocity + 4 * k) + step;
            setFloat(velocity + 4 * k, v);
            float moved = (1 - decay) * w + (nesterov ? momentum * v + step : v);
            setFloat(weights + 4 * k, moved);
            finite &= Float.isFinite(moved);
        }
        return finite;
    }

    @Override
    public boolean adam(long weights, long moment, long secondMoment, long gradient, long from, long to, float rate,
            float share, float secondShare, float rootScale, float epsilon, float l2, float decay) {
        boolean finite = true;
        for (long k = from; k < to; k++) {
            float w = getFloat(weights + 4 * k);
            float d = getFloat(gradient + 4 * k) + l2 * w;
            float m = getFloat(moment + 4 * k);
            m += share * (d - m);
            setFloat(moment + 4 * k, m);
            float v = getFloat(secondMoment + 4 * k);
            v += secondShare * (d * d - v);
            setFloat(secondMoment + 4 * k, v);
            float moved = (1 - decay) * w - rate * m / (rootScale * (float) Math.sqrt(v) + epsilon);
            setFloat(weights + 4 * k, moved);
            finite &= Float.isFinite(moved) && Float.isFinite(v);
        }
        return finite;
    }

    @Override
    public boolean clamp(long values, long from, long to, float limit) {
        boolean finite = true;
        for (long k = from; k < to; k++) {
            float value = getFloat(values + 4 * k);
            finite &= Float.isFinite(value);
            setFloat(values + 4 * k, Math.min(Math.max(value, -limit), limit));
        }
        return finite;
    }

    @Override
    public void scale(long values, long from, long to, float factor) {
        for (long k = from; k < to; k++) {
            setFloat(values + 4 * k, factor * getFloat(values + 4 * k));
        }
    }

    @Override
    public void biasActivation(long y, long z, long bias, int lanes, int fromRow, int toRow, float slope) {
        for (int row = fromRow; row < toRow; row++) {
            for (int lane = 0; lane < lanes; lane++) {
                long offset = 4L * ((long) row * lanes + lane);
                float sum = getFloat(y + offset) + getFloat(bias + 4L * row);
                if (z != 0) {
                    setFloat(z + offset, sum);
                }
                setFloat(y + offset, sum > 0 ? sum : slope * sum);
            }
        }
    }

    @Override
    public void gate(long delta, long gate, int lanes, int fromRow, int toRow, float slope) {
        for (long i = (long) fromRow * lanes; i < (long) toRow * lanes; i++) {
            if (!(getFloat(gate + 4 * i) > 0)) {
                setFloat(delta + 4 * i, slope * getFloat(delta + 4 * i));
            }
        }
    }

    @Override
    public void rowSums(long matrix, int lanes, long sums, int fromRow, int toRow) {
        for (int row = fromRow; row < toRow; row++) {
            float sum = 0;
            for (int lane = 0; lane < lanes; lane++) {
                sum += getFloat(matrix + 4L * ((long) row * lanes + lane));
            }
            setFloat(sums + 4L * row, sum);
        }
    }

    @Override
    public void gatherTransposed(long samples, int dimensions, long order, int count, long rows, int lanes,
            int fromFeature, int toFeature) {
        for (int feature = fromFeature; feature < toFeature; feature++) {
            for (int lane = 0; lane < lanes; lane++) {
                long row = rows + 4L * ((long) feature * lanes + lane);
                setFloat(row, lane < count
                        ? getFloat(samples + 4 * ((long) getInt(order + 4L * lane) * dimensions + feature))
                        : 0);
            }
        }
    }

    @Override
    public void dropout(long matrix, int lanes, int firstSample, int fromRow, int toRow, long key, int threshold,
            float scale) {
        ScalarDropout.dropout(matrix, lanes, firstSample, fromRow, toRow, key, threshold, scale);
    }

    @Override
    public void tanh(long matrix, int lanes, int fromRow, int toRow) {
        ScalarSmooth.tanh(matrix, lanes, fromRow, toRow);
    }

    @Override
    public void sigmoid(long matrix, int lanes, int fromRow, int toRow) {
        ScalarSmooth.sigmoid(matrix, lanes, fromRow, toRow);
    }

    @Override
    public void tanhDerivative(long delta, long y, int lanes, int fromRow, int toRow, float yFactor) {
        ScalarSmooth.tanhDerivative(delta, y, lanes, fromRow, toRow, yFactor);
    }

    @Override
    public void sigmoidDerivative(long delta, long y, int lanes, int fromRow, int toRow, float yFactor) {
        ScalarSmooth.sigmoidDerivative(delta, y, lanes, fromRow, toRow, yFactor);
    }

    @Override
    public void srelu(long z, long y, long parameters, int lanes, int fromRow, int toRow) {
        ScalarSRelu.srelu(z, y, parameters, lanes, fromRow, toRow);
    }

    @Override
    public void sreluBackward(long delta, long z, long stride, int tiles, int lanes, long parameters, long gradient,
            int fromRow, int toRow) {
        ScalarSRelu.backward(delta, z, stride, tiles, lanes, parameters, gradient, fromRow, toRow);
    }

    @Override
    public void argmax(long outputs, int classes, int lanes, long best) {
        ScalarLoss.argmax(outputs, classes, lanes, best);
    }

    @Override
    public void crossEntropy(long outputs, int classes, int lanes, long labels, long best, int count, long delta,
            float deltaScale, long rests, long gaps) {
        ScalarLoss.crossEntropy(outputs, classes, lanes, labels, best, count, delta, deltaScale, rests, gaps);
    }

    @Override
    public void squaredError(long outputs, int classes, int lanes, long labels, int count, long delta,
            float deltaScale, long sums) {
        ScalarLoss.squaredError(outputs, classes, lanes, labels, count, delta, deltaScale, sums);
    }

    private static long at(long tile, int lanes, int neuron, int lane) {
        return tile + 4L * ((long) neuron * lanes + lane);
    }

    private static float dot(long x, long xStride, int neuron, long delta, long deltaStride, int other, int tiles,
            int lanes) {
        float total = 0;
        for (int tile = 0; tile < tiles; tile++) {
            float sum = 0;
            for (int lane = 0; lane < lanes; lane++) {
                sum += getFloat(at(x + tile * xStride, lanes, neuron, lane))
                        * getFloat(at(delta + tile * deltaStride, lanes, other, lane));
            }
            total += sum;
        }
        return total;
    }
}
