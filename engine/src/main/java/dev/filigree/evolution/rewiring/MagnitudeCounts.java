package dev.filigree.evolution.rewiring;

import static dev.filigree.memory.OffHeapMemory.getInt;

/** One worker's histograms over the bits of its weights. */
final class MagnitudeCounts {
    /** Values of half a float's bits. */
    static final int HALF = 1 << 16;

    /** Offset of the upper halves of negative weights. */
    static final int NEGATIVE = HALF >> 1;

    final long[] upper = new long[HALF];
    private final long from;
    private final long to;
    private final long[] lowerPositive = new long[HALF];
    private final long[] lowerNegative = new long[HALF];
    private long positiveZeros;
    private long negativeZeros;

    /** Of the weights from one address to another, by the upper halves of their bits. */
    MagnitudeCounts(long from, long to) {
        this.from = from;
        this.to = to;
        long zeros = 0;
        long minusZeros = 0;
        for (long at = from; at < to; at += 4) {
            int bits = getInt(at);
            upper[bits >>> 16]++;
            if (bits << 1 == 0) {
                zeros += 1 + (bits >> 31);
                minusZeros -= bits >> 31;
            }
        }
        positiveZeros = zeros;
        negativeZeros = minusZeros;
    }

    /** Counts the lower halves of those that have one of two upper halves, one of each sign; -1 for none. */
    void countLowerHalves(int positiveUpper, int negativeUpper) {
        for (long at = from; at < to; at += 4) {
            int bits = getInt(at);
            int half = bits >>> 16;
            if (half == positiveUpper) {
                lowerPositive[bits & (HALF - 1)]++;
            } else if (half == negativeUpper) {
                lowerNegative[bits & (HALF - 1)]++;
            }
        }
    }

    /** Counts of {@link #countLowerHalves} of one sign, 0 or {@link #NEGATIVE}. */
    long[] lower(int sign) {
        return sign == 0 ? lowerPositive : lowerNegative;
    }

    /** Weights of one sign that are 0. */
    long zeros(int sign) {
        return sign == 0 ? positiveZeros : negativeZeros;
    }
}
