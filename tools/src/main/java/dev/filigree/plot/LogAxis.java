package dev.filigree.plot;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;

/**
 * A logarithmic axis.
 *
 * @param title what the values are
 * @param from lower end, above 0
 * @param to upper end, above {@code from}
 * @param label text of the tick at a power of ten
 */
public record LogAxis(String title, double from, double to, DoubleFunction<String> label) {
    /** Widens the ends a little, so that values there are not cut. */
    private static final double MARGIN = 0.06;

    /** Checks the ends. */
    public LogAxis {
        if (!(from > 0 && to > from && to < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("axis from %s to %s, expected 0 < from < to".formatted(from, to));
        }
    }

    /** Just wide enough for all values, and for half a decade at least. */
    public static LogAxis around(String title, double smallest, double largest, DoubleFunction<String> label) {
        double decades = Math.max(0.5, Math.log10(largest / smallest));
        double factor = Math.pow(10, MARGIN * decades);
        return new LogAxis(title, smallest / factor, Math.max(largest, smallest * Math.pow(10, decades)) * factor,
                label);
    }

    /** Where a value lies, from 0 at the lower to 1 at the upper end. */
    double position(double value) {
        return Math.log(value / from) / Math.log(to / from);
    }

    /** The powers of ten on the axis, times the given factors. */
    List<Double> ticks(int... factors) {
        List<Double> ticks = new ArrayList<>();
        for (int power = (int) Math.floor(Math.log10(from)); Math.pow(10, power) <= to; power++) {
            for (int factor : factors) {
                double tick = factor * Math.pow(10, power);
                if (tick >= from && tick <= to) {
                    ticks.add(tick);
                }
            }
        }
        return ticks;
    }
}
