package dev.filigree.plot.heat;

import dev.filigree.plot.Drawing;
import dev.filigree.plot.Picture;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Matrices in rows and columns, coloured on one scale so that they can be compared. */
public final class HeatGrid extends Picture {
    private final String title;
    private final String subtitle;
    private final List<String> columnTitles;
    private final List<Row> rows;
    private final String scaleTitle;
    private final @Nullable Double top;

    /**
     * A matrix.
     *
     * @param values {@code [row][column]}, 0 or more, row 0 at the top; all rows have the same length
     * @param caption stands below
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Panel(double[][] values, String caption) {
        /** Checks the values. */
        public Panel {
            if (values.length == 0 || values[0].length == 0
                    || Stream.of(values).anyMatch(row -> row.length != values[0].length)
                    || Stream.of(values).flatMapToDouble(Arrays::stream).anyMatch(value -> !(value >= 0))) {
                throw new IllegalArgumentException("expected a rectangle of numbers, 0 or more");
            }
        }
    }

    /** Panels side by side, one per column. */
    public record Row(String title, List<Panel> panels) {
        /** Copies the list. */
        public Row {
            panels = List.copyOf(panels);
        }
    }

    /**
     * A grid.
     *
     * @param columnTitles one per column
     * @param rows one or more
     * @param scaleTitle what the values are
     * @param top upper end of the colours at least; null for the largest value
     * @throws IllegalArgumentException if a row has another number of panels than there are columns
     */
    public HeatGrid(String title, String subtitle, List<String> columnTitles, List<Row> rows, String scaleTitle,
            @Nullable Double top) {
        for (Row row : rows) {
            if (row.panels().size() != columnTitles.size()) {
                throw new IllegalArgumentException("row '%s' has %d panels, expected %d, one per column"
                        .formatted(row.title(), row.panels().size(), columnTitles.size()));
            }
        }
        this.title = printable(title);
        this.subtitle = printable(subtitle);
        this.columnTitles = columnTitles.stream().map(Picture::printable).toList();
        this.rows = List.copyOf(rows);
        this.scaleTitle = printable(scaleTitle);
        this.top = top;
    }

    @Override
    protected String title() {
        return title;
    }

    @Override
    protected Drawing drawing() {
        return new HeatGridDrawing(this);
    }

    String subtitle() {
        return subtitle;
    }

    List<String> columnTitles() {
        return columnTitles;
    }

    List<Row> rows() {
        return rows;
    }

    String scaleTitle() {
        return scaleTitle;
    }

    ColorScale colors() {
        double largest = rows.stream().flatMap(row -> row.panels().stream()).flatMap(panel -> Stream.of(panel.values()))
                .flatMapToDouble(Arrays::stream).max().orElse(0);
        return ColorScale.upTo(top == null ? largest : Math.max(largest, top));
    }
}
