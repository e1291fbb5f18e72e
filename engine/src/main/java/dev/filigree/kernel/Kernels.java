package dev.filigree.kernel;

/**
 * The arithmetic of sparse layers on raw addresses, as a provider implements it. Nothing is checked here:
 * {@link SparseKernels} checks whole calls.
 *
 * <p>Matrices are {@link TiledMatrix} memory, all of one tile width: {@code x}, {@code y}, … are the
 * address of tile 0 and a tile stride is its size in bytes. Ranges are half-open. Every method touches only the
 * results of its own rows or connections, sums in a fixed order, and may run concurrently on disjoint ranges.
 */
public interface Kernels {
    /** Name for reports, such as {@code "vector-256"}. */
    String name();

    /** The samples per tile that suit a batch best. */
    int tileLanes(int batch);

    /** Whether the products can work on tiles of so many samples. */
    boolean supports(int tileLanes);

    /**
     * Working memory that {@link #backward}, {@link #backwardBlocked} and {@link #gradient} need.
     *
     * @param connections of the neuron that has most, in the order that is walked
     * @return number of floats
     */
    long scratchFloats(long connections);

    /**
     * For every output neuron of the range: {@code z = bias + Σ weight·x[source]}, {@code y = z > 0 ? z : slope·z}.
     *
     * @param rowStarts {@code long} positions of the rows' first connections
     * @param sources {@code int} input neuron of each connection, incoming order
     * @param weights {@code float} weight of each connection, incoming order
     * @param bias {@code float} per output neuron
     * @param x input activations
     * @param xStride bytes per tile of {@code x}
     * @param y output activations
     * @param z where to keep the pre-activations, as {@code y}; 0 for nowhere
     * @param yStride bytes per tile of {@code y} and {@code z}
     * @param tiles number of tiles
     * @param lanes samples per tile
     * @param slope factor of negative pre-activations: 0 is ReLU, 1 is linear
     */
    void forward(long rowStarts, long sources, long weights, long bias, long x, long xStride, long y, long z,
            long yStride, int tiles, int lanes, int fromRow, int toRow, float slope);

    /**
     * Rounds rows of one tile to bfloat16 (the upper half of a float; to nearest, ties to even) and packs two in an
     * {@code int}, in the order {@link #forwardPacked} of the same provider wants.
     *
     * @param packed {@code int} per two lanes, rounded up
     */
    void pack(long matrix, long packed, int lanes, int fromRow, int toRow);

    /** {@link #forward} on packed input activations; {@code xStride} is the size of their tiles. */
    void forwardPacked(long rowStarts, long sources, long weights, long bias, long x, long xStride, long y, long z,
            long yStride, int tiles, int lanes, int fromRow, int toRow, float slope);

    /**
     * {@link #forward} over a {@link BlockedIndex} of the output neurons, in chunks.
     *
     * @param starts {@code int} end of each cell before
     * @param places a byte per position
     * @param weights {@code float} per position
     * @param blocks number of blocks
     * @param outputs number of output neurons of the layer
     */
    void forwardBlocked(long starts, long places, long weights, int blocks, int outputs, long bias, long x,
            long xStride, long y, long z, long yStride, int tiles, int lanes, int fromRow, int toRow, float slope);

    /**
     * For every input neuron of the range, in one sweep over its outgoing connections: the input delta
     * {@code Σ weight·delta[target]}, multiplied by {@code slope} where {@code gate} is not positive, and the
     * gradient of each connection, {@code x · delta[target]} summed over the lanes of each tile, and then over the tiles
     * in their order.
     *
     * @param columnStarts {@code long} positions of the input neurons' first connections
     * @param targets {@code int} output neuron of each connection, outgoing order
     * @param weights {@code float} weight of each connection, outgoing order
     * @param gradient {@code float} per connection, outgoing order; overwritten
     * @param x input activations
     * @param gate whose sign tells the input layer's activation derivative, as {@code x}
     * @param inputDelta result, as {@code x}
     * @param xStride bytes per tile of {@code x}, {@code gate} and {@code inputDelta}
     * @param delta output deltas
     * @param deltaStride bytes per tile of {@code delta}
     * @param scratch {@link #scratchFloats} floats, no other thread's
     */
    void backward(long columnStarts, long targets, long weights, long gradient, long x, long gate, long inputDelta,
            long xStride, long delta, long deltaStride, long scratch, int tiles, int lanes, int fromColumn,
            int toColumn, float slope);

    /**
     * {@link #backward} of one block of a {@link BlockedIndex} of the input neurons, not in chunks. The first block's
     * overwrites the input delta, to which the others' add and which the last one's multiplies by {@code slope}: the blocks
     * are to be swept in their order.
     *
     * @param starts {@code int} position of each of the block's cells
     * @param places a byte per position
     * @param weights {@code float} per position
     * @param gradient {@code float} per position; overwritten
     * @param delta of the output neurons of the block
     * @param firstBlock whether this is the first one
     * @param lastBlock whether this is the last one
     * @param scratch {@link #scratchFloats} floats for {@link BlockedIndex#WIDTH} connections, no other thread's
     */
    void backwardBlocked(long starts, long places, long weights, long gradient, long x, long gate, long inputDelta,
            long xStride, long delta, long deltaStride, boolean firstBlock, boolean lastBlock, long scratch, int tiles,
            int lanes, int fromColumn, int toColumn, float slope);

    /**
     * The gradient of each incoming connection of the output neurons of the range: {@code x[source] · delta}, summed as in
     * {@link #backward} (a sampled dense-dense product, SDDMM).
     */
    void gradient(long rowStarts, long sources, long gradient, long x, long xStride, long delta, long deltaStride,
            long scratch, int tiles, int lanes, int fromRow, int toRow);

    /**
     * Brings values into the order of the other side: {@code destination[next[neighbours[k]]++] = values[k]} for the
     * range, in ascending order.
     *
     * @param destination {@code float} per connection
     * @param values {@code float} per connection
     * @param neighbours {@code int} far neuron of each connection
     * @param next {@code int} where each far neuron's next value goes; advanced
     */
    void transpose(long destination, long values, long neighbours, long next, long from, long to);

    /**
     * As {@link #transpose}, of some connections of every near neuron.
     *
     * @param starts {@code long} positions of the near neurons' first connections
     * @param from {@code int} position of each near neuron's first connection; 0 for {@code starts}
     * @param to {@code int} one past the position of its last; 0 for {@code starts}
     * @param near number of near neurons
     */
    void transposeCut(long destination, long values, long neighbours, long next, long starts, long from, long to,
            int near);

    /**
     * As {@link #transpose}, from a {@link BlockedIndex}, for the range of its positions.
     *
     * @param values {@code float} per position
     * @param places a byte per position
     * @param next {@code long} per place: the address where the next value from it goes; advanced
     */
    void transposeBlocked(long values, long places, long next, long from, long to);

    /**
     * Spreads the values of a row's connections over its full row, with zeros between them. Reads up to a vector's length
     * past the values.
     *
     * @param values {@code float} per connection of the row
     * @param places a bit per input, as {@link ExistingPlaces} has them
     * @param full {@code float} per input
     */
    void expand(long values, long places, long full, int inputs);

    /** The reverse of {@link #expand}. Reads up to a vector's length past the full row. */
    void pick(long full, long places, long values, int inputs);

    /**
     * Sets the values of a full row to 0 where there is no connection.
     *
     * @param full {@code float} per input
     * @param places a bit per input, as {@link ExistingPlaces} has them
     */
    void keepExisting(long full, long places, int inputs);

    /** {@code values = 0} for the range. */
    void clear(long values, long from, long to);

    /** {@code sum += values} for the range. */
    void add(long sum, long values, long from, long to);

    /**
     * One step of stochastic gradient descent with momentum for the range:
     * {@code d = gradient + l2·w}, {@code v = momentum·v - rate·d},
     * {@code w = (1 - decay)·w + (nesterov ? momentum·v - rate·d : v)}.
     *
     * @return whether all weights of the range are finite now
     */
    boolean momentum(long weights, long velocity, long gradient, long from, long to, float rate, float momentum,
            float l2, float decay, boolean nesterov);

    /**
     * One step of Adam for the range: {@code d = gradient + l2·w}, {@code m += share·(d - m)} for the first and
     * {@code v += secondShare·(d² - v)} for the second moment,
     * {@code w = (1 - decay)·w - rate·m / (rootScale·√v + epsilon)}.
     *
     * @return whether all weights and second moments of the range are finite now
     */
    boolean adam(long weights, long moment, long secondMoment, long gradient, long from, long to, float rate,
            float share,
            float secondShare, float rootScale, float epsilon, float l2, float decay);

    /**
     * Limits values of the range to those from {@code -limit} to {@code limit}, in place.
     *
     * @return whether all were finite before
     */
    boolean clamp(long values, long from, long to, float limit);

    /** {@code values *= factor} for the range. */
    void scale(long values, long from, long to, float factor);

    /**
     * Adds the bias to rows of pre-activations and applies the slope to negative values, in place.
     *
     * @param z where to keep the pre-activations; 0 for nowhere
     * @param lanes floats per row, a multiple of the vector length
     */
    void biasActivation(long y, long z, long bias, int lanes, int fromRow, int toRow, float slope);

    /** Multiplies deltas by {@code slope} where {@code gate} is not positive, in place. */
    void gate(long delta, long gate, int lanes, int fromRow, int toRow, float slope);

    /** {@code sums[row]} = sum of all lanes of a tile's row; overwritten. */
    void rowSums(long matrix, int lanes, long sums, int fromRow, int toRow);

    /**
     * Gathers samples into one tile, neuron-major: {@code rows[f][lane] = samples[order[lane]][f]} for a range of
     * features, and 0 in the lanes from {@code count} on.
     *
     * @param samples {@code float} per sample and feature
     * @param dimensions floats per sample
     * @param order {@code int} sample number of each lane
     * @param count lanes to fill, at most {@code lanes}
     * @param rows the tile
     * @param lanes floats per row, a multiple of the vector length
     */
    void gatherTransposed(long samples, int dimensions, long order, int count, long rows, int lanes, int fromFeature,
            int toFeature);

    /**
     * Drops and scales activations or deltas of one tile, in place: 0 where {@link MaskHash} of the key, the row and
     * the sample is below the threshold, and {@code scale} times itself elsewhere.
     *
     * @param lanes floats per row, a multiple of the vector length
     * @param firstSample number of lane 0's sample
     */
    void dropout(long matrix, int lanes, int firstSample, int fromRow, int toRow, long key, int threshold, float scale);

    /** {@link FloatMath#tanh} of rows of one tile, in place. */
    void tanh(long matrix, int lanes, int fromRow, int toRow);

    /** {@link FloatMath#sigmoid} of rows of one tile, in place. */
    void sigmoid(long matrix, int lanes, int fromRow, int toRow);

    /** Multiplies deltas by {@code 1 - f²}, where {@code f = y · yFactor}, in place. */
    void tanhDerivative(long delta, long y, int lanes, int fromRow, int toRow, float yFactor);

    /** Multiplies deltas by {@code f · (1 - f)}, where {@code f = y · yFactor}, in place. */
    void sigmoidDerivative(long delta, long y, int lanes, int fromRow, int toRow, float yFactor);

    /**
     * {@link SRelu} of rows of one tile.
     *
     * @param z pre-activations
     * @param y result; may be {@code z}
     * @param parameters {@code float}, {@link SRelu#PARAMETERS} per row
     */
    void srelu(long z, long y, long parameters, int lanes, int fromRow, int toRow);

    /**
     * Multiplies deltas of all tiles by the derivative of {@link SRelu}, in place, and sums what each parameter's
     * derivative adds to the gradient over all lanes.
     *
     * @param z pre-activations, as {@code delta}
     * @param stride bytes per tile
     * @param gradient {@code float} per parameter; overwritten
     */
    void sreluBackward(long delta, long z, long stride, int tiles, int lanes, long parameters, long gradient,
            int fromRow, int toRow);

    /**
     * The row that is largest in each lane of one tile, the first if there are several.
     *
     * @param best {@code int} per lane; overwritten
     */
    void argmax(long outputs, int classes, int lanes, long best);

    /**
     * Softmax cross-entropy of one tile in parts: a lane's loss is {@code log(1 + rest) + gap}. Exact also where the
     * best class has all but none of the probability.
     *
     * @param labels {@code int} per lane, 0 to {@code classes - 1}
     * @param best of {@link #argmax}
     * @param count lanes in use
     * @param delta result, {@code deltaScale} times the loss's derivative by the outputs, 0 in the lanes from
     *     {@code count} on; 0 for nowhere
     * @param rests {@code float} per lane: exponentials of all outputs but the best, less the best; overwritten
     * @param gaps {@code float} per lane: the best output less the label's; overwritten
     */
    void crossEntropy(long outputs, int classes, int lanes, long labels, long best, int count, long delta,
            float deltaScale, long rests, long gaps);

    /**
     * Squared difference to the one-hot labels of one tile, summed over the classes.
     *
     * @param labels {@code int} per lane, 0 to {@code classes - 1}
     * @param count lanes in use
     * @param delta result, {@code deltaScale} times the difference, 0 in the lanes from {@code count} on; 0 for
     *     nowhere
     * @param sums {@code float} per lane; overwritten
     */
    void squaredError(long outputs, int classes, int lanes, long labels, int count, long delta, float deltaScale,
            long sums);
}
