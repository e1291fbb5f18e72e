package dev.filigree.evolution.rewiring;

import static dev.filigree.memory.OffHeapMemory.getInt;

import dev.filigree.kernel.RewiringKernels;
import java.util.Arrays;

/** One worker's histograms over the bits of its weights: of the first digits of their magnitudes, then of others. */
final class MagnitudeCounts {
    /** Signs, as the first bit of a float has them. */
    static final int POSITIVE = 0;

    static final int NEGATIVE = 1;

    /** Bits behind the first digit, which is the exponent and the next three bits. */
    static final int BEHIND_FIRST = 2 * RewiringKernels.DIGIT_BITS;

    private static final int FIRST_DIGITS = 1 << (Integer.SIZE - 1 - BEHIND_FIRST);
    private static final RewiringKernels KERNELS = RewiringKernels.best();

    private final long from;
    private final long to;

    /** {@code [sign][digit]}. */
    private final long[][] counts = new long[2][FIRST_DIGITS];

    private final long[] zeros = new long[2];
    private final long[] below = new long[2];
    private final long[] at = new long[2];

    /** Of the weights from one address to another, by their first digits. */
    MagnitudeCounts(long from, long to) {
        this.from = from;
        this.to = to;
        long[] both = new long[2 * FIRST_DIGITS];
        long plusZeros = 0;
        long minusZeros = 0;
        for (long address = from; address < to; address += 4) {
            int bits = getInt(address);
            both[bits >>> BEHIND_FIRST]++;
            // No branches: after a growth of zeros they could not be predicted.
            plusZeros += bits == 0 ? 1 : 0;
            minusZeros += bits == Integer.MIN_VALUE ? 1 : 0;
        }
        zeros[POSITIVE] = plusZeros;
        zeros[NEGATIVE] = minusZeros;
        System.arraycopy(both, 0, counts[POSITIVE], 0, FIRST_DIGITS);
        System.arraycopy(both, FIRST_DIGITS, counts[NEGATIVE], 0, FIRST_DIGITS);
    }

    /**
     * Counts the next digits of those weights whose bits above begin with one of two prefixes, one of each sign; -1 for
     * none.
     *
     * @param shift number of bits behind the digits
     */
    void countNext(int positivePrefix, int negativePrefix, int shift) {
        Arrays.fill(counts[POSITIVE], 0);
        Arrays.fill(counts[NEGATIVE], 0);
        KERNELS.countDigits(from, (to - from) / 4, positivePrefix, negativePrefix, shift, counts[POSITIVE],
                counts[NEGATIVE]);
    }

    /** Number of weights of one sign with this digit, of those counted last. */
    long count(int sign, int digit) {
        return counts[sign][digit];
    }

    /** Remembers that of the weights of one sign counted last the limit has this digit. */
    void settle(int sign, int digit) {
        for (int smaller = 0; smaller < digit; smaller++) {
            below[sign] += counts[sign][smaller];
        }
        at[sign] = counts[sign][digit];
    }

    /** Weights of one sign below the limit, as far as its digits are settled. */
    long below(int sign) {
        return below[sign];
    }

    /** Weights of one sign with the digits of the limit that are settled. */
    long at(int sign) {
        return at[sign];
    }

    /** Weights of one sign; before another digit is counted. */
    long all(int sign) {
        return Arrays.stream(counts[sign]).sum();
    }

    /** Weights of one sign that are 0. */
    long zeros(int sign) {
        return zeros[sign];
    }
}
