package dev.filigree.plot.chart;

import dev.filigree.plot.RoundStep;
import java.util.List;
import java.util.stream.LongStream;

/**
 * An axis on which equal steps are equally long, with ticks at round numbers.
 *
 * @param title what the values are
 * @param from lower end
 * @param to upper end, above {@code from}
 * @param step distance of two ticks
 */
public record LinearAxis(String title, double from, double to, RoundStep step) implements Axis {
    private static final int MOST_STEPS = 8;
    /** Widens the ends a little, so that values there are not cut. */
    private static final double MARGIN = 0.04;

    /** Checks the ends. */
    public LinearAxis {
        if (!(to > from) || Double.isInfinite(to - from)) {
            throw new IllegalArgumentException("axis from %s to %s, expected from < to".formatted(from, to));
        }
    }

    /** From 0 to a round number that is not below {@code largest}; to 1 if that is 0. */
    public static LinearAxis fromZero(String title, double largest) {
        double top = largest > 0 ? largest : 1;
        RoundStep step = RoundStep.of(top, MOST_STEPS);
        return new LinearAxis(title, 0, step.above(top) * step.size(), step);
    }

    /** Just wide enough for all values, and for 1 at least; ticks are whole numbers. */
    public static LinearAxis aroundWhole(String title, long smallest, long largest) {
        double span = Math.max(1, largest - smallest);
        RoundStep step = RoundStep.of(Math.max(span, MOST_STEPS), MOST_STEPS);
        return new LinearAxis(title, smallest - MARGIN * span, smallest + span * (1 + MARGIN), step);
    }

    /** Just wide enough for all values. */
    public static LinearAxis around(String title, double smallest, double largest) {
        double span = largest > smallest ? largest - smallest : 1;
        double middle = (smallest + largest) / 2;
        return between(title, middle - span * (0.5 + MARGIN), middle + span * (0.5 + MARGIN));
    }

    /** With these ends. */
    static LinearAxis between(String title, double from, double to) {
        return new LinearAxis(title, from, to, RoundStep.of(to - from, MOST_STEPS));
    }

    /** The same values in the middle of a longer axis. */
    LinearAxis widenedTo(double span) {
        double middle = (from + to) / 2;
        return new LinearAxis(title, middle - span / 2, middle + span / 2, step);
    }

    double span() {
        return to - from;
    }

    @Override
    public double position(double value) {
        return (value - from) / (to - from);
    }

    @Override
    public List<Double> ticks() {
        return LongStream.rangeClosed(step.above(from), step.below(to)).mapToObj(i -> i * step.size()).toList();
    }

    @Override
    public List<Double> fineTicks() {
        return List.of();
    }

    @Override
    public String label(double tick) {
        return step.format(tick);
    }
}
