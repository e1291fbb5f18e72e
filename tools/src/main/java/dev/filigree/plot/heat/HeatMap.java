package dev.filigree.plot.heat;

import dev.filigree.analysis.Dendrogram;
import dev.filigree.plot.Drawing;
import dev.filigree.plot.Picture;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A square matrix as a picture: a coloured cell for each value, with the value in it where there is room, the same
 * labels at rows and columns, and a colour bar from 0 to a round number; above it, on request, the tree that joins what
 * is close.
 *
 * <p>Values are printed for up to 40 labels.
 */
public final class HeatMap extends Picture {
    /** Which values the colours span. */
    public enum Scale {
        /** From 0 to 1, so that different pictures can be compared. */
        FIXED,
        /** From 0 to a round number just above the largest value, and above the value to compare with. */
        AUTO
    }

    /** A value to compare with: what it is, and the ends of its range. */
    record Reference(String text, double from, double to) {}

    private final String title;
    private final String scaleTitle;
    private final List<String> labels;
    private final double[][] values;
    private final Scale scale;
    private final @Nullable Reference reference;
    private final @Nullable Dendrogram tree;

    /**
     * A heat map of {@code values[row][column]}; row 0 is at the top.
     *
     * @param title stands above
     * @param scaleTitle what the values are; stands beside the colour bar
     * @param labels one per row, and in the same order per column
     * @param values a square of finite numbers, 0 or more; up to 1 if the scale is fixed
     * @throws IllegalArgumentException if the sizes differ or a value is out of range
     */
    public HeatMap(String title, String scaleTitle, List<String> labels, double[][] values, Scale scale) {
        this(printable(title), printable(scaleTitle), labels.stream().map(HeatMap::printable).toList(),
                Arrays.stream(values).map(double[]::clone).toArray(double[][]::new), scale, null, null);
        int size = labels.size();
        if (size == 0 || values.length != size) {
            throw new IllegalArgumentException(
                    "%d labels for %d rows; expected one or more, and as many as rows".formatted(size, values.length));
        }
        for (int row = 0; row < size; row++) {
            checkRow(row, values[row], size);
        }
    }

    private HeatMap(String title, String scaleTitle, List<String> labels, double[][] values, Scale scale,
            @Nullable Reference reference, @Nullable Dendrogram tree) {
        this.title = title;
        this.scaleTitle = scaleTitle;
        this.labels = labels;
        this.values = values;
        this.scale = scale;
        this.reference = reference;
        this.tree = tree;
    }

    private void checkRow(int row, double[] rowValues, int size) {
        if (rowValues.length != size) {
            throw new IllegalArgumentException(
                    "row %d has %d values; expected %d, one per label".formatted(row, rowValues.length, size));
        }
        double most = scale == Scale.FIXED ? 1 : Double.MAX_VALUE;
        for (double value : rowValues) {
            if (!(value >= 0 && value <= most)) {
                throw new IllegalArgumentException("row %d has the value %s; expected %s".formatted(row, value,
                        scale == Scale.FIXED ? "0 to 1" : "a finite number, 0 or more"));
            }
        }
    }

    /**
     * The same with a value to compare with: below the title, at the colour bar and in the tree.
     *
     * @param text what it is
     * @param from lower end of its range
     * @param to upper end, the same if it is one value
     */
    public HeatMap withReference(String text, double from, double to) {
        return new HeatMap(title, scaleTitle, labels, values, scale, new Reference(printable(text), from, to), tree);
    }

    /**
     * The same in the order of a tree, which is drawn above.
     *
     * @throws IllegalArgumentException if it has another number of leaves
     */
    public HeatMap clusteredBy(Dendrogram dendrogram) {
        if (dendrogram.leaves() != labels.size()) {
            throw new IllegalArgumentException("a tree of %d leaves for %d labels, expected as many"
                    .formatted(dendrogram.leaves(), labels.size()));
        }
        List<Integer> order = dendrogram.leafOrder();
        return new HeatMap(title, scaleTitle, order.stream().map(labels::get).toList(), order.stream()
                .map(row -> order.stream().mapToDouble(column -> values[row][column]).toArray())
                .toArray(double[][]::new), scale, reference, dendrogram);
    }

    @Override
    protected String title() {
        return title;
    }

    @Override
    protected Drawing drawing() {
        return new HeatMapDrawing(this);
    }

    /** The labels from the top to the bottom, which is the order of the tree if there is one. */
    public List<String> labels() {
        return labels;
    }

    /** A value, by positions of {@link #labels}. */
    public double value(int row, int column) {
        return values[row][column];
    }

    String scaleTitle() {
        return scaleTitle;
    }

    @Nullable
    Reference reference() {
        return reference;
    }

    @Nullable
    Dendrogram tree() {
        return tree;
    }

    ColorScale colors() {
        double largest = Arrays.stream(values).flatMapToDouble(Arrays::stream).max().orElse(0);
        return ColorScale.upTo(scale == Scale.FIXED
                ? 1
                : reference == null ? largest : Math.max(largest, reference.to()));
    }
}
