package dev.filigree.cli.distance.report;

import dev.filigree.analysis.PlanarEmbedding;
import dev.filigree.analysis.PlanarEmbedding.Point;
import dev.filigree.cli.distance.Comparison;
import dev.filigree.cli.distance.NamedNetwork;
import dev.filigree.cli.files.CsvFile;
import dev.filigree.plot.Palette;
import dev.filigree.plot.chart.Chart;
import dev.filigree.plot.chart.Chart.Curve;
import dev.filigree.plot.chart.Chart.Look;
import dev.filigree.plot.chart.Chart.Note;
import dev.filigree.plot.chart.LinearAxis;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** Snapshots of runs as points in the plane, about as far apart as the networks; each run is a path. */
final class SnapshotMap {
    private static final int GREY = 0x666666;

    /** The epochs of more runs than these would cover each other: then those of the first one stand for all. */
    private static final int MOST_WITH_EPOCHS = 4;

    private final Comparison comparison;
    private final List<NamedNetwork> networks;
    private final PlanarEmbedding embedding;
    private final List<Integer> runs;

    SnapshotMap(Comparison comparison, double[][] distances) {
        this.comparison = comparison;
        networks = comparison.networks().networks();
        embedding = PlanarEmbedding.of(distances);
        runs = networks.stream().map(NamedNetwork::run).distinct().toList();
    }

    /** {@code network,run,epoch,x,y}; the epoch is empty if there is none. */
    CsvFile table() {
        CsvFile csv = new CsvFile("network", "run", "epoch", "x", "y");
        for (int i = 0; i < networks.size(); i++) {
            NamedNetwork network = networks.get(i);
            Point point = embedding.points().get(i);
            csv.add(network.label(), network.runLabel(), network.epoch() == null ? "" : network.epoch(), point.x(),
                    point.y());
        }
        return csv;
    }

    Chart chart() {
        DoubleSummaryStatistics x = statistics(Point::x);
        DoubleSummaryStatistics y = statistics(Point::y);
        double bar = comparison.commonCeiling().orElse(0);
        // The bar that shows the ceiling lies below all points.
        double floor = y.getMin() - (bar > 0 ? 0.1 * Math.max(y.getMax() - y.getMin(), bar) : 0);
        Chart chart = Chart.map("Where the networks lie: distances as seen in the plane",
                String.format(Locale.ROOT,
                        "%s; by stress majorization, distances in the plane are off by %.0f %% (root mean square)",
                        DistancePictures.meanOf(comparison.depth()), 100 * embedding.error()),
                LinearAxis.around("first axis, in units of distance", x.getMin(),
                        Math.max(x.getMax(), x.getMin() + bar)),
                LinearAxis.around("second axis", floor, y.getMax()));
        if (bar > 0) {
            chart.add(new Curve(null,
                    String.format(Locale.ROOT, "%s: %.2f apart", DistancePictures.CEILING, bar),
                    new double[]{x.getMin(), x.getMin() + bar},
                    new double[]{floor, floor}, GREY, Look.DASHES));
        }
        boolean several = runs.stream().anyMatch(run -> path(run).size() > 1);
        for (int k = 0; k < runs.size(); k++) {
            List<Integer> path = path(runs.get(k));
            chart.add(new Curve(several && runs.size() > 1 ? networks.get(path.get(0)).runLabel() : null, null,
                    coordinates(path, Point::x), coordinates(path, Point::y), Palette.distinct(k, runs.size()),
                    Look.PATH));
        }
        notes(several).forEach(chart::add);
        return chart;
    }

    /** Starts and ends first: what is left away for want of room is on the way. */
    private List<Note> notes(boolean several) {
        List<Note> notes = new ArrayList<>();
        int named = several && runs.size() > MOST_WITH_EPOCHS ? 1 : runs.size();
        for (boolean needed : new boolean[]{true, false}) {
            for (int k = 0; k < named; k++) {
                List<Integer> path = path(runs.get(k));
                for (int i : path) {
                    boolean end = i == path.getFirst() || i == path.getLast();
                    if (end == needed) {
                        Point point = embedding.points().get(i);
                        notes.add(new Note(point.x(), point.y(), several ? epoch(i, path) : networks.get(i).label(),
                                Palette.distinct(k, runs.size()), needed));
                    }
                }
            }
        }
        return notes;
    }

    private String epoch(int network, List<Integer> path) {
        Integer epoch = networks.get(network).epoch();
        return epoch == null
                ? networks.get(network).label()
                : network == path.getFirst() ? "epoch " + epoch : epoch.toString();
    }

    /** The networks of a run, by epoch. */
    private List<Integer> path(int run) {
        return IntStream.range(0, networks.size()).boxed().filter(i -> networks.get(i).run() == run)
                .sorted(Comparator.comparing((Integer i) -> networks.get(i).epoch(),
                        Comparator.nullsFirst(Comparator.naturalOrder())))
                .toList();
    }

    private double[] coordinates(List<Integer> path, ToDoubleFunction<Point> coordinate) {
        return path.stream().map(embedding.points()::get).mapToDouble(coordinate).toArray();
    }

    private DoubleSummaryStatistics statistics(ToDoubleFunction<Point> coordinate) {
        return embedding.points().stream().mapToDouble(coordinate).summaryStatistics();
    }
}
