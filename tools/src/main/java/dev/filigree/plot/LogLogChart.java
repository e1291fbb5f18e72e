package dev.filigree.plot;

import dev.filigree.io.AtomicFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Curves over two logarithmic axes, with a legend above and marks at single points. */
public final class LogLogChart {
    /** How a curve is drawn. */
    public enum Look {
        /** A line with a dot at each point. */
        DOTS,
        /** A line with a ring at each point. */
        RINGS,
        /** A dashed line. */
        DASHES,
        /** A plain line. */
        LINE
    }

    /**
     * A curve.
     *
     * @param name in the legend; null for none
     * @param along text along its upper end; null for none
     * @param x above 0
     * @param y above 0, as many
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

    /** A point to notice, and the text beside it. */
    public record Mark(double x, double y, String text, int color) {}

    /**
     * Colours that stay apart for colour-blind eyes, from Okabe and Ito, Color Universal Design, 2008
     * (https://jfly.uni-koeln.de/color/); the lighter ones are left out, for they vanish on white.
     */
    private static final int[] COLORS = {0x0072b2, 0xd55e00, 0x009e73, 0xcc79a7, 0x000000};

    private static final double PNG_SCALE = 2;

    private final String title;
    private final String subtitle;
    private final LogAxis x;
    private final LogAxis y;
    private final List<Curve> curves = new ArrayList<>();
    private final List<Mark> marks = new ArrayList<>();

    /** An empty chart. */
    public LogLogChart(String title, String subtitle, LogAxis x, LogAxis y) {
        this.title = title;
        this.subtitle = subtitle;
        this.x = x;
        this.y = y;
    }

    /** The colour of one of several things; begins again after five. */
    public static int color(int index) {
        return COLORS[index % COLORS.length];
    }

    /** Draws a curve over those before. */
    public void add(Curve curve) {
        curves.add(curve);
    }

    /** Marks a point. */
    public void add(Mark mark) {
        marks.add(mark);
    }

    /**
     * Writes a PNG, as a whole or not at all.
     *
     * @param file its directory exists
     * @throws IOException if it cannot be written, or Java finds no font on this machine
     */
    public void writePng(Path file) throws IOException {
        ImageCanvas canvas = new ImageCanvas(LogLogDrawing.WIDTH, LogLogDrawing.HEIGHT, PNG_SCALE);
        new LogLogDrawing(this).drawOn(canvas);
        AtomicFiles.write(file, canvas::writePng);
    }

    /**
     * Writes an SVG, as a whole or not at all.
     *
     * @param file its directory exists
     */
    public void writeSvg(Path file) throws IOException {
        AtomicFiles.write(file, out -> {
            try (SvgCanvas canvas = new SvgCanvas(out, title, LogLogDrawing.WIDTH, LogLogDrawing.HEIGHT)) {
                new LogLogDrawing(this).drawOn(canvas);
            }
        });
    }

    String title() {
        return title;
    }

    String subtitle() {
        return subtitle;
    }

    LogAxis x() {
        return x;
    }

    LogAxis y() {
        return y;
    }

    List<Curve> curves() {
        return curves;
    }

    List<Mark> marks() {
        return marks;
    }
}
