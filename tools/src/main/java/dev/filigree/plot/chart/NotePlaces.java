package dev.filigree.plot.chart;

import dev.filigree.plot.Canvas;
import dev.filigree.plot.Canvas.Anchor;
import dev.filigree.plot.Canvas.TextStyle;
import dev.filigree.plot.chart.Chart.Note;
import java.awt.geom.Line2D;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Finds a place for each text beside its point where it covers least of curves, points and the texts before it. */
final class NotePlaces {
    private static final double SIZE = 11;
    private static final double ABOVE_BASE = 0.78 * SIZE;
    private static final double BELOW_BASE = 0.22 * SIZE;
    private static final double[] DISTANCES = {11, 18};
    private static final double NEAR = 7.5;
    private static final int DIRECTIONS = 8;
    /** The estimated width has slack, which is not needed here. */
    private static final double WIDTH_NEEDED = 0.92;

    private static final double COVERED_TEXT = 100;
    private static final double NEAR_POINT = 4;
    private static final double COVERED_LINE = 1;
    private static final double FARTHER_AWAY = 0.5;

    private final Rectangle2D frame;
    private final List<Point2D> points = new ArrayList<>();
    private final List<Line2D> lines = new ArrayList<>();
    private final List<Rectangle2D> texts = new ArrayList<>();

    /** A text at a place: its box and what it covers. */
    private record Place(Rectangle2D box, double cost) {}

    NotePlaces(double left, double top, double width, double height) {
        frame = new Rectangle2D.Double(left, top, width, height);
    }

    /** A curve that texts had better not cover. */
    void avoid(double[] x, double[] y) {
        for (int i = 0; i < x.length; i++) {
            points.add(new Point2D.Double(x[i], y[i]));
            if (i > 0) {
                lines.add(new Line2D.Double(x[i - 1], y[i - 1], x[i], y[i]));
            }
        }
    }

    /** Draws the note at its best place, or leaves it away if that is taken and the note is not needed. */
    void draw(Canvas canvas, Note note, double x, double y) throws IOException {
        Place best = best(x, y, Canvas.widthOf(note.text(), SIZE) * WIDTH_NEEDED);
        if (best.cost() < COVERED_TEXT || note.needed()) {
            texts.add(best.box());
            canvas.text(note.text(), best.box().getCenterX(), best.box().getMaxY() - BELOW_BASE,
                    TextStyle.of(SIZE, Anchor.MIDDLE).colored(note.color()));
        }
    }

    private Place best(double x, double y, double width) {
        Place best = null;
        for (double distance : DISTANCES) {
            for (int direction = 0; direction < DIRECTIONS; direction++) {
                double radians = 2 * Math.PI * direction / DIRECTIONS;
                double height = ABOVE_BASE + BELOW_BASE;
                double middleX = x + Math.cos(radians) * distance + Math.rint(Math.cos(radians)) * width / 2;
                double middleY = y - Math.sin(radians) * distance - Math.rint(Math.sin(radians)) * height / 2;
                Rectangle2D box = new Rectangle2D.Double(middleX - width / 2, middleY - height / 2, width, height);
                double cost = cost(box) + (distance == DISTANCES[0] ? 0 : FARTHER_AWAY);
                if (best == null || cost < best.cost()) {
                    best = new Place(box, cost);
                }
            }
        }
        return Objects.requireNonNull(best);
    }

    private double cost(Rectangle2D box) {
        // A text that is close to another point seems to belong there. Its own lies farther away.
        Rectangle2D near = new Rectangle2D.Double(box.getX() - NEAR, box.getY() - NEAR, box.getWidth() + 2 * NEAR,
                box.getHeight() + 2 * NEAR);
        return (frame.contains(box) ? 0 : COVERED_TEXT)
                + COVERED_TEXT * texts.stream().filter(box::intersects).count()
                + NEAR_POINT * points.stream().filter(near::contains).count()
                + COVERED_LINE * lines.stream().filter(box::intersectsLine).count();
    }
}
