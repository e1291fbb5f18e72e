package dev.filigree.topology.metrics.degree;

import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * A discrete power law fitted to numbers of connections: {@code p(x)} in proportion to {@code x^-exponent} from
 * {@code smallest} on (Clauset, Shalizi and Newman, SIAM Review 51, 2009). The exponent is the most likely one, the
 * smallest number the one that gives the least Kolmogorov–Smirnov distance, and the p-value comes from their
 * semi-parametric bootstrap (section 4.1). They advise to rule out a power law where it is 0.1 or less; where it is not,
 * other distributions may still fit better.
 *
 * @param exponent alpha, above 1
 * @param smallest x_min: only neurons with as many connections or more follow the law
 * @param tail how many neurons these are
 * @param distance the largest difference of the cumulative distributions from there on (Kolmogorov–Smirnov), in [0, 1]
 * @param pValue share of samples of the fitted law that lie as far from their own fits, or farther
 */
public record PowerLaw(double exponent, int smallest, int tail, double distance, double pValue) {
    /** More candidates for the smallest number are thinned out evenly. */
    private static final int MOST_CANDIDATES = 100;

    /**
     * Fits a power law.
     *
     * @param degrees numbers of connections, which are sorted; those of 0 are not looked at
     * @param repetitions of the bootstrap, 1 or more; a p-value is accurate to about
     *        {@code 1 / (2 √repetitions)}
     * @param seed of the bootstrap
     * @return null if there are less than two different numbers
     */
    public static @Nullable PowerLaw fit(int[] degrees, int repetitions, long seed) {
        if (repetitions < 1) {
            throw new IllegalArgumentException("repetitions is %d, expected 1 or more".formatted(repetitions));
        }
        DegreeCounts counts = new DegreeCounts(degrees);
        PowerLawTail best = bestTail(counts);
        if (best == null) {
            return null;
        }
        SplittableRandom random = new SplittableRandom(seed);
        int asFar = 0;
        for (int i = 0; i < repetitions; i++) {
            PowerLawTail fitted = bestTail(new DegreeCounts(best.sample(random)));
            asFar += fitted != null && fitted.distance() >= best.distance() ? 1 : 0;
        }
        return new PowerLaw(best.exponent(), best.smallest(), best.size(), best.distance(),
                asFar / (double) repetitions);
    }

    /** The tail that fits best, of all that have two different numbers. */
    private static @Nullable PowerLawTail bestTail(DegreeCounts counts) {
        int candidates = Math.min(counts.different() - 1, MOST_CANDIDATES);
        PowerLawTail best = null;
        for (int i = 0; i < candidates; i++) {
            PowerLawTail tail = PowerLawTail.fit(counts, (int) ((long) i * (counts.different() - 1) / candidates));
            best = best == null || tail.distance() < best.distance() ? tail : best;
        }
        return best;
    }
}
