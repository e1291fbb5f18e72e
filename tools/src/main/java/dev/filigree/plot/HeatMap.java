package dev.filigree.plot;

import dev.filigree.io.AtomicFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A square matrix as a picture: a coloured cell for each value, with the value in it where there is room, the same
 * labels at rows and columns, and a colour bar from 0 to a round number.
 *
 * <p>Values are printed for up to 40 labels. The picture looks the same on every machine, but for the font.
 */
public final class HeatMap {
    /** Twice the usual density, so that print and good screens stay sharp. */
    private static final double PNG_SCALE = 2;

    private final String title;
    private final String scaleTitle;
    private final List<String> labels;
    private final double[][] values;

    /**
     * A heat map of {@code values[row][column]}; row 0 is at the top.
     *
     * @param title stands above
     * @param scaleTitle what the values are; stands beside the colour bar
     * @param labels one per row, and in the same order per column
     * @param values a square of finite numbers, 0 or more
     * @throws IllegalArgumentException if the sizes differ or a value is out of range
     */
    public HeatMap(String title, String scaleTitle, List<String> labels, double[][] values) {
        this.title = printable(title);
        this.scaleTitle = printable(scaleTitle);
        this.labels = labels.stream().map(HeatMap::printable).toList();
        this.values = new double[values.length][];
        int size = labels.size();
        if (size == 0 || values.length != size) {
            throw new IllegalArgumentException(
                    "%d labels for %d rows; expected one or more, and as many as rows".formatted(size, values.length));
        }
        for (int row = 0; row < size; row++) {
            if (values[row].length != size) {
                throw new IllegalArgumentException("row %d has %d values; expected %d, one per label".formatted(row,
                        values[row].length, size));
            }
            for (double value : values[row]) {
                if (!(value >= 0) || Double.isInfinite(value)) {
                    throw new IllegalArgumentException(
                            "row %d has the value %s; expected a finite number, 0 or more".formatted(row, value));
                }
            }
            this.values[row] = values[row].clone();
        }
    }

    // Names of directories may contain anything, but XML may not, and one label is one line.
    private static String printable(String text) {
        return text.codePoints()
                .map(character -> Character.isISOControl(character) || !Character.isDefined(character)
                        || Character.getType(character) == Character.SURROGATE ? 0xfffd : character)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();
    }

    /**
     * Writes a PNG, as a whole or not at all.
     *
     * @param file its directory exists
     * @throws IOException if it cannot be written, or Java finds no font on this machine
     */
    public void writePng(Path file) throws IOException {
        HeatMapDrawing drawing = new HeatMapDrawing(this);
        ImageCanvas canvas = new ImageCanvas(drawing.width(), drawing.height(), PNG_SCALE);
        drawing.drawOn(canvas);
        AtomicFiles.write(file, canvas::writePng);
    }

    /**
     * Writes an SVG, as a whole or not at all.
     *
     * @param file its directory exists
     */
    public void writeSvg(Path file) throws IOException {
        HeatMapDrawing drawing = new HeatMapDrawing(this);
        AtomicFiles.write(file, out -> {
            try (SvgCanvas canvas = new SvgCanvas(out, title, drawing.width(), drawing.height())) {
                drawing.drawOn(canvas);
            }
        });
    }

    String title() {
        return title;
    }

    String scaleTitle() {
        return scaleTitle;
    }

    List<String> labels() {
        return labels;
    }

    double value(int row, int column) {
        return values[row][column];
    }

    double largest() {
        return IntStream.range(0, values.length).mapToDouble(row -> IntStream.range(0, values.length)
                .mapToDouble(column -> values[row][column]).max().orElse(0)).max().orElse(0);
    }
}
