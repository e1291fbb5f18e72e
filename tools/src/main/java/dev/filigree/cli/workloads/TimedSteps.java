package dev.filigree.cli.workloads;

import dev.filigree.memory.IntArray;
import dev.filigree.network.Loss;
import dev.filigree.network.Mlp;
import dev.filigree.network.Propagation;
import dev.filigree.network.UpdateStep;
import dev.filigree.parallel.WorkerPool;
import dev.filigree.random.RandomStreams;
import dev.filigree.random.RandomStreams.Purpose;
import dev.filigree.training.Samples;
import java.util.Arrays;

/** Single training steps, each timed, for networks too large for whole epochs. */
final class TimedSteps implements AutoCloseable {
    private final Samples samples;
    private final int batch;
    private final int batches;
    private final Propagation propagation;
    private final IntArray order;
    private double[] seconds = {};
    private double[] losses = {};
    private double feedAfterFirst;
    private int used;

    /**
     * Prepares.
     *
     * @param mlp is trained in place
     * @param samples taken in their order, again from the start where they are too few
     * @param batch samples per step; all there are if they are fewer
     */
    TimedSteps(Mlp mlp, Samples samples, WorkerPool pool, int batch) {
        this.samples = samples;
        this.batch = Math.min(batch, samples.count());
        this.batches = samples.count() / this.batch;
        this.propagation = new Propagation(mlp, pool, Loss.SOFTMAX_CROSS_ENTROPY, this.batch);
        this.order = IntArray.allocate(samples.count(), "order of the samples");
        for (int s = 0; s < samples.count(); s++) {
            order.set(s, s);
        }
    }

    /**
     * Trains, with momentum.
     *
     * @throws ArithmeticException if the loss stops being finite
     */
    void train(int steps, double learningRate) {
        seconds = new double[steps];
        losses = new double[steps];
        used = Math.min(steps, batches) * batch;
        UpdateStep update = new UpdateStep.Sgd((float) learningRate, (float) WorkloadRun.MOMENTUM, false, 0, 0);
        int[] labels = new int[batch];
        for (int step = 0; step < steps; step++) {
            long start = System.nanoTime();
            load(step % batches * batch, labels);
            long fed = System.nanoTime();
            propagation.forwardForTraining(RandomStreams.key(WorkloadRun.SEED, Purpose.DROPOUT, 1, step));
            losses[step] = propagation.learn(labels, batch, new Loss.Score(), update) / batch;
            seconds[step] = (System.nanoTime() - start) * 1e-9;
            if (!Double.isFinite(losses[step])) {
                throw new ArithmeticException("the loss of step %d is not finite, the learning rate %s is too high"
                        .formatted(step + 1, learningRate));
            }
            feedAfterFirst += step == 0 ? 0 : (fed - start) * 1e-9;
        }
    }

    private void load(int first, int[] labels) {
        for (int s = 0; s < batch; s++) {
            labels[s] = samples.labels().get((long) first + s);
        }
        propagation.load(samples.features(), order, first, batch);
    }

    /** Of each step. */
    double[] seconds() {
        return seconds;
    }

    /** Of each step but the first. */
    double[] secondsAfterFirst() {
        return Arrays.copyOfRange(seconds, 1, seconds.length);
    }

    /** Mean loss of each step's batch, before its update. */
    double[] losses() {
        return losses;
    }

    /** Share of feeding in the time of all steps but the first. */
    double feedShare() {
        return feedAfterFirst / Arrays.stream(secondsAfterFirst()).sum();
    }

    /** Number of samples that were trained on. */
    int samples() {
        return used;
    }

    @Override
    public void close() {
        propagation.close();
        order.close();
    }
}
