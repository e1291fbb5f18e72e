package dev.filigree.random;

/** Whether counts fit equal probabilities. */
public final class ChiSquare {
    private ChiSquare() {}

    /**
     * How many standard deviations the chi-square statistic of equal probabilities lies above its expectation; for
     * fair draws rarely beyond 4.
     */
    public static double excess(long[] counts) {
        long total = 0;
        for (long count : counts) {
            total += count;
        }
        double expected = (double) total / counts.length;
        double statistic = 0;
        for (long count : counts) {
            statistic += (count - expected) * (count - expected) / expected;
        }
        double freedom = counts.length - 1.0;
        return (statistic - freedom) / Math.sqrt(2 * freedom);
    }
}
