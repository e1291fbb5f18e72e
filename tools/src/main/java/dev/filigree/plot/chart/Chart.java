package dev.filigree.plot.chart;

import dev.filigree.plot.Drawing;
import dev.filigree.plot.Picture;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Curves between two axes, with a legend above, marks at single points and texts beside them. */
public final class Chart extends Picture {
    /** How a curve is drawn. */
    public enum Look {
        /** A line with a dot at each point. */
        DOTS,
        /** A line with a ring at each point. */
        RINGS,
        /** A dashed line. */
        DASHES,
        /** A plain line. */
        LINE,
        /** A faint line, one of many. */
        FAINT,
        /** A line with a ring where it starts, small dots on its way and a large one where it ends. */
        PATH
    }

    /**
     * A curve.
     *
     * @param name in the legend; null for none
     * @param along text along its upper end; null for none
     * @param x on the axis
     * @param y on the axis, as many
     * @param color {@code 0xRRGGBB}
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Curve(@Nullable String name, @Nullable String along, double[] x, double[] y, int color, Look look) {
        /** Checks the lengths. */
        public Curve {
            if (x.length != y.length || x.length == 0) {
                throw new IllegalArgumentException(
                        "%d x and %d y; expected one or more, and as many".formatted(x.length, y.length));
            }
        }
    }

    /**
     * A vertical bar from one value to another: the spread of a point. Where some of different colours would cover each
     * other, all stand side by side by colour, each with its dots.
     */
    public record Whisker(double x, double from, double to, int color) {}

    /** A point to notice, and the text beside it. */
    public record Mark(double x, double y, String text, int color) {}

    /**
     * A text beside a point, on the side where it covers least.
     *
     * @param needed whether it is drawn even where it covers another
     */
    public record Note(double x, double y, String text, int color, boolean needed) {}

    private final String title;
    private final String subtitle;
    private final Axis x;
    private final Axis y;
    private final boolean equalUnits;
    private final List<Curve> curves = new ArrayList<>();
    private final List<Whisker> whiskers = new ArrayList<>();
    private final List<Mark> marks = new ArrayList<>();
    private final List<Note> notes = new ArrayList<>();

    private Chart(String title, String subtitle, Axis x, Axis y, boolean equalUnits) {
        this.title = printable(title);
        this.subtitle = printable(subtitle);
        this.x = x;
        this.y = y;
        this.equalUnits = equalUnits;
    }

    /** An empty chart. */
    public Chart(String title, String subtitle, Axis x, Axis y) {
        this(title, subtitle, x, y, false);
    }

    /** An empty map: a unit is as long to the right as upwards; one of the axes grows to fill the chart. */
    public static Chart map(String title, String subtitle, LinearAxis x, LinearAxis y) {
        return new Chart(title, subtitle, x, y, true);
    }

    /** Draws a curve over those before. */
    public void add(Curve curve) {
        curves.add(curve);
    }

    /** Draws a spread under the curves. */
    public void add(Whisker whisker) {
        whiskers.add(whisker);
    }

    /** Marks a point. */
    public void add(Mark mark) {
        marks.add(mark);
    }

    /** Writes beside a point; earlier notes choose their places first. */
    public void add(Note note) {
        notes.add(note);
    }

    @Override
    protected String title() {
        return title;
    }

    @Override
    protected Drawing drawing() {
        return new ChartDrawing(this);
    }

    String subtitle() {
        return subtitle;
    }

    Axis x() {
        return x;
    }

    Axis y() {
        return y;
    }

    boolean equalUnits() {
        return equalUnits;
    }

    List<Curve> curves() {
        return curves;
    }

    List<Whisker> whiskers() {
        return whiskers;
    }

    List<Mark> marks() {
        return marks;
    }

    List<Note> notes() {
        return notes;
    }
}
