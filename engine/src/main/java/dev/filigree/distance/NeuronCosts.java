package dev.filigree.distance;

import static dev.filigree.memory.OffHeapMemory.getInt;
import static dev.filigree.memory.OffHeapMemory.getLong;

import dev.filigree.assignment.Matching;
import dev.filigree.assignment.SparseCosts;
import dev.filigree.parallel.Partition;
import dev.filigree.parallel.WorkerPool;
import dev.filigree.topology.LayerTopology;
import dev.filigree.topology.OutgoingIndex;

/**
 * The distances of all pairs of output neurons of two layers, as costs. Only pairs with a common input are stored; all
 * others cost 1, those of two neurons without any input too, although their distance is 0: nothing else that such a
 * neuron could be paired with saves anything, so they can be paired with each other at will after all others.
 */
final class NeuronCosts {
    private static final double UNIT = 1.0 / SparseCosts.LARGEST_GAIN;

    private final LayerTopology a;
    private final LayerTopology b;
    private final Matching inputs;
    private final OutgoingIndex outgoingB;

    private NeuronCosts(LayerTopology a, LayerTopology b, Matching inputs, OutgoingIndex outgoingB) {
        this.a = a;
        this.b = b;
        this.inputs = inputs;
        this.outgoingB = outgoingB;
    }

    /**
     * Rows are the neurons of {@code a}, columns those of {@code b}.
     *
     * @param inputs the input neuron of {@code b} that stands for each input neuron of {@code a}
     * @return owned by the caller
     */
    static SparseCosts between(LayerTopology a, LayerTopology b, Matching inputs, WorkerPool pool) {
        try (OutgoingIndex outgoingB = OutgoingIndex.of(b, pool)) {
            NeuronCosts neurons = new NeuronCosts(a, b, inputs, outgoingB);
            SparseCosts.Builder builder = new SparseCosts.Builder(a.outputs(), b.outputs(), 1, UNIT,
                    neurons::mostPairs);
            Partition rows = Partition.balanced(a.outputs(), a::rowStart, pool.threads());
            return builder.build(() -> pool.run(worker -> neurons.fill(builder, rows.from(worker), rows.to(worker))));
        }
    }

    private long mostPairs(int i) {
        long pairs = 0;
        for (long k = a.rowStart(i); k < a.rowStart(i + 1); k++) {
            int input = inputs.column(a.source(k));
            if (input != Matching.NONE) {
                pairs += outgoingB.columnStart(input + 1) - outgoingB.columnStart(input);
            }
        }
        return Math.min(pairs, b.outputs());
    }

    private void fill(SparseCosts.Builder builder, int from, int to) {
        int[] common = new int[b.outputs()];
        int[] met = new int[b.outputs()];
        int[] fanInB = new int[b.outputs()];
        for (int j = 0; j < fanInB.length; j++) {
            fanInB[j] = b.fanIn(j);
        }
        long[] pairs = new long[16];
        for (int i = from; i < to; i++) {
            int count = countCommonInputs(i, common, met);
            if (pairs.length < count) {
                pairs = new long[Math.max(count, 2 * pairs.length)];
            }
            int fanInA = a.fanIn(i);
            for (int k = 0; k < count; k++) {
                int j = met[k];
                pairs[k] = SparseCosts.pair(gain(fanInA, fanInB[j], common[j]), j);
                common[j] = 0;
            }
            builder.row(i, pairs, count);
        }
    }

    /** What pairing two neurons saves against a distance of 1, in units: {@code |A ∩ B| / |A ∪ B|}. */
    private static int gain(int fanInA, int fanInB, int common) {
        long union = (long) fanInA + fanInB - common;
        return (int) ((common * (long) SparseCosts.LARGEST_GAIN + union / 2) / union);
    }

    /** One row of the sparse product of A and B's transpose; returns how many neurons of b were met. */
    private int countCommonInputs(int i, int[] common, int[] met) {
        int count = 0;
        long starts = outgoingB.columnStarts().address();
        long targets = outgoingB.targets().address();
        for (long k = a.rowStart(i); k < a.rowStart(i + 1); k++) {
            int input = inputs.column(a.source(k));
            if (input == Matching.NONE) {
                continue;
            }
            long end = targets + 4 * getLong(starts + 8L * (input + 1));
            for (long target = targets + 4 * getLong(starts + 8L * input); target < end; target += 4) {
                int j = getInt(target);
                if (common[j]++ == 0) {
                    met[count++] = j;
                }
            }
        }
        return count;
    }
}
