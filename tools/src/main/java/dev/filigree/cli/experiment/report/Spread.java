package dev.filigree.cli.experiment.report;

import java.util.Collection;
import java.util.Locale;

/**
 * Repeated measurements.
 *
 * @param mean of all
 * @param deviation sample standard deviation; 0 of a single one
 * @param count how many, 1 or more
 */
public record Spread(double mean, double deviation, int count) {
    /** The spread of one value or more. */
    public static Spread of(Collection<Double> values) {
        double mean = values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
        double squares = values.stream().mapToDouble(value -> (value - mean) * (value - mean)).sum();
        return new Spread(mean, values.size() == 1 ? 0 : Math.sqrt(squares / (values.size() - 1)), values.size());
    }

    /** What a value stands for that was measured with so many seeds, without its deviation. */
    public static String meanOver(int seeds) {
        return seeds == 1 ? "one seed" : "mean over %d seeds".formatted(seeds);
    }

    /** As {@link #meanOver}, of a point with whiskers. */
    public static String whiskers(int seeds) {
        return meanOver(seeds) + (seeds == 1 ? "" : ", standard deviation as whisker");
    }

    /** As {@link #meanOver}, of a value like {@link #text}. */
    public static String described(int seeds) {
        return meanOver(seeds) + (seeds == 1 ? "" : " and sample standard deviation");
    }

    /** One deviation below the mean. */
    public double low() {
        return mean - deviation;
    }

    /** One deviation above the mean. */
    public double high() {
        return mean + deviation;
    }

    /** Mean and deviation with this many decimals; the mean alone of a single value. */
    public String text(int decimals) {
        String number = "%." + decimals + "f";
        return count == 1
                ? String.format(Locale.ROOT, number, mean)
                : String.format(Locale.ROOT, number + " ± " + number, mean, deviation);
    }
}
