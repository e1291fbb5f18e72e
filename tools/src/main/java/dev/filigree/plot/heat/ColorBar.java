package dev.filigree.plot.heat;

import dev.filigree.plot.Canvas;
import dev.filigree.plot.Canvas.Anchor;
import dev.filigree.plot.Canvas.Stroke;
import dev.filigree.plot.Canvas.TextStyle;
import dev.filigree.plot.Palette;
import dev.filigree.plot.heat.HeatMap.Reference;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the colours mean: a bar with ticks on its right, and on its left a dot at the value to compare with. */
final class ColorBar {
    private static final double DISTANCE = 26;
    private static final double WIDTH = 16;
    private static final double SLICES = 128;
    private static final double TICK_SIZE = 11;
    private static final double TICK_LENGTH = 4;
    private static final double DOT = 3;
    private static final int INK = 0x222222;

    private final ColorScale scale;
    private final String title;
    private final @Nullable Reference reference;
    private final double x;
    private final double top;
    private final double height;
    private final double widestTick;

    /**
     * A bar.
     *
     * @param left what it stands beside ends there
     */
    ColorBar(ColorScale scale, String title, @Nullable Reference reference, double left, double top, double height) {
        this.scale = scale;
        this.title = title;
        this.reference = reference;
        x = left + DISTANCE;
        this.top = top;
        this.height = height;
        widestTick = scale.tickLabels().stream().mapToDouble(tick -> Canvas.widthOf(tick, TICK_SIZE)).max().orElse(0);
    }

    double right() {
        return titleX() + TICK_SIZE / 2;
    }

    private double titleX() {
        return x + WIDTH + TICK_LENGTH + 4 + widestTick + 8 + TICK_SIZE / 2;
    }

    void drawOn(Canvas canvas) throws IOException {
        double slice = height / SLICES;
        for (int i = 0; i < SLICES; i++) {
            // Each slice reaches to the bottom, the next one covers it: no seam whatever the rounding.
            canvas.rectangle(x, top + i * slice, WIDTH, height - i * slice, Palette.color(1 - (i + 0.5) / SLICES));
        }
        List<String> ticks = scale.tickLabels();
        for (int i = 0; i < ticks.size(); i++) {
            double y = top + height * (1 - (double) i / (ticks.size() - 1));
            canvas.rectangle(x + WIDTH, y - 0.5, TICK_LENGTH, 1, INK);
            canvas.text(ticks.get(i), x + WIDTH + TICK_LENGTH + 4, y + TICK_SIZE * HeatMapDrawing.MIDDLE_TO_BASE,
                    TextStyle.of(TICK_SIZE, Anchor.START));
        }
        canvas.text(title, titleX(), top + height / 2, TextStyle.of(TICK_SIZE, Anchor.MIDDLE).rotated(-90));
        if (reference != null) {
            Stroke stroke = new Stroke(1.2, INK, false);
            double dot = x - 2 * DOT;
            canvas.polyline(new double[]{dot, dot}, new double[]{y(reference.from()), y(reference.to())}, stroke);
            canvas.circle(dot, y((reference.from() + reference.to()) / 2), DOT, INK, stroke);
        }
    }

    private double y(double value) {
        return top + height * (1 - value / scale.top());
    }
}
