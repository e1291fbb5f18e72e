package dev.filigree.plot.chart;

import dev.filigree.plot.Canvas;
import dev.filigree.plot.Canvas.Stroke;
import dev.filigree.plot.chart.Chart.Curve;
import dev.filigree.plot.chart.Chart.Look;
import java.io.IOException;

/** Draws curves whose points are pixels. */
final class CurvePen {
    private static final double DOT = 4;
    private static final double SMALL_DOT = 2.2;
    private static final double LARGE_DOT = 5.5;
    private static final int WHITE = 0xffffff;

    private CurvePen() {}

    /**
     * Draws line and points.
     *
     * @param sample whether this is the sample of a legend: a point in the middle of the line stands for all
     */
    static void draw(Canvas canvas, Curve curve, double[] x, double[] y, boolean sample) throws IOException {
        double thickness = switch (curve.look()) {
            case FAINT -> 0.8;
            case LINE -> 1.5;
            case PATH -> 1.8;
            case DOTS, RINGS, DASHES -> 2.2;
        };
        if (x.length > 1) {
            canvas.polyline(x, y, new Stroke(thickness, curve.color(), curve.look() == Look.DASHES));
        }
        boolean middleOnly = sample && curve.look() != Look.PATH;
        for (int i = middleOnly ? 1 : 0; i < (middleOnly ? 2 : x.length); i++) {
            drawPoint(canvas, curve, x, y, i);
        }
    }

    private static void drawPoint(Canvas canvas, Curve curve, double[] x, double[] y, int i) throws IOException {
        Stroke border = new Stroke(1.8, curve.color(), false);
        switch (curve.look()) {
            case DOTS -> canvas.circle(x[i], y[i], DOT, curve.color(), border);
            case RINGS -> canvas.circle(x[i], y[i], DOT, WHITE, border);
            case PATH -> {
                boolean end = i == x.length - 1;
                boolean start = i == 0 && !end;
                canvas.circle(x[i], y[i], end ? LARGE_DOT : start ? DOT : SMALL_DOT,
                        start ? WHITE : curve.color(), border);
            }
            case DASHES, LINE, FAINT -> {
                // The line says all.
            }
        }
    }
}
