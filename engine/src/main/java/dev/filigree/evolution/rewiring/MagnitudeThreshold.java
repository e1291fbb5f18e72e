package dev.filigree.evolution.rewiring;

import static dev.filigree.evolution.rewiring.MagnitudeCounts.NEGATIVE;

/**
 * The magnitude up to which weights of one sign, or of either, are removed: found in the histograms of all of them,
 * first in the upper halves of the bits, then in the lower halves of those in whose bin it lies.
 */
final class MagnitudeThreshold {
    private final MagnitudeCounts[] counts;
    private final int[] signs;
    private long left;
    private int upper = -1;
    private int lower;

    /**
     * Finds the upper half.
     *
     * @param signs 0 for positive weights, {@link MagnitudeCounts#NEGATIVE} for negative ones
     * @param removed how many of these weights are to be removed
     */
    MagnitudeThreshold(MagnitudeCounts[] counts, int[] signs, long removed) {
        this.counts = counts;
        this.signs = signs;
        this.left = removed;
        if (removed > 0) {
            upper = 0;
            for (long inBin = upperBin(0); left > inBin; inBin = upperBin(upper)) {
                left -= inBin;
                upper++;
            }
        }
    }

    /** The upper half of the bits of a weight of this sign at the threshold; -1 if none is to be removed. */
    int upper(int sign) {
        return upper < 0 ? -1 : sign + upper;
    }

    /** Finds the lower half, when the workers have counted the lower halves in the upper half's bin. */
    void refine() {
        if (upper < 0) {
            return;
        }
        for (long inBin = lowerBin(0); left > inBin; inBin = lowerBin(lower)) {
            left -= inBin;
            lower++;
        }
    }

    /** Bits of the magnitude below which all are to be removed. */
    int limit() {
        return upper < 0 ? 0 : upper << 16 | lower;
    }

    /** How many of a worker's weights of one sign lie below the limit. */
    long below(MagnitudeCounts ofWorker, int sign) {
        long sum = 0;
        for (int bin = 0; bin < upper; bin++) {
            sum += ofWorker.upper[sign + bin];
        }
        for (int bin = 0; bin < lower; bin++) {
            sum += ofWorker.lower(sign)[bin];
        }
        return sum;
    }

    /** How many of a worker's weights of one sign at the limit are to be removed: of those who ask first the most. */
    long takeTies(MagnitudeCounts ofWorker, int sign) {
        long taken = Math.min(left, ofWorker.lower(sign)[lower]);
        left -= taken;
        return taken;
    }

    private long upperBin(int bin) {
        long sum = 0;
        for (MagnitudeCounts ofWorker : counts) {
            for (int sign : signs) {
                sum += ofWorker.upper[sign + bin];
            }
        }
        return sum;
    }

    private long lowerBin(int bin) {
        long sum = 0;
        for (MagnitudeCounts ofWorker : counts) {
            for (int sign : signs) {
                sum += ofWorker.lower(sign)[bin];
            }
        }
        return sum;
    }

    /** Of weights of one sign, how many are to be removed: a fraction of those that are not 0, and all that are. */
    static long fractionAndZeros(MagnitudeCounts[] counts, int sign, double fraction) {
        long all = 0;
        long zeros = 0;
        for (MagnitudeCounts ofWorker : counts) {
            for (int bin = sign; bin < sign + NEGATIVE; bin++) {
                all += ofWorker.upper[bin];
            }
            zeros += ofWorker.zeros(sign);
        }
        return (long) (fraction * (all - zeros)) + zeros;
    }
}
