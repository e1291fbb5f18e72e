package dev.filigree.plot;

import dev.filigree.plot.Canvas.Anchor;
import dev.filigree.plot.Canvas.Stroke;
import dev.filigree.plot.Canvas.TextStyle;
import dev.filigree.plot.LogLogChart.Curve;
import dev.filigree.plot.LogLogChart.Look;
import dev.filigree.plot.LogLogChart.Mark;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Lays out and draws a {@link LogLogChart}. */
final class LogLogDrawing {
    static final double WIDTH = 900;
    static final double HEIGHT = 560;

    private static final double LEFT = 92;
    private static final double RIGHT = 28;
    private static final double BOTTOM = 62;
    private static final double TITLE_SIZE = 19;
    private static final double SUBTITLE_SIZE = 13;
    private static final double TEXT_SIZE = 14;
    private static final double LEGEND_SIZE = 13;
    private static final double LEGEND_TOP = 78;
    private static final double LEGEND_LINE = 22;
    private static final double LEGEND_SAMPLE = 28;
    private static final double LEGEND_GAP = 16;
    private static final double DOT = 4;
    private static final int SOFT_INK = 0x555555;
    private static final int GRID = 0xdddddd;
    private static final int FINE_GRID = 0xf0f0f0;
    private static final int WHITE = 0xffffff;

    private final LogLogChart chart;
    private final List<List<Curve>> legend;
    private final double top;
    private final double width = WIDTH - LEFT - RIGHT;
    private final double height;

    LogLogDrawing(LogLogChart chart) {
        this.chart = chart;
        legend = legendLines();
        top = LEGEND_TOP + LEGEND_LINE * legend.size();
        height = HEIGHT - top - BOTTOM;
    }

    void drawOn(Canvas canvas) throws IOException {
        canvas.text(chart.title(), LEFT, 34, TextStyle.of(TITLE_SIZE, Anchor.START).inBold());
        canvas.text(chart.subtitle(), LEFT, 56, TextStyle.of(SUBTITLE_SIZE, Anchor.START).colored(SOFT_INK));
        drawLegend(canvas);
        drawAxes(canvas);
        for (Curve curve : chart.curves()) {
            drawCurve(canvas, curve);
        }
        for (Mark mark : chart.marks()) {
            drawMark(canvas, mark);
        }
    }

    /** As many names in a line as have room. */
    private List<List<Curve>> legendLines() {
        List<List<Curve>> lines = new ArrayList<>();
        double used = Double.POSITIVE_INFINITY;
        for (Curve curve : chart.curves()) {
            if (curve.name() != null) {
                double needed = legendWidth(curve);
                if (used + needed > width + LEGEND_GAP) {
                    lines.add(new ArrayList<>());
                    used = 0;
                }
                lines.getLast().add(curve);
                used += needed;
            }
        }
        return lines;
    }

    private static double legendWidth(Curve curve) {
        return LEGEND_SAMPLE + 8 + Canvas.widthOf(String.valueOf(curve.name()), LEGEND_SIZE) + LEGEND_GAP;
    }

    private void drawLegend(Canvas canvas) throws IOException {
        double y = LEGEND_TOP;
        for (List<Curve> line : legend) {
            double x = LEFT;
            for (Curve curve : line) {
                drawLine(canvas, curve, new double[]{x, x + LEGEND_SAMPLE}, new double[]{y, y});
                drawPoint(canvas, curve, x + LEGEND_SAMPLE / 2, y);
                canvas.text(String.valueOf(curve.name()), x + LEGEND_SAMPLE + 8, y + 5,
                        TextStyle.of(LEGEND_SIZE, Anchor.START));
                x += legendWidth(curve);
            }
            y += LEGEND_LINE;
        }
    }

    private void drawAxes(Canvas canvas) throws IOException {
        double bottom = top + height;
        for (double tick : chart.x().ticks(1, 2, 3, 4, 5, 6, 7, 8, 9)) {
            canvas.rectangle(Math.rint(x(tick)), top, 1, height, FINE_GRID);
        }
        for (double tick : chart.y().ticks(1, 2, 3, 4, 5, 6, 7, 8, 9)) {
            canvas.rectangle(LEFT, Math.rint(y(tick)), width, 1, FINE_GRID);
        }
        for (double tick : ticks(chart.x())) {
            canvas.rectangle(Math.rint(x(tick)), top, 1, height, GRID);
            canvas.text(chart.x().label().apply(tick), x(tick), bottom + 20, TextStyle.of(TEXT_SIZE, Anchor.MIDDLE));
        }
        for (double tick : ticks(chart.y())) {
            canvas.rectangle(LEFT, Math.rint(y(tick)), width, 1, GRID);
            canvas.text(chart.y().label().apply(tick), LEFT - 8, y(tick) + 5, TextStyle.of(TEXT_SIZE, Anchor.END));
        }
        canvas.rectangle(LEFT, bottom, width, 1, SOFT_INK);
        canvas.rectangle(LEFT, top, 1, height, SOFT_INK);
        canvas.text(chart.x().title(), LEFT + width / 2, HEIGHT - 16, TextStyle.of(TEXT_SIZE, Anchor.MIDDLE));
        canvas.text(chart.y().title(), 24, top + height / 2, TextStyle.of(TEXT_SIZE, Anchor.MIDDLE).rotated(-90));
    }

    /** Powers of ten, and what lies between where they are few. */
    private static List<Double> ticks(LogAxis axis) {
        List<Double> decades = axis.ticks(1);
        return decades.size() >= 3 ? decades : axis.ticks(1, 2, 5);
    }

    private void drawCurve(Canvas canvas, Curve curve) throws IOException {
        double[] x = new double[curve.x().length];
        double[] y = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            x[i] = x(curve.x()[i]);
            y[i] = y(curve.y()[i]);
        }
        drawLine(canvas, curve, x, y);
        for (int i = 0; i < x.length; i++) {
            drawPoint(canvas, curve, x[i], y[i]);
        }
        if (curve.along() != null) {
            int last = x.length - 1;
            double degrees = last == 0 ? 0 : Math.toDegrees(Math.atan2(y[last] - y[last - 1], x[last] - x[last - 1]));
            double radians = Math.toRadians(degrees);
            // A rising line often ends at another: its text stands below, a level one's above.
            double below = degrees < 0 ? SUBTITLE_SIZE + 2 : -6;
            double back = degrees < 0 ? 22 : 8;
            canvas.text(curve.along(), x[last] - back * Math.cos(radians) - below * Math.sin(radians),
                    y[last] - back * Math.sin(radians) + below * Math.cos(radians),
                    TextStyle.of(SUBTITLE_SIZE, Anchor.END).rotated(degrees).colored(curve.color()));
        }
    }

    private static void drawLine(Canvas canvas, Curve curve, double[] x, double[] y) throws IOException {
        double thickness = curve.look() == Look.LINE ? 1.5 : 2.2;
        canvas.polyline(x, y, new Stroke(thickness, curve.color(), curve.look() == Look.DASHES));
    }

    private static void drawPoint(Canvas canvas, Curve curve, double x, double y) throws IOException {
        if (curve.look() == Look.DOTS || curve.look() == Look.RINGS) {
            canvas.circle(x, y, DOT, curve.look() == Look.DOTS ? curve.color() : WHITE,
                    new Stroke(1.8, curve.color(), false));
        }
    }

    /** The text stands to the lower right, where a rising curve leaves room, or to the left near the edge. */
    private void drawMark(Canvas canvas, Mark mark) throws IOException {
        double x = x(mark.x());
        double y = y(mark.y());
        canvas.circle(x, y, 8, WHITE, new Stroke(2.5, mark.color(), false));
        canvas.circle(x, y, 3, mark.color(), new Stroke(1, mark.color(), false));
        boolean room = x + 10 + Canvas.widthOf(mark.text(), TEXT_SIZE) < LEFT + width + RIGHT;
        canvas.text(mark.text(), room ? x + 10 : WIDTH - 4, y + 24,
                TextStyle.of(TEXT_SIZE, room ? Anchor.START : Anchor.END).inBold().colored(mark.color()));
    }

    private double x(double value) {
        return LEFT + width * chart.x().position(value);
    }

    private double y(double value) {
        return top + height * (1 - chart.y().position(value));
    }
}
