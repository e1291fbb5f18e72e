package dev.filigree.distance;

import static dev.filigree.memory.OffHeapMemory.getInt;
import static dev.filigree.memory.OffHeapMemory.getLong;

import dev.filigree.assignment.Matching;
import dev.filigree.topology.LayerTopology;
import dev.filigree.topology.OutgoingIndex;

/** By the sparse product of one layer and the transpose of the other: along the connections that exist. */
final class SparseProduct implements CommonInputs {
    private final LayerTopology a;
    private final Matching inputs;
    private final OutgoingIndex outgoingB;
    private final int[] common;
    private final int[] met;
    private final int[] counts;

    /**
     * Prepares.
     *
     * @param inputs the input neuron of the other layer that stands for each of {@code a}
     * @param outgoingB the other layer
     */
    SparseProduct(LayerTopology a, Matching inputs, OutgoingIndex outgoingB) {
        this.a = a;
        this.inputs = inputs;
        this.outgoingB = outgoingB;
        common = new int[outgoingB.outputs()];
        // One more, for what is written before it is known to count.
        met = new int[outgoingB.outputs() + 1];
        counts = new int[outgoingB.outputs()];
    }

    /** Additions that a neuron takes. */
    static long additions(LayerTopology a, int neuron, Matching inputs, OutgoingIndex outgoingB) {
        long additions = 0;
        long starts = outgoingB.columnStarts().address();
        long end = a.sources().address() + 4 * a.rowStart(neuron + 1);
        for (long k = a.sources().address() + 4 * a.rowStart(neuron); k < end; k += 4) {
            int input = inputs.column(getInt(k));
            if (input != Matching.NONE) {
                additions += getLong(starts + 8L * (input + 1)) - getLong(starts + 8L * input);
            }
        }
        return additions;
    }

    @Override
    public int count(int neuron) {
        int count = 0;
        long starts = outgoingB.columnStarts().address();
        long targets = outgoingB.targets().address();
        long sourceEnd = a.sources().address() + 4 * a.rowStart(neuron + 1);
        for (long k = a.sources().address() + 4 * a.rowStart(neuron); k < sourceEnd; k += 4) {
            int input = inputs.column(getInt(k));
            if (input == Matching.NONE) {
                continue;
            }
            long end = targets + 4 * getLong(starts + 8L * (input + 1));
            for (long target = targets + 4 * getLong(starts + 8L * input); target < end; target += 4) {
                int j = getInt(target);
                int before = common[j];
                common[j] = before + 1;
                // Without a branch, which would be guessed wrong half of the time.
                met[count] = j;
                count += 1 - Math.min(before, 1);
            }
        }
        for (int k = 0; k < count; k++) {
            counts[k] = common[met[k]];
            common[met[k]] = 0;
        }
        return count;
    }

    @Override
    public int[] met() {
        return met;
    }

    @Override
    public int[] counts() {
        return counts;
    }
}
