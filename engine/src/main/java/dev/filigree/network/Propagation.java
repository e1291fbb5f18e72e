package dev.filigree.network;

import dev.filigree.kernel.SparseKernels;
import dev.filigree.kernel.TiledMatrix;
import dev.filigree.memory.FloatArray;
import dev.filigree.memory.IntArray;
import dev.filigree.parallel.ExclusiveUse;
import dev.filigree.parallel.TileSplit;
import dev.filigree.parallel.WorkerPool;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs batches through a network, forward and backward, on a worker pool; owns the activations and deltas.
 *
 * <p>A batch smaller than the prepared one is padded with zeros, so the kernels always see the same shape.
 * No off-heap memory is allocated after construction, but by {@link #adapt} and in the first step of another kind.
 * Between two methods all workers are idle. While one thread is in a method, others are refused, here and by the
 * network ({@link Mlp#use}).
 */
public final class Propagation implements AutoCloseable {
    private final Mlp mlp;
    private final WorkerPool pool;
    private final Loss loss;
    private final int batch;
    private final ExclusiveUse use = new ExclusiveUse("the propagation");
    private final List<TiledMatrix> activations = new ArrayList<>();
    private final List<@Nullable TiledMatrix> preActivations = new ArrayList<>();
    private final List<TiledMatrix> deltas = new ArrayList<>();
    private final List<@Nullable Upstream> upstreams = new ArrayList<>();
    private final WorkerPool.Task loadTask = this::loadShare;
    private final WorkerPool.Task prepareInputTask = this::prepareInputShare;
    private final WorkerPool.Task prepareDeltaTask = this::prepareDeltaShare;
    private final WorkerPool.Task forwardTask = this::forwardShare;
    private final WorkerPool.Task afterForwardTask = this::afterForwardShare;
    private final WorkerPool.Task sweepTask = this::sweepShare;
    private final WorkerPool.Task moveTask = this::moveShare;
    private final WorkerPool.Task afterBackwardTask = this::afterBackwardShare;
    private final WorkerPool.Task outputDeltaTask = this::outputDeltaShare;
    private final WorkerPool.Task updateTask = this::updateShare;

    // What the shares of the running task are to work on.
    private int current;
    private int round;
    private @Nullable FloatArray loaded;
    private @Nullable IntArray loadedOrder;
    private int loadedFirst;
    private int loadedCount;
    private boolean training;
    private long dropoutKey;
    private UpdateStep step = new UpdateStep.Sgd(0, 0, false, 0, 0);

    private TileSplit split = TileSplit.of(1, 1);
    private BatchLoss batchLoss;
    private final NormClipping normClipping;
    private int nonFiniteParameters = -1;

    /**
     * Prepares for batches of up to {@code batch} samples.
     *
     * @param mlp stays the caller's; may be rewired between batches
     * @param pool stays the caller's
     * @param loss what backward passes start from
     * @param batch largest number of samples, 1 or more
     */
    public Propagation(Mlp mlp, WorkerPool pool, Loss loss, int batch) {
        this.mlp = mlp;
        this.pool = pool;
        this.loss = loss;
        if (batch < 1) {
            throw new IllegalArgumentException("batch is %d, expected 1 or more".formatted(batch));
        }
        this.batch = batch;
        this.normClipping = new NormClipping(mlp, pool);
        mlp.use().begin();
        try {
            this.batchLoss = allocate();
        } finally {
            mlp.use().end();
        }
    }

    /** Allocates everything, in tiles of the width that suits the network's layers as they are now. */
    private BatchLoss allocate() {
        int lanes = mlp.tileLanes(batch);
        split = TileSplit.of(pool.threads(), Math.ceilDiv(batch, lanes));
        try {
            activations.add(new TiledMatrix(mlp.inputs(), batch, lanes, "input"));
            for (Layer layer : mlp.layers()) {
                activations.add(new TiledMatrix(layer.outputs(), batch, lanes, "activations"));
                preActivations.add(layer.activation().needsPreActivation()
                        ? new TiledMatrix(layer.outputs(), batch, lanes, "pre-activations")
                        : null);
                deltas.add(new TiledMatrix(layer.outputs(), batch, lanes, "deltas"));
            }
            upstreams.add(null);
            for (int l = 1; l < mlp.depth(); l++) {
                upstreams
                        .add(new Upstream(deltas.get(l - 1), gate(l - 1), mlp.layer(l - 1).activation().kernelSlope()));
            }
            return new BatchLoss(loss, mlp.kernels(), pool, output());
        } catch (RuntimeException | Error e) {
            closeMatrices();
            throw e;
        }
    }

    /**
     * To be called after layers were rewired to other numbers of connections: where their products want tiles of
     * another width now, all activations and deltas are allocated anew. The last batch is forgotten then.
     */
    public void adapt() {
        begin();
        try {
            if (mlp.tileLanes(batch) != input().tileLanes()) {
                batchLoss.close();
                closeMatrices();
                batchLoss = allocate();
            }
        } finally {
            end();
        }
    }

    /** The gradient of the batch of the last {@link #learn} by the weights of all places of a sparse layer. */
    public DenseGradient gradient(int index) {
        requireOpen();
        if (!(mlp.layer(index) instanceof SparseLayer layer)) {
            throw new IllegalArgumentException("layer %d is dense: it has no free places".formatted(index));
        }
        return layer.gradient(activations.get(index), deltas.get(index), split.tiles());
    }

    /**
     * The features of the batch: fill it before {@link #forward}, with zeros in the lanes past the batch, or {@link #load}
     * it.
     */
    public TiledMatrix input() {
        requireOpen();
        return activations.get(0);
    }

    /**
     * Gathers the features of a batch into {@link #input}.
     *
     * @param samples {@code [sample][feature]}
     * @param order sample numbers
     * @param first position in {@code order} of the batch's first sample
     * @param count samples of the batch, at most as many as were prepared for
     */
    public void load(FloatArray samples, IntArray order, int first, int count) {
        if (count < 0 || count > batch) {
            throw new IllegalArgumentException("%d samples in a batch of %d".formatted(count, batch));
        }
        checkOrder(samples, order, first, count);
        begin();
        try {
            loaded = samples;
            loadedOrder = order;
            loadedFirst = first;
            loadedCount = count;
            pool.run(loadTask);
        } finally {
            end();
        }
    }

    /** A handful of numbers, next to the many that are read by them. */
    private void checkOrder(FloatArray samples, IntArray order, int first, int count) {
        long size = samples.length() / mlp.inputs();
        for (int s = 0; s < count; s++) {
            int sample = order.get((long) first + s);
            if (sample < 0 || sample >= size) {
                throw new IllegalArgumentException("sample %d of %s, expected 0 to %d".formatted(sample, samples,
                        size - 1));
            }
        }
    }

    /** What computes the network's sparse products. */
    public SparseKernels kernels() {
        return mlp.kernels();
    }

    /** The outputs after {@link #forward}. */
    public TiledMatrix output() {
        requireOpen();
        return activations.get(activations.size() - 1);
    }

    /** Computes the outputs of the batch in {@link #input()}, without dropout. */
    public void forward() {
        forwardLayers(false, 0);
    }

    /**
     * As {@link #forward}, with dropout.
     *
     * @param key of the dropout masks; the same key drops the same activations
     */
    public void forwardForTraining(long key) {
        forwardLayers(true, key);
    }

    private void forwardLayers(boolean withDropout, long key) {
        begin();
        try {
            training = withDropout;
            dropoutKey = key;
            computeLayers();
        } finally {
            end();
        }
    }

    private void computeLayers() {
        split();
        for (current = 0; current < mlp.depth(); current++) {
            Layer layer = mlp.layer(current);
            if (layer.preparesInput()) {
                pool.run(prepareInputTask);
            }
            pool.run(forwardTask);
            if (layer.activationUnit().hasPass() || drops(layer)) {
                pool.run(afterForwardTask);
            }
        }
    }

    /**
     * Adds the batch to the score, without a backward pass.
     *
     * @param labels class of each sample
     */
    public void score(int[] labels, int samples, Loss.Score score) {
        checkSamples(labels, samples);
        begin();
        try {
            batchLoss.evaluate(labels, samples, null, score);
        } finally {
            end();
        }
    }

    /**
     * Adds the batch to the score and moves all parameters along the gradients of its mean loss, with the dropout of
     * the last forward pass. A loss or an output that is not finite moves nothing. Moments of another optimizer are
     * forgotten.
     *
     * @param labels class of each sample
     * @param samples number of samples, at most the batch that was prepared for
     * @return the batch's loss sum; not finite also where it is, but an output is not
     */
    public double learn(int[] labels, int samples, Loss.Score score, UpdateStep with) {
        checkSamples(labels, samples);
        begin();
        try {
            return learnBatch(labels, samples, score, with);
        } finally {
            end();
        }
    }

    private double learnBatch(int[] labels, int samples, Loss.Score score, UpdateStep with) {
        split();
        int last = mlp.depth() - 1;
        nonFiniteParameters = -1;
        double lossSum = batchLoss.evaluate(labels, samples, deltas.get(last), score);
        if (!Double.isFinite(lossSum)) {
            return lossSum;
        }
        if (batchLoss.outputsMayOverflow() && firstNonFiniteLayer() >= 0) {
            return Double.NaN;
        }
        boolean adam = with.needsSecondMoments();
        mlp.keepSecondMoments(adam);
        UpdateStep.ClippedByNorm clipped = with instanceof UpdateStep.ClippedByNorm byNorm ? byNorm : null;
        mlp.keepGradients(clipped != null);
        step = clipped == null ? with : GradientKeeping.STEP;
        if (!mlp.layer(last).activation().equals(Activation.LINEAR)) {
            pool.run(outputDeltaTask);
        }
        for (current = last; current >= 0; current--) {
            if (mlp.layer(current).hasDenseProducts()) {
                pool.run(prepareDeltaTask);
            }
            sweep(mlp.layer(current).plan());
            if (current > 0) {
                Layer below = mlp.layer(current - 1);
                if (below.activationUnit().hasPass() || drops(below)) {
                    pool.run(afterBackwardTask);
                }
            }
        }
        pool.run(updateTask);
        int nonFiniteGradient = clipped == null ? -1 : normClipping.move(clipped);
        int nonFiniteLayer = mlp.takeNonFiniteLayer();
        nonFiniteParameters = nonFiniteGradient >= 0 ? nonFiniteGradient : nonFiniteLayer;
        if (adam) {
            mlp.countAdamStep();
        }
        return lossSum;
    }

    private void sweep(@Nullable SweepPlan plan) {
        round = 0;
        if (plan == null || plan.sharesTiles()) {
            pool.run(sweepTask);
            return;
        }
        for (; round < plan.rounds(); round++) {
            pool.run(sweepTask);
            pool.run(moveTask);
        }
    }

    /**
     * The first layer of which the last {@link #learn} has left a parameter that is not finite, or found such a gradient;
     * -1 if there is none.
     */
    public int nonFiniteParameters() {
        return nonFiniteParameters;
    }

    /** The first layer with an activation that is not finite in the last forward pass; -1 if there is none. */
    public int firstNonFiniteLayer() {
        for (int l = 0; l < mlp.depth(); l++) {
            TiledMatrix y = activations.get(l + 1);
            for (long i = 0; i < (long) split.tiles() * y.neurons() * y.tileLanes(); i++) {
                if (!Float.isFinite(y.values().get(i))) {
                    return l;
                }
            }
        }
        return -1;
    }

    private void loadShare(int worker) {
        if (loaded != null && loadedOrder != null) {
            mlp.kernels().gatherTransposed(loaded, loadedOrder, loadedFirst, loadedCount, input(),
                    split.fromTile(worker),
                    split.toTile(worker), split.from(worker, mlp.inputs()), split.to(worker, mlp.inputs()));
        }
    }

    private void prepareInputShare(int worker) {
        mlp.layer(current).prepareInput(worker, activations.get(current));
    }

    private void prepareDeltaShare(int worker) {
        mlp.layer(current).prepareDelta(worker, deltas.get(current));
    }

    private void forwardShare(int worker) {
        Layer layer = mlp.layer(current);
        TiledMatrix x = activations.get(current);
        TiledMatrix y = activations.get(current + 1);
        TiledMatrix z = preActivations.get(current);
        if (z != null && layer.activationUnit().hasPass()) {
            layer.forward(worker, x, z, null);
        } else {
            layer.forward(worker, x, y, z);
        }
    }

    private void afterForwardShare(int worker) {
        Layer layer = mlp.layer(current);
        TiledMatrix y = activations.get(current + 1);
        TiledMatrix z = preActivations.get(current);
        int from = split.from(worker, layer.outputs());
        int to = split.to(worker, layer.outputs());
        for (int tile = split.fromTile(worker); tile < split.toTile(worker); tile++) {
            if (layer.activationUnit().hasPass()) {
                layer.activationUnit().apply(z == null ? y : z, y, tile, from, to);
            }
            if (drops(layer)) {
                layer.dropout().apply(mlp.kernels(), y, tile, from, to, Dropout.layerKey(dropoutKey, current));
            }
        }
    }

    private void sweepShare(int worker) {
        if (round == 0) {
            mlp.layer(current).sumDelta(worker, deltas.get(current));
        }
        mlp.layer(current).sweep(worker, round, activations.get(current), upstreams.get(current), deltas.get(current),
                mlp.sweepMemory(), step);
    }

    private void moveShare(int worker) {
        mlp.layer(current).move(worker, round, mlp.sweepMemory(), step);
    }

    private void afterBackwardShare(int worker) {
        Layer below = mlp.layer(current - 1);
        TiledMatrix delta = deltas.get(current - 1);
        int from = rowShare(below, worker);
        int to = rowShare(below, worker + 1);
        if (drops(below)) {
            for (int tile = 0; tile < split.tiles(); tile++) {
                below.dropout().apply(mlp.kernels(), delta, tile, from, to, Dropout.layerKey(dropoutKey, current - 1));
            }
        }
        if (below.activationUnit().hasPass()) {
            below.activationUnit().differentiate(delta, preActivations.get(current - 1), activations.get(current),
                    from, to, drops(below) ? below.dropout().scale() : 1);
        }
    }

    private void outputDeltaShare(int worker) {
        int last = mlp.depth() - 1;
        Layer layer = mlp.layer(last);
        int from = rowShare(layer, worker);
        int to = rowShare(layer, worker + 1);
        if (layer.activationUnit().hasPass()) {
            layer.activationUnit().differentiate(deltas.get(last), preActivations.get(last), output(), from, to, 1);
            return;
        }
        for (int tile = 0; tile < split.tiles(); tile++) {
            layer.kernels.gate(deltas.get(last), gate(last), tile, from, to, layer.activation().kernelSlope());
        }
    }

    private void updateShare(int worker) {
        for (int l = 0; l < mlp.depth(); l++) {
            mlp.layer(l).update(worker, activations.get(l), deltas.get(l), step);
        }
    }

    /** Another propagation of the same network may have split its layers among another number of workers. */
    private void split() {
        int longest = 0;
        long capacity = 0;
        for (int l = 0; l < mlp.depth(); l++) {
            Layer layer = mlp.layer(l);
            layer.splitAmong(split, input().tileLanes());
            SweepPlan plan = layer.plan();
            if (plan != null) {
                longest = Math.max(longest, layer.longest());
                capacity = Math.max(capacity, plan.capacity(layer.longest()));
            }
        }
        mlp.sweepMemory().require(split.workers(),
                split.groups() == 1 ? split.workers() : Math.max(split.workers(), split.tiles()), longest,
                capacity);
    }

    private void checkSamples(int[] labels, int samples) {
        if (samples < 1 || samples > batch) {
            throw new IllegalArgumentException("%d samples in a batch of %d".formatted(samples, batch));
        }
        if (labels.length < samples) {
            throw new IllegalArgumentException("%d labels for %d samples".formatted(labels.length, samples));
        }
    }

    /** Whether the last forward pass dropped activations of a layer. */
    private boolean drops(Layer layer) {
        return training && layer.dropout().isActive();
    }

    /** Whose sign tells the derivative of a layer's activation. */
    private TiledMatrix gate(int layer) {
        TiledMatrix z = preActivations.get(layer);
        return z == null ? activations.get(layer + 1) : z;
    }

    private void requireOpen() {
        if (activations.isEmpty()) {
            throw new IllegalStateException("the propagation is closed");
        }
    }

    private int rowShare(Layer layer, int worker) {
        return (int) Layer.share(layer.outputs(), worker, pool.threads());
    }

    /**
     * Frees the activations and deltas. Closing twice does nothing.
     *
     * @throws IllegalStateException if another thread is in a method
     */
    @Override
    public void close() {
        use.close(() -> {
            batchLoss.close();
            closeMatrices();
        });
    }

    private void begin() {
        use.begin();
        try {
            mlp.use().begin();
        } catch (IllegalStateException e) {
            use.end();
            throw e;
        }
    }

    private void end() {
        mlp.use().end();
        use.end();
    }

    private void closeMatrices() {
        activations.forEach(TiledMatrix::close);
        for (TiledMatrix z : preActivations) {
            if (z != null) {
                z.close();
            }
        }
        deltas.forEach(TiledMatrix::close);
        activations.clear();
        preActivations.clear();
        deltas.clear();
        upstreams.clear();
    }
}
