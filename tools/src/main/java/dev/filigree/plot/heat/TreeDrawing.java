package dev.filigree.plot.heat;

import dev.filigree.analysis.Dendrogram;
import dev.filigree.analysis.Dendrogram.Merge;
import dev.filigree.plot.Canvas;
import dev.filigree.plot.Canvas.Anchor;
import dev.filigree.plot.Canvas.Stroke;
import dev.filigree.plot.Canvas.TextStyle;
import dev.filigree.plot.heat.HeatMap.Reference;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A tree whose leaves stand above the columns of a matrix, with a scale of heights at its left. */
final class TreeDrawing {
    /** Room the scale takes on the left. */
    static final double LEFT = 44;

    private static final double TICK_SIZE = 10;
    private static final double TICK_LENGTH = 4;
    private static final double SCALE_GAP = 6;
    private static final int INK = 0x333333;
    private static final Stroke BRANCH = new Stroke(1.3, INK, false);

    private final Dendrogram tree;
    private final @Nullable Reference reference;
    private final double left;
    private final double top;
    private final double cell;
    private final double height;
    private final ColorScale scale;

    TreeDrawing(Dendrogram tree, @Nullable Reference reference, double left, double top, double cell, double height) {
        this.tree = tree;
        this.reference = reference;
        this.left = left;
        this.top = top;
        this.cell = cell;
        this.height = height;
        double highest = tree.merges().stream().mapToDouble(Merge::height).max().orElse(0);
        scale = ColorScale.upTo(reference == null ? highest : Math.max(highest, reference.to()));
    }

    void drawOn(Canvas canvas) throws IOException {
        drawScale(canvas);
        if (reference != null) {
            double y = y((reference.from() + reference.to()) / 2);
            canvas.polyline(new double[]{left, left + cell * tree.leaves()}, new double[]{y, y},
                    new Stroke(1, HeatMapDrawing.SOFT_INK, true));
        }
        double[] x = new double[tree.leaves() + tree.merges().size()];
        List<Integer> order = tree.leafOrder();
        for (int position = 0; position < order.size(); position++) {
            x[order.get(position)] = left + (position + 0.5) * cell;
        }
        for (int k = 0; k < tree.merges().size(); k++) {
            Merge merge = tree.merges().get(k);
            double from = x[merge.left()];
            double to = x[merge.right()];
            double y = y(merge.height());
            canvas.polyline(new double[]{from, from, to, to},
                    new double[]{y(tree.height(merge.left())), y, y, y(tree.height(merge.right()))}, BRANCH);
            x[tree.leaves() + k] = (from + to) / 2;
        }
    }

    private void drawScale(Canvas canvas) throws IOException {
        double x = left - SCALE_GAP;
        canvas.rectangle(x, top, 1, height, INK);
        List<String> ticks = scale.tickLabels();
        for (int i = 0; i < ticks.size(); i++) {
            double y = y(i * scale.step().size());
            canvas.rectangle(x - TICK_LENGTH, y - 0.5, TICK_LENGTH, 1, INK);
            canvas.text(ticks.get(i), x - TICK_LENGTH - 3, y + TICK_SIZE * HeatMapDrawing.MIDDLE_TO_BASE,
                    TextStyle.of(TICK_SIZE, Anchor.END));
        }
    }

    private double y(double value) {
        return top + height * (1 - value / scale.top());
    }
}
