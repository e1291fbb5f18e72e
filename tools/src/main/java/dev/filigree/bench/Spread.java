package dev.filigree.bench;

import java.util.Arrays;
import java.util.Collection;
import java.util.Map;

/**
 * How long something took, over its repetitions, in seconds.
 *
 * @param median half of the repetitions took longer
 * @param lower quartile
 * @param upper quartile
 * @param repetitions how many there were
 */
public record Spread(double median, double lower, double upper, int repetitions) {
    private static final double NANO = 1e-9;

    static Spread ofNanos(Collection<Double> samples) {
        double[] sorted = samples.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        return new Spread(quantile(sorted, 0.5) * NANO, quantile(sorted, 0.25) * NANO, quantile(sorted, 0.75) * NANO,
                sorted.length);
    }

    /** The spread of a pass that was timed. */
    static Spread of(Pass pass, Map<Pass, Spread> times) {
        Spread spread = times.get(pass);
        if (spread == null) {
            throw new IllegalStateException(pass + " was not timed");
        }
        return spread;
    }

    // Linear between the two nearest, as R's type 7.
    private static double quantile(double[] sorted, double share) {
        double position = share * (sorted.length - 1);
        int below = (int) position;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
    }

    /** The interquartile range as a share of the median. */
    public double relative() {
        return (upper - lower) / median;
    }
}
