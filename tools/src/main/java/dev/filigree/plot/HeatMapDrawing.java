package dev.filigree.plot;

import dev.filigree.plot.Canvas.Anchor;
import dev.filigree.plot.Canvas.TextStyle;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** Where everything of a {@link HeatMap} goes: title above, row labels left, column labels below, colour bar right. */
final class HeatMapDrawing {
    private static final double MARGIN = 18;
    private static final double TITLE_SIZE = 15;
    private static final double TITLE_HEIGHT = 34;
    private static final double LABEL_GAP = 8;
    private static final double BAR_DISTANCE = 26;
    private static final double BAR_WIDTH = 16;
    private static final double BAR_SLICES = 128;
    private static final double TICK_SIZE = 11;
    private static final double TICK_LENGTH = 4;
    /** Columns at least this many font sizes wide have room for slanted labels side by side. */
    private static final double ROOM_FOR_SLANTED = 1.6;
    /** From the middle of a line of text down to its base line, per font size. */
    private static final double MIDDLE_TO_BASE = 0.36;

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
        scale = ColorScale.upTo(map.largest());
        // Slanted column labels reach to the left of their column, but less far than the row labels.
        left = Math.ceil(MARGIN + longestLabel + LABEL_GAP);
        top = MARGIN + TITLE_HEIGHT;
    }

    double width() {
        double tickWidth = scale.tickLabels().stream().mapToDouble(tick -> Canvas.widthOf(tick, TICK_SIZE)).max()
                .orElse(0);
        double bar = BAR_DISTANCE + BAR_WIDTH + TICK_LENGTH + 4 + tickWidth + 10 + TICK_SIZE;
        double title = 2 * MARGIN + Canvas.widthOf(map.title(), TITLE_SIZE) * 1.08; // bold is wider
        return Math.ceil(Math.max(left + side + bar + MARGIN, title));
    }

    double height() {
        double radians = Math.toRadians(turn);
        double columnLabels = longestLabel * Math.sin(radians) + labelSize * Math.cos(radians);
        return Math.ceil(top + side + LABEL_GAP + columnLabels + MARGIN);
    }

    void drawOn(Canvas canvas) throws IOException {
        canvas.text(map.title(), MARGIN, MARGIN + TITLE_SIZE, TextStyle.of(TITLE_SIZE, Anchor.START).inBold());
        drawLabels(canvas);
        drawCells(canvas);
        drawBar(canvas);
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

    private void drawBar(Canvas canvas) throws IOException {
        double x = left + side + BAR_DISTANCE;
        double slice = side / BAR_SLICES;
        for (int i = 0; i < BAR_SLICES; i++) {
            // Each slice reaches to the bottom, the next one covers it: no seam whatever the rounding.
            canvas.rectangle(x, top + i * slice, BAR_WIDTH, side - i * slice,
                    Palette.color(1 - (i + 0.5) / BAR_SLICES));
        }
        List<String> ticks = scale.tickLabels();
        double widest = 0;
        for (int i = 0; i < ticks.size(); i++) {
            double y = top + side * (1 - (double) i / (ticks.size() - 1));
            canvas.rectangle(x + BAR_WIDTH, y - 0.5, TICK_LENGTH, 1, 0x222222);
            canvas.text(ticks.get(i), x + BAR_WIDTH + TICK_LENGTH + 4, y + TICK_SIZE * MIDDLE_TO_BASE,
                    TextStyle.of(TICK_SIZE, Anchor.START));
            widest = Math.max(widest, Canvas.widthOf(ticks.get(i), TICK_SIZE));
        }
        canvas.text(map.scaleTitle(), x + BAR_WIDTH + TICK_LENGTH + 4 + widest + 8 + TICK_SIZE / 2, top + side / 2,
                TextStyle.of(TICK_SIZE, Anchor.MIDDLE).rotated(-90));
    }
}
