package dev.filigree.evolution.rewiring;

import static dev.filigree.memory.OffHeapMemory.getInt;

import java.util.Arrays;

/**
 * One worker's histograms over the bits of its weights: of the leading bits of all of them, then of the bits that follow
 * in those whose leading bits are given, and so on. They are small enough to stay in the first-level cache.
 */
final class MagnitudeCounts {
    /** The sign of negative weights, as {@link MagnitudeThreshold} names it; that of positive ones is 0. */
    static final int NEGATIVE = 1;

    /** Bits to the right of those that a level counts; the first one counts all the others, and the sign. */
    private static final int[] SHIFTS = {20, 10, 0};

    /** Levels until all bits are counted. */
    static final int LEVELS = SHIFTS.length;

    private final long from;
    private final long to;
    /** {@code [level][sign][bits]}. */
    private final int[][][] bins = new int[LEVELS][][];
    private long positiveZeros;
    private long negativeZeros;

    /** Of the weights from one address to another, by their leading bits. */
    MagnitudeCounts(long from, long to) {
        this.from = from;
        this.to = to;
        int half = bins(0);
        int[] both = new int[2 * half];
        long zeros = 0;
        long minusZeros = 0;
        for (long at = from; at < to; at += 4) {
            int bits = getInt(at);
            both[bits >>> SHIFTS[0]]++;
            if (bits << 1 == 0) {
                zeros += 1 + (bits >> 31);
                minusZeros -= bits >> 31;
            }
        }
        bins[0] = new int[][]{Arrays.copyOf(both, half), Arrays.copyOfRange(both, half, 2 * half)};
        positiveZeros = zeros;
        negativeZeros = minusZeros;
    }

    /** Number of bins of a level, for each sign. */
    static int bins(int level) {
        return 1 << ((level == 0 ? Integer.SIZE - 1 : SHIFTS[level - 1]) - SHIFTS[level]);
    }

    /**
     * Counts the bits of a level of those weights that have one of two values of all bits before, one of each sign.
     *
     * @param positive bits before those of the level, without the sign; -1 for none
     * @param negative as {@code positive}, of negative weights
     */
    void count(int level, int positive, int negative) {
        int[] ofPositive = new int[bins(level)];
        int[] ofNegative = new int[bins(level)];
        int before = SHIFTS[level - 1];
        int shift = SHIFTS[level];
        int mask = bins(level) - 1;
        int signed = negative < 0 ? -1 : negative | 1 << (Integer.SIZE - 1 - before);
        for (long at = from; at < to; at += 4) {
            int bits = getInt(at);
            int leading = bits >>> before;
            if (leading == positive) {
                ofPositive[bits >>> shift & mask]++;
            } else if (leading == signed) {
                ofNegative[bits >>> shift & mask]++;
            }
        }
        bins[level] = new int[][]{ofPositive, ofNegative};
    }

    /** How many weights of a sign a bin of a level has. */
    int in(int level, int sign, int bin) {
        return bins[level][sign][bin];
    }

    /** Weights of one sign. */
    long all(int sign) {
        return Arrays.stream(bins[0][sign]).asLongStream().sum();
    }

    /** Weights of one sign that are 0. */
    long zeros(int sign) {
        return sign == NEGATIVE ? negativeZeros : positiveZeros;
    }
}
