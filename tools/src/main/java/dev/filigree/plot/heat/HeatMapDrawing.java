package dev.filigree.plot.heat;

import dev.filigree.analysis.Dendrogram;
import dev.filigree.plot.Canvas;
import dev.filigree.plot.Canvas.Anchor;
import dev.filigree.plot.Canvas.TextStyle;
import dev.filigree.plot.Drawing;
import dev.filigree.plot.Palette;
import dev.filigree.plot.heat.HeatMap.Reference;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where everything of a {@link HeatMap} goes: title and tree above, row labels left, column labels below, colour bar
 * right.
 */
final class HeatMapDrawing implements Drawing {
    private static final double MARGIN = 18;
    private static final double TITLE_SIZE = 15;
    private static final double TITLE_HEIGHT = 34;
    private static final double SUBTITLE_SIZE = 11;
    private static final double SUBTITLE_HEIGHT = 17;
    private static final double TREE_HEIGHT = 120;
    private static final double LABEL_GAP = 8;
    /** Columns at least this many font sizes wide have room for slanted labels side by side. */
    private static final double ROOM_FOR_SLANTED = 1.6;
    /** From the middle of a line of text down to its base line, per font size. */
    static final double MIDDLE_TO_BASE = 0.36;
    static final int SOFT_INK = 0x555555;

    private static final int MOST_WITH_VALUES = 40;
    private static final double SMALLEST_CELL_WITH_VALUES = 26;
    private static final double SMALLEST_CELL = 9;
    private static final double LARGEST_CELL = 88;
    private static final double WANTED_SIDE = 760;
    private static final double THREE_DECIMALS_FROM = 44;

    private final HeatMap map;
    private final int size;
    private final double cell;
    private final double labelSize;
    private final double longestLabel;
    /** How far column labels turn: 0 if they fit between their neighbours, else 45 or 90. */
    private final double turn;
    private final ColorScale scale;
    private final ColorBar bar;
    private final @Nullable TreeDrawing tree;
    private final double left;
    private final double top;
    private final double side;

    HeatMapDrawing(HeatMap map) {
        this.map = map;
        size = map.labels().size();
        double smallest = size <= MOST_WITH_VALUES ? SMALLEST_CELL_WITH_VALUES : SMALLEST_CELL;
        cell = Math.rint(Math.clamp(WANTED_SIDE / size, smallest, LARGEST_CELL));
        side = cell * size;
        labelSize = Math.clamp(cell * 0.7, 7, 12);
        longestLabel = map.labels().stream().mapToDouble(label -> Canvas.widthOf(label, labelSize)).max().orElse(0);
        turn = longestLabel <= cell - 4 ? 0 : cell >= ROOM_FOR_SLANTED * labelSize ? 45 : 90;
        scale = map.colors();
        Dendrogram dendrogram = map.tree();
        // Slanted column labels reach to the left of their column, but less far than the row labels.
        left = Math.ceil(MARGIN + Math.max(longestLabel + LABEL_GAP, dendrogram == null ? 0 : TreeDrawing.LEFT));
        double headings = MARGIN + TITLE_HEIGHT + (map.reference() == null ? 0 : SUBTITLE_HEIGHT);
        tree = dendrogram == null
                ? null
                : new TreeDrawing(dendrogram, map.reference(), left, headings, cell, TREE_HEIGHT);
        top = headings + (tree == null ? 0 : TREE_HEIGHT + LABEL_GAP);
        bar = new ColorBar(scale, map.scaleTitle(), map.reference(), left + side, top, side);
    }

    @Override
    public double width() {
        double headings = Math.max(Canvas.widthOf(map.title(), TITLE_SIZE) * 1.08, // bold is wider
                Canvas.widthOf(subtitle(), SUBTITLE_SIZE));
        return Math.ceil(Math.max(bar.right(), MARGIN + headings) + MARGIN);
    }

    @Override
    public double height() {
        double radians = Math.toRadians(turn);
        double columnLabels = longestLabel * Math.sin(radians) + labelSize * Math.cos(radians);
        return Math.ceil(top + side + LABEL_GAP + columnLabels + MARGIN);
    }

    private String subtitle() {
        Reference reference = map.reference();
        if (reference == null) {
            return "";
        }
        String from = String.format(Locale.ROOT, "%.3f", reference.from());
        String to = String.format(Locale.ROOT, "%.3f", reference.to());
        return "%s: %s (● at the scale)".formatted(reference.text(), from.equals(to) ? from : from + " to " + to);
    }

    @Override
    public void drawOn(Canvas canvas) throws IOException {
        canvas.text(map.title(), MARGIN, MARGIN + TITLE_SIZE, TextStyle.of(TITLE_SIZE, Anchor.START).inBold());
        if (map.reference() != null) {
            canvas.text(subtitle(), MARGIN, MARGIN + TITLE_SIZE + SUBTITLE_HEIGHT,
                    TextStyle.of(SUBTITLE_SIZE, Anchor.START).colored(SOFT_INK));
        }
        if (tree != null) {
            tree.drawOn(canvas);
        }
        drawLabels(canvas);
        drawCells(canvas);
        bar.drawOn(canvas);
    }

    private void drawLabels(Canvas canvas) throws IOException {
        TextStyle rowStyle = TextStyle.of(labelSize, Anchor.END);
        TextStyle columnStyle = turn == 0
                ? TextStyle.of(labelSize, Anchor.MIDDLE)
                : rowStyle.rotated(-turn);
        // The middle of a turned label's end, not its base line, belongs under the middle of the column.
        double shift = turn == 0 ? 0 : labelSize * MIDDLE_TO_BASE * Math.sin(Math.toRadians(turn));
        double down = turn == 0 ? labelSize * 0.8 : labelSize * MIDDLE_TO_BASE * Math.cos(Math.toRadians(turn));
        for (int i = 0; i < size; i++) {
            String label = map.labels().get(i);
            double middle = (i + 0.5) * cell;
            canvas.text(label, left - LABEL_GAP, top + middle + labelSize * MIDDLE_TO_BASE, rowStyle);
            canvas.text(label, left + middle + shift, top + side + LABEL_GAP + down, columnStyle);
        }
    }

    private void drawCells(Canvas canvas) throws IOException {
        boolean withValues = size <= MOST_WITH_VALUES;
        double gap = cell >= SMALLEST_CELL_WITH_VALUES ? 1 : 0;
        int decimals = cell >= THREE_DECIMALS_FROM ? 3 : 2;
        double valueSize = Math.clamp(cell / (0.62 * (decimals + 2)) * 0.8, 6, 13);
        for (int row = 0; row < size; row++) {
            for (int column = 0; column < size; column++) {
                double value = map.value(row, column);
                double x = left + column * cell;
                double y = top + row * cell;
                int color = scale.color(value);
                canvas.rectangle(x, y, cell - gap, cell - gap, color);
                if (withValues) {
                    String text = value == 0 ? "0" : String.format(Locale.ROOT, "%." + decimals + "f", value);
                    canvas.text(text, x + (cell - gap) / 2, y + (cell - gap) / 2 + valueSize * MIDDLE_TO_BASE,
                            TextStyle.of(valueSize, Anchor.MIDDLE).colored(Palette.inkOn(color)));
                }
            }
        }
    }
}
