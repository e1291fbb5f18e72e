package dev.filigree.plot.heat;

import dev.filigree.plot.Canvas;
import dev.filigree.plot.Canvas.Anchor;
import dev.filigree.plot.Canvas.TextStyle;
import dev.filigree.plot.Drawing;
import dev.filigree.plot.heat.HeatGrid.Panel;
import dev.filigree.plot.heat.HeatGrid.Row;
import java.io.IOException;
import java.util.List;

/** Where everything of a {@link HeatGrid} goes: titles above and left, panels of one width, the colour bar right. */
final class HeatGridDrawing implements Drawing {
    private static final double MARGIN = 18;
    private static final double TITLE_SIZE = 18;
    private static final double SUBTITLE_SIZE = 13;
    private static final double TEXT_SIZE = 13;
    private static final double HEADINGS = 86;
    private static final double GAP = 10;
    private static final double CAPTION = 24;
    private static final double WANTED_WIDTH = 760;
    private static final double LARGEST_PANEL = 300;

    private final HeatGrid grid;
    private final ColorScale scale;
    private final ColorBar bar;
    private final double left;
    private final double panelWidth;
    private final double[] tops;

    HeatGridDrawing(HeatGrid grid) {
        this.grid = grid;
        scale = grid.colors();
        double longest = grid.rows().stream().mapToDouble(row -> Canvas.widthOf(row.title(), TEXT_SIZE)).max()
                .orElse(0);
        left = Math.ceil(MARGIN + longest + (longest == 0 ? 0 : GAP));
        int columns = grid.columnTitles().size();
        panelWidth = Math.floor(Math.min(LARGEST_PANEL, (WANTED_WIDTH - GAP * (columns - 1)) / columns));
        tops = new double[grid.rows().size() + 1];
        tops[0] = HEADINGS;
        for (int r = 0; r < grid.rows().size(); r++) {
            double height = grid.rows().get(r).panels().stream().mapToDouble(this::height).max().orElse(0);
            tops[r + 1] = tops[r] + height + CAPTION;
        }
        double right = left + columns * (panelWidth + GAP) - GAP;
        bar = new ColorBar(scale, grid.scaleTitle(), null, right, HEADINGS, tops[tops.length - 1] - HEADINGS - CAPTION);
    }

    /** Cells are squares. */
    private double height(Panel panel) {
        return Math.rint(panelWidth * panel.values().length / panel.values()[0].length);
    }

    @Override
    public double width() {
        double headings = Math.max(Canvas.widthOf(grid.title(), TITLE_SIZE) * 1.08, // bold is wider
                Canvas.widthOf(grid.subtitle(), SUBTITLE_SIZE));
        return Math.ceil(Math.max(bar.right(), MARGIN + headings) + MARGIN);
    }

    @Override
    public double height() {
        return Math.ceil(tops[tops.length - 1] + MARGIN);
    }

    @Override
    public void drawOn(Canvas canvas) throws IOException {
        canvas.text(grid.title(), MARGIN, MARGIN + TITLE_SIZE * 0.8, TextStyle.of(TITLE_SIZE, Anchor.START).inBold());
        canvas.text(grid.subtitle(), MARGIN, MARGIN + TITLE_SIZE * 0.8 + 20,
                TextStyle.of(SUBTITLE_SIZE, Anchor.START).colored(HeatMapDrawing.SOFT_INK));
        for (int c = 0; c < grid.columnTitles().size(); c++) {
            canvas.text(grid.columnTitles().get(c), x(c) + panelWidth / 2, HEADINGS - 8,
                    TextStyle.of(TEXT_SIZE, Anchor.MIDDLE));
        }
        List<Row> rows = grid.rows();
        for (int r = 0; r < rows.size(); r++) {
            double middle = (tops[r] + tops[r + 1] - CAPTION) / 2;
            canvas.text(rows.get(r).title(), left - GAP, middle + TEXT_SIZE * HeatMapDrawing.MIDDLE_TO_BASE,
                    TextStyle.of(TEXT_SIZE, Anchor.END));
            for (int c = 0; c < rows.get(r).panels().size(); c++) {
                draw(canvas, rows.get(r).panels().get(c), x(c), tops[r]);
            }
        }
        bar.drawOn(canvas);
    }

    private double x(int column) {
        return left + column * (panelWidth + GAP);
    }

    private void draw(Canvas canvas, Panel panel, double x, double y) throws IOException {
        double[][] values = panel.values();
        double cell = panelWidth / values[0].length;
        for (int i = 0; i < values.length; i++) {
            for (int j = 0; j < values[i].length; j++) {
                // Whole pixels: no seam between neighbours.
                double cellX = Math.rint(x + j * cell);
                double cellY = Math.rint(y + i * cell);
                canvas.rectangle(cellX, cellY, Math.rint(x + (j + 1) * cell) - cellX,
                        Math.rint(y + (i + 1) * cell) - cellY, scale.color(values[i][j]));
            }
        }
        canvas.text(panel.caption(), x + panelWidth / 2, y + height(panel) + TEXT_SIZE + 2,
                TextStyle.of(TEXT_SIZE - 1, Anchor.MIDDLE).colored(HeatMapDrawing.SOFT_INK));
    }
}
