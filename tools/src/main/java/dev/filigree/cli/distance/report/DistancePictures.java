package dev.filigree.cli.distance.report;

import dev.filigree.analysis.Dendrogram;
import dev.filigree.analysis.Dendrogram.Merge;
import dev.filigree.cli.distance.Against;
import dev.filigree.cli.distance.ComparedPair;
import dev.filigree.cli.distance.Comparison;
import dev.filigree.cli.files.CsvFile;
import dev.filigree.distance.pairs.DistanceCeiling;
import dev.filigree.distance.pairs.DistanceMatrix;
import dev.filigree.plot.Picture;
import dev.filigree.plot.chart.Chart;
import dev.filigree.plot.heat.HeatMap;
import dev.filigree.plot.heat.HeatMap.Scale;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/**
 * A comparison as a folder: {@code distances.csv}, and as {@code .svg}, {@code .png} and {@code .csv} each
 * <ul>
 * <li>{@code mean}, {@code layer-0}, {@code layer-1}, …: heat maps,
 * <li>{@code clustered}: that of the mean with a dendrogram, whose merges are in {@code dendrogram.csv},
 * <li>{@code map}: the networks in the plane, from three on,
 * <li>{@code from-first}, {@code from-previous}, {@code between-runs}: distance against epoch, where there are epochs.
 * </ul>
 */
public final class DistancePictures {
    static final String CEILING = "two independent random topologies";

    private static final int FEWEST_FOR_A_MAP = 3;

    private final Comparison comparison;
    private final Scale scale;

    /** Draws a comparison. */
    public DistancePictures(Comparison comparison, Scale scale) {
        this.comparison = comparison;
        this.scale = scale;
    }

    static String meanOf(int layers) {
        return layers == 1 ? "one layer" : "mean of %d layers".formatted(layers);
    }

    /**
     * Writes everything that the comparison holds.
     *
     * @param directory exists
     * @return number of pictures, each in both formats
     */
    public int write(Path directory) throws IOException {
        DistanceTables.pairs(comparison).write(directory.resolve("distances.csv"));
        int pictures = 0;
        DistanceMatrix matrix = comparison.matrix();
        if (matrix != null) {
            pictures += writeMatrix(matrix, directory);
        }
        for (Against kind : List.of(Against.FIRST, Against.PREVIOUS, Against.RUNS)) {
            EpochCurves curves = new EpochCurves(comparison, kind);
            if ((comparison.against() == Against.ALL || comparison.against() == kind) && curves.canBeDrawn()) {
                pictures += write(curves.chart(scale == Scale.FIXED), curves.table(), directory, curves.name());
            }
        }
        return pictures;
    }

    private int writeMatrix(DistanceMatrix matrix, Path directory) throws IOException {
        List<String> labels = comparison.networks().labels();
        double[][] mean = matrix.toArray();
        HeatMap meanMap = meanMap(matrix);
        int pictures = write(meanMap, DistanceTables.matrix(labels, mean), directory, DistanceTables.MEAN);
        for (int l = 0; comparison.depth() > 1 && l < comparison.depth(); l++) {
            int layer = l;
            double[][] values = matrix.toArray(l);
            HeatMap map = withCeiling(
                    new HeatMap("Topology distance (NNSTD), layer " + l, "distance", labels, values, scale),
                    ceiling -> ceiling.layers().get(layer).mean());
            pictures += write(map, DistanceTables.matrix(labels, values), directory, "layer-" + l);
        }
        if (labels.size() >= FEWEST_FOR_A_MAP) {
            Dendrogram tree = Dendrogram.averageLinkage(mean);
            List<Integer> order = tree.leafOrder();
            pictures += write(meanMap.clusteredBy(tree),
                    DistanceTables.matrix(order.stream().map(labels::get).toList(), order.stream()
                            .map(i -> order.stream().mapToDouble(j -> mean[i][j]).toArray()).toArray(double[][]::new)),
                    directory, "clustered");
            mergeTable(tree).write(directory.resolve("dendrogram.csv"));
            SnapshotMap map = new SnapshotMap(comparison, mean);
            pictures += write(map.chart(), map.table(), directory, "map");
        }
        return pictures;
    }

    /** The heat map of the mean over the layers. */
    public HeatMap meanMap(DistanceMatrix matrix) {
        String title = "Topology distance (NNSTD)"
                + (comparison.depth() == 1 ? "" : ", " + meanOf(comparison.depth()));
        return withCeiling(new HeatMap(title, "distance", comparison.networks().labels(), matrix.toArray(), scale),
                ceiling -> ceiling.mean().mean());
    }

    /**
     * The networks in the plane.
     *
     * @throws IllegalStateException if not all pairs were compared
     */
    public Chart map() {
        DistanceMatrix matrix = comparison.matrix();
        if (matrix == null) {
            throw new IllegalStateException("a map takes all pairs, but some of them were compared");
        }
        return new SnapshotMap(comparison, matrix.toArray()).chart();
    }

    private HeatMap withCeiling(HeatMap map, Function<DistanceCeiling, Double> value) {
        List<Double> ceilings = new ArrayList<>(comparison.ceilings().stream().map(ComparedPair::ceiling)
                .map(Objects::requireNonNull).map(value).sorted().toList());
        return ceilings.isEmpty() ? map : map.withReference(CEILING, ceilings.getFirst(), ceilings.getLast());
    }

    /** {@code cluster,left,right,height,size}: a cluster is named by its network, or by its number in this table. */
    private CsvFile mergeTable(Dendrogram tree) {
        CsvFile csv = new CsvFile("cluster", "left", "right", "height", "size");
        for (int k = 0; k < tree.merges().size(); k++) {
            Merge merge = tree.merges().get(k);
            csv.add(k, cluster(tree, merge.left()), cluster(tree, merge.right()), merge.height(), merge.size());
        }
        return csv;
    }

    private Object cluster(Dendrogram tree, int cluster) {
        return cluster < tree.leaves() ? comparison.label(cluster) : cluster - tree.leaves();
    }

    private static int write(Picture picture, CsvFile table, Path directory, String name) throws IOException {
        table.write(directory.resolve(name + ".csv"));
        picture.write(directory, name);
        return 1;
    }
}
