package dev.filigree.evolution.rewiring;

/**
 * The magnitude up to which weights of one sign, or of either, are removed: found in the histograms of all of them, level
 * by level from the leading bits to the last.
 */
final class MagnitudeThreshold {
    private final MagnitudeCounts[] counts;
    private final int[] signs;
    private final boolean any;
    private final int[] bins = new int[MagnitudeCounts.LEVELS];
    private long left;
    private int bits;
    private int levels;

    /**
     * Finds the leading bits.
     *
     * @param signs 0 for positive weights, {@link MagnitudeCounts#NEGATIVE} for negative ones
     * @param removed how many of these weights are to be removed
     */
    MagnitudeThreshold(MagnitudeCounts[] counts, int[] signs, long removed) {
        this.counts = counts;
        this.signs = signs;
        this.left = removed;
        this.any = removed > 0;
        refine();
    }

    /** The bits of the threshold that are known, for weights of this sign; -1 if none of them is to be removed. */
    int known(int sign) {
        for (int own : signs) {
            if (own == sign && any) {
                return bits;
            }
        }
        return -1;
    }

    /** Finds the bits of the next level, when the workers have counted it. */
    void refine() {
        if (any) {
            int bin = 0;
            for (long inBin = in(levels, 0); left > inBin; inBin = in(levels, bin)) {
                left -= inBin;
                bin++;
            }
            bins[levels] = bin;
            bits = bits * MagnitudeCounts.bins(levels) + bin;
        }
        levels++;
    }

    /** Bits of the magnitude below which all are to be removed. */
    int limit() {
        return bits;
    }

    /** How many of a worker's weights of one sign lie below the limit. */
    long below(MagnitudeCounts ofWorker, int sign) {
        long sum = 0;
        if (any) {
            for (int level = 0; level < levels; level++) {
                for (int bin = 0; bin < bins[level]; bin++) {
                    sum += ofWorker.in(level, sign, bin);
                }
            }
        }
        return sum;
    }

    /** How many of a worker's weights of one sign at the limit are to be removed: of those who ask first the most. */
    long takeTies(MagnitudeCounts ofWorker, int sign) {
        if (!any) {
            return 0;
        }
        int last = levels - 1;
        long taken = Math.min(left, ofWorker.in(last, sign, bins[last]));
        left -= taken;
        return taken;
    }

    private long in(int level, int bin) {
        long sum = 0;
        for (MagnitudeCounts ofWorker : counts) {
            for (int sign : signs) {
                sum += ofWorker.in(level, sign, bin);
            }
        }
        return sum;
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
