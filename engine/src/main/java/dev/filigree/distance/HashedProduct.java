package dev.filigree.distance;

import static dev.filigree.memory.OffHeapMemory.getInt;
import static dev.filigree.memory.OffHeapMemory.getLong;

import dev.filigree.assignment.Matching;
import dev.filigree.topology.LayerTopology;
import dev.filigree.topology.OutgoingIndex;

/**
 * As {@link SparseProduct}, with the sums in a hash table: of a very wide layer few neurons share inputs with one, and
 * their sums stay in the first-level cache.
 *
 * <p>Source: the hash accumulator of Y. Nagasaka, S. Matsuoka, A. Azad and A. Buluç, "Performance optimization, modeling and
 * analysis of sparse matrix-matrix products on multi-core and many-core processors", Parallel Computing 90 (2019).
 */
final class HashedProduct implements CommonInputs {
    private static final int FEWEST_SLOTS = 16;
    private static final int GOLDEN = 0x9E3779B9;

    private final LayerTopology a;
    private final Matching inputs;
    private final OutgoingIndex outgoingB;
    /** {@code neuron + 1}, or 0 where a slot is empty. */
    private int[] keys = new int[FEWEST_SLOTS];
    private int[] sums = new int[FEWEST_SLOTS];
    /** The slots in use, in the order in which they were taken. */
    private int[] used = new int[FEWEST_SLOTS];
    private final int[] met;
    private final int[] counts;

    /**
     * Prepares.
     *
     * @param inputs the input neuron of the other layer that stands for each of {@code a}
     * @param outgoingB the other layer
     */
    HashedProduct(LayerTopology a, Matching inputs, OutgoingIndex outgoingB) {
        this.a = a;
        this.inputs = inputs;
        this.outgoingB = outgoingB;
        met = new int[outgoingB.outputs()];
        counts = new int[outgoingB.outputs()];
    }

    @Override
    public int count(int neuron) {
        int slots = slots(SparseProduct.additions(a, neuron, inputs, outgoingB));
        int shift = Integer.numberOfLeadingZeros(slots) + 1;
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
                int key = getInt(target) + 1;
                int slot = (key * GOLDEN) >>> shift;
                while (keys[slot] != key && keys[slot] != 0) {
                    slot = (slot + 1) & (slots - 1);
                }
                if (keys[slot] == 0) {
                    keys[slot] = key;
                    used[count++] = slot;
                }
                sums[slot]++;
            }
        }
        for (int k = 0; k < count; k++) {
            int slot = used[k];
            met[k] = keys[slot] - 1;
            counts[k] = sums[slot];
            keys[slot] = 0;
            sums[slot] = 0;
        }
        return count;
    }

    /** At least twice as many as are used. */
    private int slots(long additions) {
        long most = Math.min(additions, met.length);
        int slots = FEWEST_SLOTS;
        while (slots < 2 * most) {
            slots *= 2;
        }
        if (slots > keys.length) {
            keys = new int[slots];
            sums = new int[slots];
            used = new int[slots];
        }
        return slots;
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
