package dev.filigree.plot.chart;

import dev.filigree.plot.Canvas;
import dev.filigree.plot.Canvas.Anchor;
import dev.filigree.plot.Canvas.Stroke;
import dev.filigree.plot.Canvas.TextStyle;
import dev.filigree.plot.Drawing;
import dev.filigree.plot.chart.Chart.Curve;
import dev.filigree.plot.chart.Chart.Look;
import dev.filigree.plot.chart.Chart.Mark;
import dev.filigree.plot.chart.Chart.Whisker;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Lays out and draws a {@link Chart}. */
final class ChartDrawing implements Drawing {
    private static final double WIDTH = 900;
    private static final double HEIGHT = 560;
    private static final double HEIGHT_OF_MAP = 720;
    private static final double LEFT = 92;
    private static final double RIGHT = 28;
    private static final double BOTTOM = 62;
    private static final double TITLE_SIZE = 19;
    private static final double SUBTITLE_SIZE = 13;
    private static final double TEXT_SIZE = 14;
    private static final double LEGEND_TOP = 78;
    /** Half the width of a whisker's end. */
    private static final double CAP = 4;

    /** How far apart whiskers of different colours stand that would cover each other, where there is room. */
    private static final double SIDE_STEP = 9;

    /** Ends of curves that are nearer have no room for a name beside each other. */
    private static final double NEAR = 45;

    private static final int SOFT_INK = 0x555555;
    private static final int GRID = 0xdddddd;
    private static final int FINE_GRID = 0xf0f0f0;
    private static final int WHITE = 0xffffff;

    private final Chart chart;
    private final Legend legend;
    private final double top;
    private final double width = WIDTH - LEFT - RIGHT;
    private final double height;
    private final Axis xAxis;
    private final Axis yAxis;
    private final Map<Integer, Double> aside;

    ChartDrawing(Chart chart) {
        this.chart = chart;
        legend = new Legend(chart.curves(), LEFT, LEGEND_TOP, width);
        top = LEGEND_TOP + legend.height();
        height = height() - top - BOTTOM;
        if (chart.equalUnits() && chart.x() instanceof LinearAxis x && chart.y() instanceof LinearAxis y) {
            double unit = Math.max(x.span() / width, y.span() / height);
            xAxis = x.widenedTo(unit * width);
            yAxis = y.widenedTo(unit * height);
        } else {
            xAxis = chart.x();
            yAxis = chart.y();
        }
        aside = sideBySide();
    }

    @Override
    public double width() {
        return WIDTH;
    }

    @Override
    public double height() {
        return chart.equalUnits() ? HEIGHT_OF_MAP : HEIGHT;
    }

    @Override
    public void drawOn(Canvas canvas) throws IOException {
        canvas.text(chart.title(), LEFT, 34, TextStyle.of(TITLE_SIZE, Anchor.START).inBold());
        canvas.text(chart.subtitle(), LEFT, 56, TextStyle.of(SUBTITLE_SIZE, Anchor.START).colored(SOFT_INK));
        legend.drawOn(canvas);
        drawAxes(canvas);
        for (Whisker whisker : chart.whiskers()) {
            drawWhisker(canvas, whisker);
        }
        NotePlaces places = new NotePlaces(LEFT, top, width, height);
        for (Curve curve : chart.curves()) {
            double shift = hasDots(curve) ? aside(curve.color()) : 0;
            double[] x = Arrays.stream(curve.x()).map(value -> x(value) + shift).toArray();
            double[] y = Arrays.stream(curve.y()).map(this::y).toArray();
            CurvePen.draw(canvas, curve, x, y, false);
            places.avoid(x, y);
        }
        for (Curve curve : chart.curves()) {
            drawAlong(canvas, curve);
        }
        for (Mark mark : chart.marks()) {
            drawMark(canvas, mark);
        }
        for (Chart.Note note : chart.notes()) {
            places.draw(canvas, note, x(note.x()), y(note.y()));
        }
    }

    private void drawAxes(Canvas canvas) throws IOException {
        double bottom = top + height;
        for (double tick : xAxis.fineTicks()) {
            canvas.rectangle(Math.rint(x(tick)), top, 1, height, FINE_GRID);
        }
        for (double tick : yAxis.fineTicks()) {
            canvas.rectangle(LEFT, Math.rint(y(tick)), width, 1, FINE_GRID);
        }
        for (double tick : xAxis.ticks()) {
            canvas.rectangle(Math.rint(x(tick)), top, 1, height, GRID);
            canvas.text(xAxis.label(tick), x(tick), bottom + 20, TextStyle.of(TEXT_SIZE, Anchor.MIDDLE));
        }
        for (double tick : yAxis.ticks()) {
            canvas.rectangle(LEFT, Math.rint(y(tick)), width, 1, GRID);
            canvas.text(yAxis.label(tick), LEFT - 8, y(tick) + 5, TextStyle.of(TEXT_SIZE, Anchor.END));
        }
        canvas.rectangle(LEFT, bottom, width, 1, SOFT_INK);
        canvas.rectangle(LEFT, top, 1, height, SOFT_INK);
        canvas.text(xAxis.title(), LEFT + width / 2, height() - 16, TextStyle.of(TEXT_SIZE, Anchor.MIDDLE));
        canvas.text(yAxis.title(), 24, top + height / 2, TextStyle.of(TEXT_SIZE, Anchor.MIDDLE).rotated(-90));
    }

    private void drawWhisker(Canvas canvas, Whisker whisker) throws IOException {
        double x = x(whisker.x()) + aside(whisker.color());
        double[] ends = {y(whisker.from()), y(whisker.to())};
        Stroke stroke = new Stroke(1.2, whisker.color(), false);
        canvas.polyline(new double[]{x, x}, ends, stroke);
        for (double end : ends) {
            canvas.polyline(new double[]{x - CAP, x + CAP}, new double[]{end, end}, stroke);
        }
    }

    private static boolean hasDots(Curve curve) {
        return curve.look() == Look.DOTS || curve.look() == Look.RINGS;
    }

    /** How far to the right the whiskers and dots of a colour stand. */
    private double aside(int color) {
        return aside.getOrDefault(color, 0.0);
    }

    private Map<Integer, Double> sideBySide() {
        if (!whiskersMeet()) {
            return Map.of();
        }
        List<Integer> colors = Stream.concat(chart.whiskers().stream().map(Whisker::color),
                chart.curves().stream().filter(ChartDrawing::hasDots).map(Curve::color)).distinct().toList();
        double step = Math.min(SIDE_STEP, room() / colors.size());
        return IntStream.range(0, colors.size()).boxed()
                .collect(Collectors.toMap(colors::get, k -> step * (k - (colors.size() - 1) / 2.0)));
    }

    private boolean whiskersMeet() {
        return chart.whiskers().stream().anyMatch(a -> chart.whiskers().stream()
                .anyMatch(b -> a.x() == b.x() && a.color() != b.color() && a.from() <= b.to() && b.from() <= a.to()));
    }

    /** Between whiskers that are at different places. */
    private double room() {
        double[] places = chart.whiskers().stream().mapToDouble(whisker -> x(whisker.x())).sorted().distinct()
                .toArray();
        return IntStream.range(1, places.length).mapToDouble(k -> places[k] - places[k - 1]).min().orElse(width);
    }

    /** On a white band: other curves may pass where the text stands. */
    private void drawAlong(Canvas canvas, Curve curve) throws IOException {
        if (curve.along() == null) {
            return;
        }
        int last = curve.x().length - 1;
        double endX = endX(curve);
        double endY = endY(curve);
        double degrees = last == 0
                ? 0
                : Math.toDegrees(Math.atan2(endY - y(curve.y()[last - 1]), endX - x(curve.x()[last - 1])));
        double cos = Math.cos(Math.toRadians(degrees));
        double sin = Math.sin(Math.toRadians(degrees));
        // A rising line often ends at another: its text stands below, unless the next line is there, a level one's above.
        boolean beneath = degrees < 0 && !hasNeighbour(curve);
        double below = beneath ? SUBTITLE_SIZE + 2 : -6;
        double back = beneath ? 22 : degrees < 0 ? 44 : 8;
        double textX = endX - back * cos - below * sin;
        double textY = endY - back * sin + below * cos;
        double middle = 0.35 * SUBTITLE_SIZE;
        double length = Canvas.widthOf(curve.along(), SUBTITLE_SIZE);
        canvas.polyline(
                new double[]{textX + middle * sin - length * cos, textX + middle * sin},
                new double[]{textY - middle * cos - length * sin, textY - middle * cos},
                new Stroke(SUBTITLE_SIZE, WHITE, false));
        canvas.text(curve.along(), textX, textY,
                TextStyle.of(SUBTITLE_SIZE, Anchor.END).rotated(degrees).colored(curve.color()));
    }

    /** Whether a curve that is named along itself too ends to the right of this one, too near for both names. */
    private boolean hasNeighbour(Curve curve) {
        return chart.curves().stream()
                .anyMatch(other -> other.along() != null && endX(other) > endX(curve)
                        && Math.hypot(endX(other) - endX(curve), endY(other) - endY(curve)) < NEAR);
    }

    private double endX(Curve curve) {
        return x(curve.x()[curve.x().length - 1]);
    }

    private double endY(Curve curve) {
        return y(curve.y()[curve.y().length - 1]);
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
        return LEFT + width * xAxis.position(value);
    }

    private double y(double value) {
        return top + height * (1 - yAxis.position(value));
    }
}
