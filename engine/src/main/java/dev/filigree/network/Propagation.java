package dev.filigree.network;

import dev.filigree.kernel.SparseKernels;
import dev.filigree.kernel.TiledMatrix;
import dev.filigree.memory.FloatArray;
import dev.filigree.memory.IntArray;
import dev.filigree.parallel.ExclusiveUse;
import dev.filigree.parallel.TileSplit;
import dev.filigree.parallel.WorkerPool;
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
    private final NormClipping normClipping;
    private final WorkerPool.Task loadTask = this::loadShare;
    private @Nullable FloatArray loaded;
    private @Nullable IntArray loadedOrder;
    private int loadedFirst;
    private int loadedCount;

    /** Null once they are closed. */
    private @Nullable Passes passes;

    private int nonFiniteParameters = -1;

    /** What depends on the width of the tiles. */
    private record Passes(BatchMatrices matrices, ForwardPass forward, BackwardPass backward, BatchLoss batchLoss)
            implements
                AutoCloseable {
        static Passes of(Mlp mlp, WorkerPool pool, Loss loss, int batch) {
            BatchMatrices matrices = new BatchMatrices(mlp, batch, pool.threads());
            try {
                ForwardPass forward = new ForwardPass(mlp, pool, matrices);
                return new Passes(matrices, forward, new BackwardPass(mlp, pool, matrices, forward),
                        new BatchLoss(loss, mlp.kernels(), pool, matrices.output()));
            } catch (RuntimeException | Error e) {
                matrices.close();
                throw e;
            }
        }

        @Override
        public void close() {
            batchLoss.close();
            matrices.close();
        }
    }

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
            this.passes = Passes.of(mlp, pool, loss, batch);
        } finally {
            mlp.use().end();
        }
    }

    /**
     * To be called after layers were rewired to other numbers of connections: where their products want tiles of
     * another width now, all activations and deltas are allocated anew. The last batch is forgotten then. If there is not
     * enough memory, the propagation is closed.
     */
    public void adapt() {
        begin();
        try {
            if (mlp.tileLanes(batch) != input().tileLanes()) {
                closePasses();
                passes = Passes.of(mlp, pool, loss, batch);
            }
        } finally {
            end();
        }
    }

    /** The gradient of the batch of the last {@link #learn} by the weights of all places of a sparse layer. */
    public DenseGradient gradient(int index) {
        BatchMatrices matrices = matrices();
        if (!(mlp.layer(index) instanceof SparseLayer layer)) {
            throw new IllegalArgumentException("layer %d is dense: it has no free places".formatted(index));
        }
        return layer.gradient(matrices.x(index), matrices.delta(index), matrices.split().tiles());
    }

    /**
     * The features of the batch: fill it before {@link #forward}, with zeros in the lanes past the batch, or {@link #load}
     * it.
     */
    public TiledMatrix input() {
        return matrices().input();
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
        return matrices().output();
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
            split();
            mlp.begin(passes().forward());
            passes().forward().run(withDropout, key);
        } finally {
            end();
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
            passes().batchLoss().evaluate(labels, samples, null, score);
        } finally {
            end();
        }
    }

    /**
     * Adds the batch to the score and moves all parameters along the gradients of its mean loss, with the dropout of
     * the last forward pass. That has to be the network's last one, and no layer rewired since: layers may keep something
     * of its batch. A loss or an output that is not finite moves nothing. Moments of another optimizer are forgotten.
     *
     * @param labels class of each sample
     * @param samples number of samples, at most the batch that was prepared for
     * @return the batch's loss sum; not finite also where it is, but an output is not
     * @throws IllegalStateException if no batch was run forward, or another propagation has run one since
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
        if (!mlp.hasRun(passes().forward())) {
            throw new IllegalStateException("there is no batch to learn: run it forward first, and nothing else in "
                    + "between through the same network");
        }
        split();
        nonFiniteParameters = -1;
        BatchLoss batchLoss = passes().batchLoss();
        double lossSum = batchLoss.evaluate(labels, samples, matrices().delta(mlp.depth() - 1), score);
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
        passes().backward().run(clipped == null ? with : GradientKeeping.STEP);
        int nonFiniteGradient = clipped == null ? -1 : normClipping.move(clipped);
        int nonFiniteLayer = mlp.takeNonFiniteLayer();
        nonFiniteParameters = nonFiniteGradient >= 0 ? nonFiniteGradient : nonFiniteLayer;
        if (adam) {
            mlp.countAdamStep();
        }
        return lossSum;
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
            TiledMatrix y = matrices().y(l);
            for (long i = 0; i < (long) y.tiles() * y.neurons() * y.tileLanes(); i++) {
                if (!Float.isFinite(y.values().get(i))) {
                    return l;
                }
            }
        }
        return -1;
    }

    private void loadShare(int worker) {
        if (loaded != null && loadedOrder != null) {
            TileSplit split = matrices().split();
            mlp.kernels().batches().gatherTransposed(loaded, loadedOrder, loadedFirst, loadedCount, input(),
                    split.fromTile(worker), split.toTile(worker), split.from(worker, mlp.inputs()),
                    split.to(worker, mlp.inputs()));
        }
    }

    /** Another propagation of the same network may have split its layers among another number of workers. */
    private void split() {
        TileSplit split = matrices().split();
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
        mlp.sweepMemory().require(split, longest, capacity);
    }

    private void checkSamples(int[] labels, int samples) {
        if (samples < 1 || samples > batch) {
            throw new IllegalArgumentException("%d samples in a batch of %d".formatted(samples, batch));
        }
        if (labels.length < samples) {
            throw new IllegalArgumentException("%d labels for %d samples".formatted(labels.length, samples));
        }
    }

    private BatchMatrices matrices() {
        return passes().matrices();
    }

    private Passes passes() {
        if (passes == null) {
            throw new IllegalStateException("the propagation is closed");
        }
        return passes;
    }

    private void closePasses() {
        if (passes != null) {
            passes.close();
            passes = null;
        }
    }

    /**
     * Frees the activations and deltas. Closing twice does nothing.
     *
     * @throws IllegalStateException if another thread is in a method
     */
    @Override
    public void close() {
        use.close(this::closePasses);
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
}
