package dev.filigree.evolution.rewiring;

import dev.filigree.kernel.RewiringKernels;

/**
 * The magnitude up to which weights of one sign, or of either, are removed: found in the histograms of all of them,
 * digit by digit.
 */
final class MagnitudeThreshold {
    private final MagnitudeCounts[] counts;
    private final int[] signs;
    private final boolean removesNone;
    private long left;

    /** The digits found, as the lowest bits; 0 if none is to be removed. */
    private int magnitude;

    /**
     * Finds the first digit.
     *
     * @param signs {@link MagnitudeCounts#POSITIVE}, {@link MagnitudeCounts#NEGATIVE} or both
     * @param removed how many of these weights are to be removed
     */
    MagnitudeThreshold(MagnitudeCounts[] counts, int[] signs, long removed) {
        this.counts = counts;
        this.signs = signs;
        this.left = removed;
        this.removesNone = removed == 0;
        if (!removesNone) {
            magnitude = digit();
        }
    }

    /**
     * The bits of a weight of this sign at the threshold above those that have not been found yet; -1 if none is to be
     * removed.
     *
     * @param unknown number of bits not found yet
     */
    int prefix(int sign, int unknown) {
        return removesNone ? -1 : sign << (Integer.SIZE - 1 - unknown) | magnitude;
    }

    /** Finds the next digit, when the workers have counted the digits of the weights with this prefix. */
    void refine() {
        if (!removesNone) {
            magnitude = magnitude << RewiringKernels.DIGIT_BITS | digit();
        }
    }

    private int digit() {
        int digit = 0;
        for (long those = count(0); left > those; those = count(digit)) {
            left -= those;
            digit++;
        }
        for (MagnitudeCounts ofWorker : counts) {
            for (int sign : signs) {
                ofWorker.settle(sign, digit);
            }
        }
        return digit;
    }

    private long count(int digit) {
        long sum = 0;
        for (MagnitudeCounts ofWorker : counts) {
            for (int sign : signs) {
                sum += ofWorker.count(sign, digit);
            }
        }
        return sum;
    }

    /** Bits of the magnitude below which all are to be removed. */
    int limit() {
        return magnitude;
    }

    /** How many of a worker's weights of one sign at the limit are to be removed: of those who ask first the most. */
    long takeTies(MagnitudeCounts ofWorker, int sign) {
        long taken = Math.min(left, ofWorker.at(sign));
        left -= taken;
        return taken;
    }

    /** Of weights of one sign, how many are to be removed: a fraction of those that are not 0, and all that are. */
    static long fractionAndZeros(MagnitudeCounts[] counts, int sign, double fraction) {
        long all = 0;
        long zeros = 0;
        for (MagnitudeCounts ofWorker : counts) {
            all += ofWorker.all(sign);
            zeros += ofWorker.zeros(sign);
        }
        return (long) (fraction * (all - zeros)) + zeros;
    }
}
