package dev.filigree.plot;

import java.util.Locale;

/**
 * The distance of two ticks: 1, 2 or 5 times a power of ten.
 *
 * @param size in the unit of the values
 */
public record RoundStep(double size) {
    /** A little slack: 0.3 / 0.1 must not count as more than 3. */
    private static final double SLACK = 1e-9;

    /**
     * The smallest round step that divides a span into at most {@code most} parts.
     *
     * @param span above 0
     */
    public static RoundStep of(double span, int most) {
        double raw = span / most;
        double power = Math.pow(10, Math.floor(Math.log10(raw)));
        double step = 10 * power;
        for (int factor : new int[]{5, 2, 1}) {
            step = raw <= factor * power * (1 + SLACK) ? factor * power : step;
        }
        return new RoundStep(step);
    }

    /** The number of the last tick that is not above {@code value}; tick 0 is at 0. */
    public long below(double value) {
        return (long) Math.floor(value / size + SLACK);
    }

    /** The number of the first tick that is not below {@code value}. */
    public long above(double value) {
        return (long) Math.ceil(value / size - SLACK);
    }

    /** A tick with as many decimals as the step has. */
    public String format(double tick) {
        int decimals = Math.max(0, (int) -Math.floor(Math.log10(size) + SLACK));
        String text = String.format(Locale.ROOT, "%." + decimals + "f", tick);
        return text.matches("-0(\\.0*)?") ? text.substring(1) : text;
    }
}
