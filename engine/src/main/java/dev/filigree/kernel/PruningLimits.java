package dev.filigree.kernel;

/**
 * Which of some weights are to be removed: all below a magnitude, which depends on the sign, and the first of those at it.
 * Counts down the latter, and so serves one walk over the weights.
 */
public final class PruningLimits {
    private final int positive;
    private final int negative;
    private long positiveTies;
    private long negativeTies;

    /**
     * Limits.
     *
     * @param positive bits of the magnitude below which positive weights and 0 are removed
     * @param negative bits of the magnitude below which negative weights and -0 are removed
     * @param positiveTies how many weights of just this magnitude are removed
     * @param negativeTies how many weights of just this magnitude are removed
     */
    public PruningLimits(int positive, int negative, long positiveTies, long negativeTies) {
        this.positive = positive;
        this.negative = negative;
        this.positiveTies = positiveTies;
        this.negativeTies = negativeTies;
    }

    /** Bits of the least magnitude of a positive weight or 0 that may stay. */
    public int positive() {
        return positive;
    }

    /** Bits of the least magnitude of a negative weight or -0 that may stay. */
    public int negative() {
        return negative;
    }

    /**
     * Decides about weights at the limits.
     *
     * @param ties bits of some of these weights, in their order
     * @param negatives bits of the negative weights, and of others
     * @return those that are to be removed
     */
    public long takeTies(long ties, long negatives) {
        long ofPositives = first(ties & ~negatives, positiveTies);
        long ofNegatives = first(ties & negatives, negativeTies);
        positiveTies -= Long.bitCount(ofPositives);
        negativeTies -= Long.bitCount(ofNegatives);
        return ofPositives | ofNegatives;
    }

    private static long first(long bits, long count) {
        long others = bits;
        for (long k = Math.min(count, Long.bitCount(bits)); k > 0; k--) {
            others &= others - 1;
        }
        return bits & ~others;
    }
}
