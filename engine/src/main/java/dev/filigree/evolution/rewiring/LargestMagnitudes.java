package dev.filigree.evolution.rewiring;

import static dev.filigree.memory.OffHeapMemory.getInt;
import static dev.filigree.memory.OffHeapMemory.setInt;
import static dev.filigree.memory.OffHeapMemory.setLong;

import dev.filigree.memory.ArrayGroup;
import dev.filigree.memory.IntArray;
import dev.filigree.memory.LongArray;
import java.util.List;

/**
 * The largest magnitudes of a long sequence of numbered values, of which few are kept at a time: those that may still be
 * among the largest, in the order in which they came. When there is no room for more, the smallest of them go. Of
 * equal magnitudes those that came first count as larger.
 */
final class LargestMagnitudes implements AutoCloseable {
    private static final int LOWER_BITS = 16;

    /** Making room takes a histogram of this size, so that there should be room for as many. */
    private static final int MIN_ROOM = 1 << LOWER_BITS;

    private final ArrayGroup arrays = new ArrayGroup();
    private final long wanted;
    private final LongArray numbers;
    private final IntArray magnitudes;
    private long held;
    /** Bits of a magnitude that as many others reach as are wanted: only larger ones are of interest. */
    private int limit = -1;

    /**
     * Room for candidates.
     *
     * @param wanted how many of the largest are kept at least, 1 or more
     * @param most how many values there are at most
     */
    LargestMagnitudes(long wanted, long most) {
        this.wanted = wanted;
        long room = Math.min(most, wanted + Math.max(wanted, MIN_ROOM));
        this.numbers = arrays.longs(room, "candidates");
        this.magnitudes = arrays.ints(room, "magnitudes of candidates");
    }

    /**
     * Takes consecutive values.
     *
     * @param values address of the first
     * @param count how many
     * @param firstNumber of the first; larger than all before
     */
    void offer(long values, long count, long firstNumber) {
        for (long k = 0; k < count; k++) {
            int magnitude = getInt(values + 4 * k) & Integer.MAX_VALUE;
            if (magnitude > limit) {
                hold(magnitude, firstNumber + k);
            }
        }
    }

    private void hold(int magnitude, long number) {
        if (held == numbers.length()) {
            makeRoom();
            if (magnitude <= limit) {
                return;
            }
        }
        setInt(magnitudes.address() + 4 * held, magnitude);
        setLong(numbers.address() + 8 * held, number);
        held++;
    }

    private void makeRoom() {
        Selection largest = new Selection(List.of(this), wanted);
        limit = largest.limit;
        held = largest.take(this, numbers, 0);
        for (long k = 0, at = 0, ties = largest.ties; at < held; k++) {
            int magnitude = magnitudes.get(k);
            if (magnitude > limit || (magnitude == limit && ties-- > 0)) {
                magnitudes.set(at++, magnitude);
            }
        }
    }

    /**
     * The numbers of the largest magnitudes of several sequences, one after the other.
     *
     * @param parts whose numbers ascend, within each and from one to the next
     * @param wanted as many as every part was made for, and at most all
     * @return the numbers, ascending, and {@link Long#MAX_VALUE} behind the last; the caller closes it
     */
    static LongArray of(List<LargestMagnitudes> parts, long wanted) {
        Selection largest = new Selection(parts, wanted);
        LongArray result = LongArray.allocate(wanted + 1, "places");
        long at = 0;
        for (LargestMagnitudes part : parts) {
            at = largest.take(part, result, at);
        }
        result.set(wanted, Long.MAX_VALUE);
        return result;
    }

    @Override
    public void close() {
        arrays.close();
    }

    /** Which candidates are the largest: all above a limit, and the first of those at it. */
    private static final class Selection {
        private final int limit;
        private final long ties;
        private long tiesLeft;

        Selection(List<LargestMagnitudes> parts, long wanted) {
            long[] upper = new long[1 << (31 - LOWER_BITS)];
            for (LargestMagnitudes part : parts) {
                for (long k = 0; k < part.held; k++) {
                    upper[part.magnitudes.get(k) >> LOWER_BITS]++;
                }
            }
            long left = wanted;
            int high = upper.length - 1;
            while (left > upper[high]) {
                left -= upper[high--];
            }
            long[] lower = new long[1 << LOWER_BITS];
            for (LargestMagnitudes part : parts) {
                for (long k = 0; k < part.held; k++) {
                    int magnitude = part.magnitudes.get(k);
                    if (magnitude >> LOWER_BITS == high) {
                        lower[magnitude & (lower.length - 1)]++;
                    }
                }
            }
            int low = lower.length - 1;
            while (left > lower[low]) {
                left -= lower[low--];
            }
            limit = high << LOWER_BITS | low;
            ties = left;
            tiesLeft = left;
        }

        /** Copies the numbers of a part's largest candidates, in their order, and tells where the copy ends. */
        long take(LargestMagnitudes part, LongArray to, long from) {
            long at = from;
            for (long k = 0; k < part.held; k++) {
                int magnitude = part.magnitudes.get(k);
                if (magnitude > limit || (magnitude == limit && tiesLeft-- > 0)) {
                    to.set(at++, part.numbers.get(k));
                }
            }
            return at;
        }
    }
}
