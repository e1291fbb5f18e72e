package dev.filigree.distance;

import dev.filigree.assignment.Matching;
import dev.filigree.assignment.SparseCosts;
import dev.filigree.assignment.SparseCostsBuilder;
import dev.filigree.parallel.Partition;
import dev.filigree.parallel.WorkerPool;
import dev.filigree.topology.LayerTopology;
import dev.filigree.topology.OutgoingIndex;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The distances of all pairs of output neurons of two layers, as costs. Only pairs with a common input are stored; all
 * others cost 1, those of two neurons without any input too, although their distance is 0: nothing else that such a
 * neuron could be paired with saves anything, so they can be paired with each other at will after all others.
 */
public final class NeuronCosts {
    private static final double UNIT = 1.0 / SparseCosts.LARGEST_GAIN;

    /** An addition of the sparse product takes as long as intersecting so many words. */
    private static final int WORDS_PER_ADDITION = 2;

    /** A sum for each neuron of a wider layer would not stay in the second-level cache. */
    private static final int WIDE = 1 << 15;

    /** Pairs with so many common inputs or more are grouped together, for there are few. */
    private static final int GROUPS = 4;

    private final LayerTopology a;
    private final LayerTopology b;
    private final Matching inputs;
    private final OutgoingIndex outgoingB;
    private final long @Nullable [] bitSets;
    private final long[] mostPairs;
    private final int[] fanInB;
    private final int largestFanInB;

    private NeuronCosts(LayerTopology a, LayerTopology b, Matching inputs, OutgoingIndex outgoingB) {
        this.a = a;
        this.b = b;
        this.inputs = inputs;
        this.outgoingB = outgoingB;
        long additions = 0;
        mostPairs = new long[a.outputs()];
        for (int i = 0; i < mostPairs.length; i++) {
            mostPairs[i] = SparseProduct.additions(a, i, inputs, outgoingB);
            additions += mostPairs[i];
        }
        long words = (long) a.outputs() * b.outputs() * BitSets.words(b);
        bitSets = words < WORDS_PER_ADDITION * additions ? BitSets.of(b) : null;
        fanInB = new int[b.outputs()];
        for (int j = 0; j < fanInB.length; j++) {
            fanInB[j] = b.fanIn(j);
        }
        largestFanInB = b.largestFanIn();
    }

    /**
     * Rows are the neurons of {@code a}, columns those of {@code b}.
     *
     * @param inputs the input neuron of {@code b} that stands for each input neuron of {@code a}
     * @param pool shares the work
     * @return owned by the caller
     */
    public static SparseCosts between(LayerTopology a, LayerTopology b, Matching inputs, WorkerPool pool) {
        try (OutgoingIndex outgoingB = OutgoingIndex.of(b, pool)) {
            NeuronCosts neurons = new NeuronCosts(a, b, inputs, outgoingB);
            SparseCostsBuilder builder = new SparseCostsBuilder(a.outputs(), b.outputs(), 1, UNIT,
                    i -> Math.min(neurons.mostPairs[i], b.outputs()));
            Partition rows = Partition.balanced(a.outputs(), a::rowStart, pool.threads());
            return builder.build(() -> pool.run(worker -> neurons.fill(builder, rows.from(worker), rows.to(worker))));
        }
    }

    private void fill(SparseCostsBuilder builder, int from, int to) {
        CommonInputs common = commonInputs();
        int[] met = common.met();
        int[] counts = common.counts();
        long[] pairs = new long[b.outputs()];
        int[] positions = new int[GROUPS * (largestFanInB + 1) + 1];
        for (int i = from; i < to; i++) {
            int count = common.count(i);
            int fanInA = a.fanIn(i);
            boolean grouped = builder.ordersRows() && count > positions.length / 2;
            if (grouped) {
                group(met, counts, count, positions);
            }
            for (int k = 0; k < count; k++) {
                int j = met[k];
                int at = grouped ? positions[group(counts[k], fanInB[j])]++ : k;
                pairs[at] = SparseCosts.pair(gain(fanInA, fanInB[j], counts[k]), j);
            }
            builder.row(i, pairs, count);
        }
    }

    private CommonInputs commonInputs() {
        if (bitSets != null) {
            return new BitSets(a, inputs, b, bitSets);
        }
        return b.outputs() <= WIDE
                ? new SparseProduct(a, inputs, outgoingB)
                : new HashedProduct(a, inputs, outgoingB);
    }

    /** Finds out where the pairs of each group start: a row that is nearly in order is put in order faster. */
    private void group(int[] met, int[] counts, int count, int[] positions) {
        Arrays.fill(positions, 0);
        for (int k = 0; k < count; k++) {
            positions[group(counts[k], fanInB[met[k]]) + 1]++;
        }
        for (int g = 1; g < positions.length; g++) {
            positions[g] += positions[g - 1];
        }
    }

    /** Pairs with more common inputs come first, and of these the neurons with the fewest inputs. */
    private int group(int common, int fanIn) {
        return (GROUPS - Math.min(common, GROUPS)) * (largestFanInB + 1) + fanIn;
    }

    /** What pairing two neurons saves against a distance of 1, in units: {@code |A ∩ B| / |A ∪ B|}. */
    private static int gain(int fanInA, int fanInB, int common) {
        // Quicker than whole numbers, and exact for all unions below 2^23.
        double union = fanInA + (double) fanInB - common;
        return (int) ((common * (double) SparseCosts.LARGEST_GAIN + 0.5 * union) / union);
    }
}
