package dev.filigree.plot;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A scale of values from 0 to a round number, with ticks at round steps.
 *
 * @param step distance of two ticks, 1, 2 or 5 times a power of ten
 * @param steps number of steps from 0 to the top
 */
record ColorScale(double step, int steps) {
    private static final int WANTED_STEPS = 5;

    /** The scale for values from 0 to {@code largest}; from 0 to 1 if that is 0. */
    static ColorScale upTo(double largest) {
        double top = largest > 0 ? largest : 1;
        double raw = top / WANTED_STEPS;
        double power = Math.pow(10, Math.floor(Math.log10(raw)));
        double step = 10 * power;
        for (int factor : new int[]{5, 2, 1}) {
            // A little slack: 0.3 / 0.1 must not count as more than 3.
            step = raw <= factor * power * (1 + 1e-9) ? factor * power : step;
        }
        return new ColorScale(step, (int) Math.ceil(top / step - 1e-9));
    }

    double top() {
        return step * steps;
    }

    int color(double value) {
        return Palette.color(value / top());
    }

    /** The labels of the ticks at 0, {@code step}, … up to the top. */
    List<String> tickLabels() {
        int decimals = Math.max(0, (int) -Math.floor(Math.log10(step) + 1e-9));
        List<String> labels = new ArrayList<>();
        for (int i = 0; i <= steps; i++) {
            labels.add(String.format(Locale.ROOT, "%." + decimals + "f", i * step));
        }
        return labels;
    }
}
