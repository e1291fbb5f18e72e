package dev.filigree.plot.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;
import java.util.stream.Stream;

/**
 * A logarithmic axis.
 *
 * @param title what the values are
 * @param from lower end, above 0
 * @param to upper end, above {@code from}
 * @param names text of a tick
 */
public record LogAxis(String title, double from, double to, DoubleFunction<String> names) implements Axis {
    /** Widens the ends a little, so that values there are not cut. */
    private static final double MARGIN = 0.06;

    /** Checks the ends. */
    public LogAxis {
        if (!(from > 0 && to > from && to < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("axis from %s to %s, expected 0 < from < to".formatted(from, to));
        }
    }

    /** Just wide enough for all values, and for half a decade at least. */
    public static LogAxis around(String title, double smallest, double largest, DoubleFunction<String> names) {
        double decades = Math.max(0.5, Math.log10(largest / smallest));
        double factor = Math.pow(10, MARGIN * decades);
        return new LogAxis(title, smallest / factor, Math.max(largest, smallest * Math.pow(10, decades)) * factor,
                names);
    }

    @Override
    public double position(double value) {
        return Math.log(value / from) / Math.log(to / from);
    }

    /** Powers of ten, and what lies between where they are few. */
    @Override
    public List<Double> ticks() {
        return Stream.of(multiples(1), multiples(1, 2, 5)).filter(ticks -> ticks.size() >= 3).findFirst()
                .orElseGet(this::fineTicks);
    }

    @Override
    public List<Double> fineTicks() {
        return multiples(1, 2, 3, 4, 5, 6, 7, 8, 9);
    }

    @Override
    public String label(double tick) {
        return names.apply(tick);
    }

    /** The powers of ten on the axis, times the given factors. */
    private List<Double> multiples(int... factors) {
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
