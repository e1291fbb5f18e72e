package dev.filigree.cli.experiment.study;

import dev.filigree.cli.distance.ComparedPair;
import dev.filigree.cli.distance.Comparison;
import dev.filigree.cli.distance.NamedNetwork;
import dev.filigree.cli.distance.report.DistancePictures;
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
import dev.filigree.plot.heat.HeatMap;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.stream.Stream;

/** What {@link IndependentStarts} reports. */
final class IndependentStartsReport {
    private static final int GREY = 0x666666;
    private static final double HEADROOM = 1.08;

    private final String title;
    private final Comparison comparison;
    private final double ceiling;
    private final SortedMap<Integer, Spread> own;
    private final SortedMap<Integer, Spread> shared;
    private final SortedMap<Integer, Spread> fromStart;

    IndependentStartsReport(String title, Comparison comparison) {
        this.title = title;
        this.comparison = comparison;
        ceiling = comparison.pairs().stream().map(pair -> Objects.requireNonNull(pair.ceiling()).mean().mean())
                .mapToDouble(Double::doubleValue).average().orElseThrow();
        own = byEpoch((a, b) -> sameEpoch(a, b) && both(a, b, IndependentStarts.OWN));
        shared = byEpoch((a, b) -> sameEpoch(a, b) && both(a, b, IndependentStarts.SHARED));
        fromStart = byEpoch((a, b) -> a.run() == b.run() && Integer.valueOf(0).equals(a.epoch()));
    }

    private static boolean sameEpoch(NamedNetwork a, NamedNetwork b) {
        return Objects.equals(a.epoch(), b.epoch());
    }

    private static boolean both(NamedNetwork a, NamedNetwork b, String kind) {
        return a.runLabel().startsWith(kind) && b.runLabel().startsWith(kind);
    }

    /** The distances of the chosen pairs, by the epoch of the second network. */
    private SortedMap<Integer, Spread> byEpoch(BiPredicate<NamedNetwork, NamedNetwork> chosen) {
        List<NamedNetwork> networks = comparison.networks().networks();
        SortedMap<Integer, Spread> spreads = new TreeMap<>();
        for (int epoch : networks.stream().map(NamedNetwork::epoch).filter(Objects::nonNull).distinct().toList()) {
            List<Double> distances = comparison.pairs().stream()
                    .filter(pair -> chosen.test(networks.get(pair.a()), networks.get(pair.b()))
                            && Integer.valueOf(epoch).equals(networks.get(pair.b()).epoch()))
                    .map(pair -> pair.distance().mean()).toList();
            if (!distances.isEmpty()) {
                spreads.put(epoch, Spread.of(distances));
            }
        }
        return spreads;
    }

    Report of(FinishedRuns runs) {
        int last = own.lastKey();
        int each = runs.named(IndependentStarts.OWN).size();
        Report report = new Report(title)
                .text(("%d networks begin with topologies of their own, %d with one topology and "
                        + "weights of their own; all are trained with SET. Distances (NNSTD) are means over the layers; unrelated "
                        + "random topologies are %.2f apart.").formatted(each, each, ceiling));
        report.text(String.format(Locale.ROOT,
                "After %d epochs, networks from topologies of their own are %s apart (%s before "
                        + "training), networks from one topology %s. Test accuracy: %s %% and %s %%.",
                last,
                at(own, last), at(own, own.firstKey()), at(shared, last),
                accuracy(runs, IndependentStarts.OWN), accuracy(runs, IndependentStarts.SHARED)));
        report.add(new Block.Figure("distance-over-epochs", chart(),
                "Mean distance between networks of one kind, and of each network from its own start."));
        report.add(new Block.Figure("map", new DistancePictures(comparison, HeatMap.Scale.AUTO).map(),
                "Where the networks go: points that are about as far apart as the topologies, a path per run. The "
                        + "shared topology is the one that own1 begins with."));
        return report.add(table()).table("distances", csv());
    }

    private static String at(SortedMap<Integer, Spread> spreads, int epoch) {
        return Objects.requireNonNull(spreads.get(epoch)).text(3);
    }

    private static String accuracy(FinishedRuns runs, String kind) {
        return Spread.of(runs.named(kind).stream().map(FinishedRun::accuracy).toList()).text(2);
    }

    private Chart chart() {
        double top = Stream.of(own, shared, fromStart).flatMap(spreads -> spreads.values().stream())
                .mapToDouble(Spread::high).max().orElseThrow();
        Chart chart = new Chart("Distance between networks from independent starts",
                "mean over pairs, standard deviation of a pair as whisker",
                LinearAxis.aroundWhole("epoch", 0, own.lastKey()),
                LinearAxis.fromZero("distance (NNSTD)", HEADROOM * Math.max(top, ceiling)));
        add(chart, "topologies of their own", own, 0);
        add(chart, "one topology, other weights", shared, 1);
        add(chart, "each from its own start", fromStart, 2);
        chart.add(new Curve(null, "unrelated random topologies", new double[]{0, own.lastKey()},
                new double[]{ceiling, ceiling}, GREY, Look.DASHES));
        return chart;
    }

    private static void add(Chart chart, String name, SortedMap<Integer, Spread> spreads, int index) {
        int color = Palette.distinct(index, 3);
        spreads.forEach((epoch, spread) -> chart.add(new Chart.Whisker(epoch, spread.low(), spread.high(), color)));
        chart.add(new Curve(name, null, spreads.keySet().stream().mapToDouble(Integer::doubleValue).toArray(),
                spreads.values().stream().mapToDouble(Spread::mean).toArray(), color, Look.DOTS));
    }

    private Block table() {
        Block.TableBuilder table = Block.Table.of("epoch", "topologies of their own", "one topology", "from own start");
        own.forEach((epoch, spread) -> {
            Spread start = fromStart.get(epoch);
            table.row(String.valueOf(epoch), spread.text(3), at(shared, epoch),
                    start == null ? "0" : start.text(3));
        });
        return table.build();
    }

    private CsvFile csv() {
        CsvFile csv = new CsvFile("a", "epoch_a", "b", "epoch_b", "distance");
        List<NamedNetwork> networks = comparison.networks().networks();
        for (ComparedPair pair : comparison.pairs()) {
            NamedNetwork a = networks.get(pair.a());
            NamedNetwork b = networks.get(pair.b());
            csv.add(a.runLabel(), Objects.requireNonNull(a.epoch()), b.runLabel(), Objects.requireNonNull(b.epoch()),
                    pair.distance().mean());
        }
        return csv;
    }
}
