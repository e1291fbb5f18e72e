package dev.filigree.bench;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What is timed.
 *
 * @param shapes of the layers
 * @param densities shares of the connections that exist, rising, in (0, 1]
 * @param batch samples
 * @param threads that share the work
 * @param quick whether a rough answer in seconds will do
 */
public record SweepSettings(List<Shape> shapes, List<Double> densities, int batch, int threads, boolean quick) {
    private static final long MILLIS = 1_000_000;

    /** How long the contenders of one density take turns. */
    long pointNanos() {
        return (quick ? 150 : 2_000) * MILLIS;
    }

    /** How long the kernels must run without getting faster before anything counts. */
    long warmUpNanos() {
        return (quick ? 300 : 1_000) * MILLIS;
    }

    /** How long one run of a probe of the machine's roofs lasts. */
    public long roofNanos() {
        return (quick ? 5 : 40) * MILLIS;
    }

    /** Layer widths whose rows are gathered. */
    public SortedSet<Integer> widths() {
        SortedSet<Integer> widths = new TreeSet<>();
        for (Shape shape : shapes) {
            widths.add(shape.inputs());
            widths.add(shape.outputs());
        }
        return widths;
    }
}
