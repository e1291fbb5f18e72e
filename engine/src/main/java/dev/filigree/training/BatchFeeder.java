package dev.filigree.training;

import dev.filigree.memory.IntArray;
import dev.filigree.network.Propagation;
import java.util.SplittableRandom;

/** Gathers the samples of a batch, in the order of the epoch, and turns them neuron-major. */
final class BatchFeeder implements AutoCloseable {
    private final Samples samples;
    private final Propagation propagation;
    private final IntArray order;
    private final int[] labels;

    /**
     * Prepares batches for a propagation.
     *
     * @param batch largest number of samples, what the propagation was made for
     */
    BatchFeeder(Samples samples, Propagation propagation, int batch) {
        this.samples = samples;
        this.propagation = propagation;
        this.order = IntArray.allocate(samples.count(), "order of the samples");
        this.labels = new int[batch];
        sort();
    }

    private void sort() {
        for (int i = 0; i < samples.count(); i++) {
            order.set(i, i);
        }
    }

    /** A new order of the samples (Fisher–Yates); starts from the sorted one, so it depends on the draws alone. */
    void shuffle(SplittableRandom random) {
        sort();
        for (int i = samples.count() - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int kept = order.get(i);
            order.set(i, order.get(j));
            order.set(j, kept);
        }
    }

    /** Loads up to {@code batch} samples from position {@code from} of the order; returns how many. */
    int load(int from) {
        int count = Math.min(labels.length, samples.count() - from);
        for (int s = 0; s < count; s++) {
            labels[s] = samples.labels().get(order.get((long) from + s));
        }
        propagation.load(samples.features(), order, from, count);
        return count;
    }

    /** Labels of the samples loaded. */
    int[] labels() {
        return labels;
    }

    @Override
    public void close() {
        order.close();
    }
}
