package dev.filigree.plot.chart;

import java.util.List;

/** One direction of a chart: where values lie, and which of them are named. */
public sealed interface Axis permits LinearAxis, LogAxis {
    /** What the values are. */
    String title();

    /** Where a value lies, from 0 at the lower to 1 at the upper end. */
    double position(double value);

    /** The values that are named. */
    List<Double> ticks();

    /** The values with a fine line; those that are named may be among them. */
    List<Double> fineTicks();

    /** The name of a tick. */
    String label(double tick);
}
