package dev.filigree.plot.chart;

import dev.filigree.plot.Canvas;
import dev.filigree.plot.Canvas.Anchor;
import dev.filigree.plot.Canvas.TextStyle;
import dev.filigree.plot.chart.Chart.Curve;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The names of the curves, as many in a line as have room. */
final class Legend {
    private static final double SIZE = 13;
    private static final double LINE = 22;
    private static final double SAMPLE = 28;
    /** Room for the points at the ends of a sample. */
    private static final double INSET = 3;
    private static final double GAP = 16;

    private final double left;
    private final double top;
    private final List<List<Curve>> lines = new ArrayList<>();

    /**
     * Lays it out.
     *
     * @param top middle of the first line
     */
    Legend(List<Curve> curves, double left, double top, double width) {
        this.left = left;
        this.top = top;
        double used = Double.POSITIVE_INFINITY;
        for (Curve curve : curves) {
            if (curve.name() != null) {
                double needed = width(curve);
                if (used + needed > width + GAP) {
                    lines.add(new ArrayList<>());
                    used = 0;
                }
                lines.getLast().add(curve);
                used += needed;
            }
        }
    }

    double height() {
        return LINE * lines.size();
    }

    private static double width(Curve curve) {
        return SAMPLE + 8 + Canvas.widthOf(String.valueOf(curve.name()), SIZE) + GAP;
    }

    void drawOn(Canvas canvas) throws IOException {
        double y = top;
        for (List<Curve> line : lines) {
            double x = left;
            for (Curve curve : line) {
                CurvePen.draw(canvas, curve, new double[]{x + INSET, x + SAMPLE / 2, x + SAMPLE - INSET},
                        new double[]{y, y, y}, true);
                canvas.text(String.valueOf(curve.name()), x + SAMPLE + 8, y + 5, TextStyle.of(SIZE, Anchor.START));
                x += width(curve);
            }
            y += LINE;
        }
    }
}
