package dev.filigree.network;

import dev.filigree.kernel.SparseKernels;
import dev.filigree.kernel.TiledMatrix;
import dev.filigree.memory.ArrayGroup;
import dev.filigree.memory.FloatArray;
import dev.filigree.parallel.TileSplit;
import dev.filigree.topology.LayerTopology;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One layer of a network: its connections, parameters and their training state, all off-heap.
 *
 * <p>Every method that takes a worker number does that worker's fixed share; the results do not depend on the
 * number of workers.
 */
public abstract sealed class Layer implements AutoCloseable permits SparseLayer, DenseLayer {
    /** Shares of parameter arrays begin at a cache line, so that no two workers write to the same one. */
    private static final long SHARE_ALIGNMENT = 16;

    private static final String BIAS_SUMS = "bias gradient by tile";

    private final int inputs;
    private final int outputs;
    private final Activation activation;
    private final Dropout dropout;
    private final FloatArray bias;
    private final Moments biasMoments;
    private final FloatArray biasGradient;

    /** {@code [tile][output]}: what each tile adds to the bias gradient. */
    private FloatArray biasSums;

    private final ActivationUnit activationUnit;
    final SparseKernels kernels;
    private TileSplit split = TileSplit.of(1, 1);
    private int tileLanes;
    private List<Parameters> parameters = List.of();

    /** All arrays of the layer but its topology's. */
    final ArrayGroup arrays = new ArrayGroup();

    Layer(LayerSpec spec, int inputs, SparseKernels kernels) {
        this.inputs = inputs;
        this.outputs = spec.neurons();
        this.activation = spec.activation();
        this.dropout = spec.dropout();
        this.kernels = kernels;
        this.bias = arrays.floats(outputs, "bias");
        this.biasMoments = new Moments(arrays, outputs, "bias velocity");
        this.biasGradient = arrays.floats(outputs, "bias gradient");
        this.biasSums = arrays.floats(outputs, BIAS_SUMS);
        this.activationUnit = ActivationUnit.of(activation, outputs, arrays, kernels);
    }

    /** Number of input neurons. */
    public final int inputs() {
        return inputs;
    }

    /** Number of output neurons. */
    public final int outputs() {
        return outputs;
    }

    /** What follows the product. */
    public final Activation activation() {
        return activation;
    }

    /** What follows the activation in training. */
    public final Dropout dropout() {
        return dropout;
    }

    /** One bias per output neuron. */
    public final FloatArray bias() {
        return bias;
    }

    /** The gradient of the bias, computed by {@link Propagation#learn}. */
    public final FloatArray biasGradient() {
        return biasGradient;
    }

    /**
     * What the activation has learned, {@code [output][parameter]}; null if it learns nothing. Of
     * {@link Activation#SRELU} these are left threshold, left slope, distance of the right threshold from the left one
     * (its sign does not matter), and right slope.
     */
    public final @Nullable FloatArray activationParameters() {
        return activationUnit.parameters();
    }

    /** The activation at work. */
    final ActivationUnit activationUnit() {
        return activationUnit;
    }

    /** Number of connections. */
    public abstract long connections();

    /** A copy of the connections; the caller closes it. */
    public abstract LayerTopology copyTopology();

    /** A copy of the weights in incoming order; the caller closes it. */
    public abstract FloatArray copyWeights();

    /**
     * Replaces the weights.
     *
     * @param weights one per connection in incoming order, copied
     */
    public abstract void setWeights(FloatArray weights);

    /**
     * A copy of the weights' momentum state, SGD's velocity or Adam's first moment, in incoming order; the caller
     * closes it.
     */
    public abstract FloatArray copyVelocity();

    /** A copy of Adam's second moments of the weights in incoming order, if they are kept; the caller closes it. */
    public abstract @Nullable FloatArray copySecondMoment();

    /** Copies moments of the weights, in incoming order; the second ones are kept if these have any. */
    abstract void setMoments(LearnedValues incoming);

    /** A copy of the connections; null for a full matrix. */
    abstract @Nullable LayerTopology copyStructure();

    /** A copy of everything that training changes; the caller closes it. */
    final LayerState copyState() {
        ArrayGroup copies = new ArrayGroup();
        FloatArray weights = copies.add(this::copyWeights);
        FloatArray velocity = copies.add(this::copyVelocity);
        FloatArray second = copies.orClose(this::copySecondMoment);
        LearnedValues connections = new LearnedValues(weights, velocity,
                second == null ? null : copies.add(() -> second));
        LearnedValues biases = biasMoments.copyWith(bias, copies);
        LearnedValues learned = activationUnit.copyState(copies);
        return copies.orClose(() -> new LayerState(inputs, copyStructure(), connections, biases, learned));
    }

    /**
     * Takes over a state, copied.
     *
     * @param state of a layer of these connections
     */
    final void restore(LayerState state) {
        LearnedValues learned = state.activation();
        FloatArray parameters = activationUnit.parameters();
        if ((learned == null) != (parameters == null)) {
            throw new IllegalArgumentException("the state has %s learned activation, but the layer's is %s".formatted(
                    learned == null ? "no" : "a", activation));
        }
        setWeights(state.weights().values());
        setMoments(state.weights());
        bias.copyFrom(state.bias().values());
        biasMoments.copyFrom(state.bias());
        if (learned != null) {
            activationUnit.restore(learned);
        }
    }

    /** Whether to keep the second moments that Adam needs; when that changes, all moments start at 0. */
    void keepSecondMoments(boolean kept) {
        biasMoments.keepSecond(kept);
        activationUnit.keepSecondMoments(kept);
    }

    /** All that the layer learns; the same list until the layer is rewired, as every step may ask for it. */
    final List<Parameters> parameters() {
        FloatArray weights = ownedWeights();
        Moments weightMoments = weightMoments();
        if (parameters.isEmpty() || parameters.getFirst().values() != weights
                || parameters.getFirst().moments() != weightMoments) {
            FloatArray learned = activationUnit.parameters();
            Moments learnedMoments = activationUnit.moments();
            Parameters first = new Parameters(weights, weightMoments);
            Parameters biases = new Parameters(bias, biasMoments);
            parameters = learned == null || learnedMoments == null
                    ? List.of(first, biases)
                    : List.of(first, biases, new Parameters(learned, learnedMoments));
        }
        return parameters;
    }

    /** The weights in the order in which the layer owns them. */
    abstract FloatArray ownedWeights();

    /** Whether to keep all gradients of a {@link GradientKeeping} step. */
    final void keepGradients(boolean kept) {
        weightMoments().keepGradients(kept);
        biasMoments.keepGradients(kept);
        Moments learned = activationUnit.moments();
        if (learned != null) {
            learned.keepGradients(kept);
        }
    }

    /** Whether all parameters that moved since the last call are finite, and so were the gradients as far as clipped. */
    final boolean takeFinite() {
        boolean weights = weightMoments().takeFinite();
        boolean biases = biasMoments.takeFinite();
        Moments learned = activationUnit.moments();
        return (learned == null || learned.takeFinite()) && weights && biases;
    }

    abstract Moments weightMoments();

    /** After the weights have moved outside of the sweeps: brings a share of them to the other places that read them. */
    abstract void refresh(int worker);

    /** Off-heap bytes of the connections, their parameters, training state and working memory. */
    public long bytes() {
        return arrays.bytes();
    }

    /** Splits the work in this way from now on, for tiles of so many samples. */
    final void splitAmong(TileSplit newSplit, int newTileLanes) {
        if (!split.equals(newSplit) || tileLanes != newTileLanes) {
            if (biasSums.length() != (long) newSplit.tiles() * outputs) {
                arrays.free(biasSums);
                biasSums = arrays.floats((long) newSplit.tiles() * outputs, BIAS_SUMS);
            }
            split = newSplit;
            tileLanes = newTileLanes;
            partition();
        }
    }

    /** How the work is split. */
    final TileSplit split() {
        return split;
    }

    /** Samples per tile. */
    final int tileLanes() {
        return tileLanes;
    }

    /** Splits the connections there are now among the workers. */
    abstract void partition();

    /** How products are computed. */
    public abstract Products products();

    /** Whether products run on a dense backend, which takes the tiles of a batch side by side. */
    public final boolean hasDenseProducts() {
        return products() == Products.DENSE;
    }

    /** Whether {@link #prepareInput} has anything to do. */
    abstract boolean preparesInput();

    /** Before {@link #forward}, for a share: brings the input into the layout and format that the products read. */
    abstract void prepareInput(int worker, TiledMatrix x);

    /** Before {@link #sweep} of a layer with dense products, for a share: brings the delta into their layout. */
    abstract void prepareDelta(int worker, TiledMatrix delta);

    /** {@code y = f(W·x + bias)} for a share. */
    abstract void forward(int worker, TiledMatrix x, TiledMatrix y, @Nullable TiledMatrix z);

    /** How the backward sweep is shared; null where products are dense, which take one round. */
    abstract @Nullable SweepPlan plan();

    /** Connections of the neuron that has most, in the order of the sweep. */
    abstract int longest();

    /** Before the sweep's first round, while the delta is in the worker's cache: sums up a share of it for the bias. */
    final void sumDelta(int worker, TiledMatrix delta) {
        for (int tile = split.fromTile(worker); tile < split.toTile(worker); tile++) {
            kernels.batches().rowSums(delta, tile, biasSums, split.from(worker, outputs), split.to(worker, outputs));
        }
    }

    /**
     * For a share of a round: the delta of the layer below, {@code Wᵀ·delta} with the weights as they were, and the weight
     * gradient, along which it may already move the weights of its own share.
     *
     * @param upstream null in a first layer, which passes no delta on
     */
    abstract void sweep(int worker, int round, TiledMatrix x, @Nullable Upstream upstream, TiledMatrix delta,
            SweepMemory memory, UpdateStep step);

    /**
     * After all shares of a round's {@link #sweep} by workers with tiles of their own, and a {@link SweepMemory#turn}: moves
     * a share of its weights.
     */
    abstract void move(int worker, int round, SweepMemory memory, UpdateStep step);

    /** After all rounds of all layers: moves a share of the weights that have not moved, or brings them to other places. */
    abstract void updateWeights(int worker, TiledMatrix x, TiledMatrix delta, UpdateStep step);

    /**
     * After all sweeps: computes the bias gradient, and moves the bias, the activation's parameters and what else
     * is left, for a share.
     */
    final void update(int worker, TiledMatrix x, TiledMatrix delta, UpdateStep step) {
        int from = (int) share(outputs, worker, split.workers());
        int to = (int) share(outputs, worker + 1, split.workers());
        kernels.batches().sumRows(biasSums, biasGradient, split.tiles(), from, to);
        biasMoments.move(kernels, bias, biasGradient, 0, from, to, step);
        activationUnit.update(from, to, step);
        updateWeights(worker, x, delta, step);
    }

    static long share(long size, int worker, int workers) {
        return worker == workers ? size : size * worker / workers / SHARE_ALIGNMENT * SHARE_ALIGNMENT;
    }

    @Override
    public void close() {
        arrays.close();
    }
}
