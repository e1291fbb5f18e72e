package dev.filigree.cli.experiment.study;

import dev.filigree.cli.experiment.FinishedRun;
import dev.filigree.cli.experiment.FinishedRuns;
import dev.filigree.cli.experiment.report.Block;
import dev.filigree.cli.experiment.report.Report;
import dev.filigree.cli.experiment.report.Spread;
import dev.filigree.cli.files.CsvFile;
import dev.filigree.plot.Palette;
import dev.filigree.plot.chart.Chart;
import dev.filigree.plot.chart.Chart.Curve;
import dev.filigree.plot.chart.Chart.Look;
import dev.filigree.plot.chart.LinearAxis;
import dev.filigree.plot.heat.HeatGrid;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What {@link SimilarStarts} reports. */
final class SimilarStartsReport {
    /** Means over all pairs of the first layer's distances in the paper's figure 4, by epoch. */
    private static final Map<Integer, Double> PUBLISHED = new TreeMap<>(
            Map.of(0, 0.063, 10, 0.39, 30, 0.42, 50, 0.43, 100, 0.46, 190, 0.50));

    private static final int GREY = 0x666666;
    private static final int BLACK = 0x222222;

    private final String title;
    private final List<String> names;
    private final EpochDistances distances;
    private final boolean comparable;

    /**
     * A report.
     *
     * @param comparable whether shape and epochs are the paper's
     */
    SimilarStartsReport(String title, List<String> names, EpochDistances distances, boolean comparable) {
        this.title = title;
        this.names = names;
        this.distances = distances;
        this.comparable = comparable;
    }

    Report of(FinishedRuns runs) {
        Report report = new Report(title)
                .text(("%d networks, each with 1 %% of the connections of the one before moved to "
                        + "other places, are trained with SET. The distance (NNSTD) is 0 for equal topologies; unrelated random "
                        + "ones of this shape are %.2f apart in the first layer. Source: Liu et al., Topological Insights into "
                        + "Sparse Neural Networks, ECML PKDD 2020, figure 4. Connections whose weight is "
                        + "exactly 0 are not counted, as in the networks published with the paper.")
                        .formatted(names.size(),
                                ceiling(0)));
        report.text(finding(runs));
        report.add(new Block.Figure("distances", grid(),
                "Distance of every network to every other one, per layer and epoch, on one scale. Below each panel the "
                        + "mean over the pairs."));
        report.add(new Block.Figure("distance-over-epochs", chart(),
                "Mean distance over all pairs against the epoch; dashed: two unrelated random networks."));
        if (comparable) {
            report.heading("Beside the published figure").add(published());
        }
        report.heading("What the paper leaves open")
                .text("Fraction that SET replaces, initial weights, scaling, learning "
                        + "rate and batch are not in the paper. They are inferred from the two networks published at nine epochs: "
                        + "initial weights of deviation 0.1, the same where networks share a connection; 20 % replaced per epoch, "
                        + "new weights at 0; pixels from 0 to 1; ReLU; SGD with a rate of 0.01, momentum 0.9 and batches of 128.");
        return report.heading("Accuracy").add(accuracies(runs)).table("distances", table());
    }

    private String finding(FinishedRuns runs) {
        Spread accuracy = Spread.of(runs.all().stream().map(FinishedRun::accuracy).toList());
        int last = distances.epochs().size() - 1;
        return String.format(Locale.ROOT,
                "From %.3f before training the mean distance of the first layer grows to %.3f "
                        + "after epoch %d, %.0f %% of what unrelated networks score. Test accuracy at the end: %s %%.%s",
                distances.layer(0, 0).mean(), distances.layer(0, last).mean(), distances.epochs().get(last),
                100 * distances.layer(0, last).mean() / ceiling(0), accuracy.text(2), difference());
    }

    private String difference() {
        double largest = 0;
        for (int k = 0; k < distances.epochs().size(); k++) {
            Double published = PUBLISHED.get(distances.epochs().get(k));
            if (published != null && distances.epochs().get(k) > 0) {
                largest = Math.max(largest, Math.abs(distances.layer(0, k).mean() - published));
            }
        }
        return comparable
                ? String.format(Locale.ROOT, " From epoch 10 on the means of the first layer lie within %.3f of the "
                        + "published ones.", largest)
                : "";
    }

    private double ceiling(int layer) {
        return distances.ceiling().layers().get(layer).mean();
    }

    private HeatGrid grid() {
        List<HeatGrid.Row> rows = new ArrayList<>();
        for (int layer : distances.sparse()) {
            List<HeatGrid.Panel> panels = new ArrayList<>();
            for (int k = 0; k < distances.epochs().size(); k++) {
                panels.add(new HeatGrid.Panel(distances.matrices().get(k).toArray(layer),
                        String.format(Locale.ROOT, "mean %.3f", distances.layer(layer, k).mean())));
            }
            rows.add(new HeatGrid.Row("layer " + layer, panels));
        }
        double top = distances.sparse().stream().mapToDouble(this::ceiling).max().orElse(1);
        return new HeatGrid("Distances of %d networks that began almost equal".formatted(names.size()),
                String.format(Locale.ROOT, "%s to %s in each panel; unrelated random networks are %.2f apart",
                        names.getFirst(), names.getLast(), top),
                distances.epochs().stream().map(epoch -> "epoch " + epoch).toList(), rows, "distance (NNSTD)", top);
    }

    private Chart chart() {
        double[] epochs = distances.epochs().stream().mapToDouble(Integer::doubleValue).toArray();
        double top = distances.sparse().stream().mapToDouble(this::ceiling).max().orElse(1);
        Chart chart = new Chart("Distance of networks that began almost equal",
                "mean over all pairs of %d networks, standard deviation of a pair as whisker".formatted(names.size()),
                LinearAxis.aroundWhole("epoch", 0, distances.epochs().getLast()),
                LinearAxis.fromZero("distance (NNSTD)", top));
        for (int layer : distances.sparse()) {
            int color = Palette.distinct(layer, distances.sparse().size());
            double[] means = new double[epochs.length];
            for (int k = 0; k < epochs.length; k++) {
                Spread spread = distances.layer(layer, k);
                means[k] = spread.mean();
                chart.add(new Chart.Whisker(epochs[k], spread.low(), spread.high(), color));
            }
            chart.add(new Curve("layer " + layer, null, epochs, means, color, Look.DOTS));
        }
        if (comparable) {
            chart.add(new Curve("published, layer 0", null,
                    PUBLISHED.keySet().stream().mapToDouble(Integer::doubleValue).toArray(),
                    PUBLISHED.values().stream().mapToDouble(Double::doubleValue).toArray(), BLACK, Look.RINGS));
        }
        chart.add(new Curve(null, "unrelated random networks, layer 0", new double[]{0, distances.epochs().getLast()},
                new double[]{ceiling(0), ceiling(0)}, GREY, Look.DASHES));
        return chart;
    }

    private Block published() {
        Block.TableBuilder table = Block.Table.of("epoch", "layer 0, here", "layer 0, published", "difference");
        for (int k = 0; k < distances.epochs().size(); k++) {
            Double value = PUBLISHED.get(distances.epochs().get(k));
            double mean = distances.layer(0, k).mean();
            table.row(String.valueOf(distances.epochs().get(k)), distances.layer(0, k).text(3),
                    value == null ? "" : String.format(Locale.ROOT, "%.3f", value),
                    value == null ? "" : String.format(Locale.ROOT, "%+.3f", mean - value));
        }
        return table.build();
    }

    private static Block accuracies(FinishedRuns runs) {
        Block.TableBuilder table = Block.Table.of("network", "test accuracy at the end, %", "best, %", "after epoch");
        for (FinishedRun run : runs.all()) {
            table.row(run.name(), String.format(Locale.ROOT, "%.2f", run.accuracy()),
                    String.format(Locale.ROOT, "%.2f", 100 * run.results().bestTestAccuracy()),
                    String.valueOf(run.results().bestEpoch()));
        }
        return table.build();
    }

    /** {@code epoch,layer,a,b,distance}, and the ceiling of the layer. */
    private CsvFile table() {
        CsvFile csv = new CsvFile("epoch", "layer", "a", "b", "distance", "ceiling");
        for (int k = 0; k < distances.epochs().size(); k++) {
            for (int layer : distances.sparse()) {
                for (int i = 0; i < names.size(); i++) {
                    for (int j = i + 1; j < names.size(); j++) {
                        csv.add(distances.epochs().get(k), layer, names.get(i), names.get(j),
                                distances.matrices().get(k).layerDistance(layer, i, j), ceiling(layer));
                    }
                }
            }
        }
        return csv;
    }
}
