package dev.filigree.plot.heat;

import dev.filigree.plot.Palette;
import dev.filigree.plot.RoundStep;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A scale of values from 0 to a round number, with ticks at round steps.
 *
 * @param steps number of steps from 0 to the top
 */
record ColorScale(RoundStep step, int steps) {
    private static final int MOST_STEPS = 8;

    /** The scale for values from 0 to {@code largest}; from 0 to 1 if that is 0. */
    static ColorScale upTo(double largest) {
        double top = largest > 0 ? largest : 1;
        RoundStep step = RoundStep.of(top, MOST_STEPS);
        return new ColorScale(step, (int) step.above(top));
    }

    double top() {
        return step.size() * steps;
    }

    int color(double value) {
        return Palette.color(value / top());
    }

    /** The labels of the ticks at 0, {@code step}, … up to the top. */
    List<String> tickLabels() {
        return IntStream.rangeClosed(0, steps).mapToObj(i -> step.format(i * step.size())).toList();
    }
}
