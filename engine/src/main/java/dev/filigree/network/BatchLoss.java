package dev.filigree.network;

import dev.filigree.kernel.SparseKernels;
import dev.filigree.kernel.TiledMatrix;
import dev.filigree.memory.ArrayGroup;
import dev.filigree.memory.FloatArray;
import dev.filigree.memory.IntArray;
import dev.filigree.parallel.WorkerPool;
import org.jspecify.annotations.Nullable;

/**
 * Computes the losses of a batch and their derivatives on a worker pool, tile by tile. The losses are added up in
 * the order of the samples afterwards, so the sum does not depend on the number of workers.
 */
final class BatchLoss implements AutoCloseable {
    private final Loss loss;
    private final SparseKernels kernels;
    private final WorkerPool pool;
    private final TiledMatrix outputs;
    private final ArrayGroup arrays = new ArrayGroup();
    private final IntArray labels;
    private final IntArray best;
    private final FloatArray sums;
    private final FloatArray gaps;
    private final FloatArray rowSums;
    private final double[] losses;
    private final WorkerPool.Task task = this::share;
    private int samples;
    private @Nullable TiledMatrix delta;

    /**
     * Prepares for batches of one matrix.
     *
     * @param outputs of the last layer; stays the caller's
     */
    BatchLoss(Loss loss, SparseKernels kernels, WorkerPool pool, TiledMatrix outputs) {
        this.loss = loss;
        this.kernels = kernels;
        this.pool = pool;
        this.outputs = outputs;
        int lanes = outputs.tiles() * outputs.tileLanes();
        labels = arrays.ints(lanes, "labels of the batch");
        best = arrays.ints(lanes, "best classes of the batch");
        sums = arrays.floats(lanes, "loss sums of the batch");
        gaps = arrays.floats(lanes, "loss gaps of the batch");
        rowSums = arrays.floats((long) outputs.tiles() * outputs.neurons(), "sums of the outputs");
        losses = new double[lanes];
    }

    /**
     * Whether one of the outputs may not be finite, of the last batch whose derivative was asked for: an output of minus
     * infinity does not show in a loss.
     */
    boolean outputsMayOverflow() {
        for (long k = 0; k < rowSums.length(); k++) {
            if (!Float.isFinite(rowSums.get(k))) {
                return true;
            }
        }
        return false;
    }

    /**
     * Adds the batch to a score and, if asked, writes the derivative of the batch's mean loss by its outputs.
     *
     * @param classes label of each sample
     * @param count number of samples in use
     * @param derivative result, zero in the padding lanes; null if not wanted
     * @return sum of the batch's losses
     */
    double evaluate(int[] classes, int count, @Nullable TiledMatrix derivative, Loss.Score score) {
        for (int s = 0; s < count; s++) {
            if (classes[s] < 0 || classes[s] >= outputs.neurons()) {
                throw new IllegalArgumentException("sample %d has label %d, but there are %d outputs".formatted(s,
                        classes[s], outputs.neurons()));
            }
            labels.set(s, classes[s]);
        }
        samples = count;
        delta = derivative;
        pool.run(task);
        double sum = 0;
        int hits = 0;
        for (int s = 0; s < count; s++) {
            sum += losses[s];
            hits += best.get(s) == labels.get(s) ? 1 : 0;
        }
        score.add(sum, hits, count);
        return sum;
    }

    private void share(int worker) {
        for (int tile = worker; tile < outputs.tiles(); tile += pool.threads()) {
            if (delta != null) {
                kernels.batches().rowSums(outputs, tile, rowSums, 0, outputs.neurons());
            }
            kernels.batches().argmax(outputs, tile, best);
            int from = tile * outputs.tileLanes();
            int to = Math.min(from + outputs.tileLanes(), samples);
            int classes = outputs.neurons();
            switch (loss) {
                case SOFTMAX_CROSS_ENTROPY -> {
                    kernels.batches().crossEntropy(outputs, tile, labels, best, samples, delta, 1f / samples, sums,
                            gaps);
                    for (int s = from; s < to; s++) {
                        losses[s] = StrictMath.log1p(sums.get(s)) + gaps.get(s);
                    }
                }
                case MEAN_SQUARED_ERROR -> {
                    kernels.batches().squaredError(outputs, tile, labels, samples, delta,
                            2f / ((float) classes * samples), sums);
                    for (int s = from; s < to; s++) {
                        losses[s] = (double) sums.get(s) / classes;
                    }
                }
            }
        }
    }

    @Override
    public void close() {
        arrays.close();
    }
}
