package dev.filigree.cli.experiment.study.features;

import dev.filigree.cli.experiment.ExperimentSettings;
import dev.filigree.cli.experiment.FinishedRun;
import dev.filigree.cli.experiment.FinishedRuns;
import dev.filigree.cli.experiment.Training;
import dev.filigree.cli.experiment.report.Block;
import dev.filigree.cli.experiment.report.Report;
import dev.filigree.cli.experiment.report.Spread;
import dev.filigree.cli.files.CsvFile;
import dev.filigree.cli.run.RunSettings;
import dev.filigree.datasets.DataSplits;
import dev.filigree.datasets.Dataset;
import dev.filigree.plot.Palette;
import dev.filigree.plot.chart.Chart;
import dev.filigree.plot.chart.Chart.Curve;
import dev.filigree.plot.chart.Chart.Look;
import dev.filigree.plot.chart.LinearAxis;
import dev.filigree.plot.heat.HeatGrid;
import dev.filigree.plot.heat.HeatGrid.Panel;
import dev.filigree.plot.heat.HeatGrid.Row;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** Which pixels SET connects to while it trains, drawn as pictures, and beside the variance of the pixels. */
final class PixelMaps {
    private static final String DATA = "fashion-mnist";
    private static final String PREFIX = "pixels-seed";

    private final ExperimentSettings settings;
    private final int epochs;
    private final int snapshotEvery;

    PixelMaps(ExperimentSettings settings) {
        // The folder of the experiment is for the sets that features are selected from.
        this.settings = new ExperimentSettings(settings.quick(), settings.repetitions(), settings.epochs(),
                settings.data(), settings.methods(), null);
        epochs = settings.epochs(50, 5);
        snapshotEvery = Math.max(1, epochs / 10);
    }

    List<Training> trainings() {
        return settings.seeds(3, 2).stream().map(seed -> new Training(PREFIX + seed, settings.dataArguments(DATA))
                .with(Training.of("", "--scale range --hidden " + settings.pick("1000,1000,1000", "200,200")
                        + " --epsilon 20 --evolution set --zeta 0.3 --regrow zero --activation relu --init he-uniform "
                        + "--fan-in topology --batch 128 --optimizer sgd --lr 0.05 --schedule cosine --momentum 0.9 "
                        + "--l2 0.0005").arguments())
                .with("--epochs", String.valueOf(epochs), "--snapshot-every", String.valueOf(snapshotEvery), "--seed",
                        String.valueOf(seed)))
                .toList();
    }

    void addTo(Report report, FinishedRuns all) throws IOException {
        List<FinishedRun> runs = all.named(PREFIX);
        double[] variances = variances(runs.getFirst());
        List<Map<Integer, InputConnections>> networks = new ArrayList<>();
        for (FinishedRun run : runs) {
            networks.add(connections(run));
        }
        int[] saved = networks.getFirst().keySet().stream().mapToInt(Integer::intValue).toArray();
        List<Spread> degrees = correlations(networks, saved, InputConnections::degrees, variances);
        List<Spread> strengths = correlations(networks, saved, InputConnections::strengths, variances);
        int last = saved.length - 1;
        report.heading("Pixels")
                .text(("SET trains networks of %s neurons on %s, from random connections. Out of each pixel goes a number of "
                        + "connections, its out-degree, and the sum of their absolute weights is its strength. At first "
                        + "neither has to do with the images. After %d epochs the correlation (Pearson) with the variance of "
                        + "the pixel in the training data is %s for the out-degree and %s for the strength (%s).")
                        .formatted(
                                settings.pick("784-1000-1000-1000-10", "784-200-200-10"), settings.data(DATA),
                                epochs, degrees.get(last).text(2), strengths.get(last).text(2),
                                Spread.described(runs.size())));
        report.add(new Block.Figure("pixels", maps(networks.getFirst(), variances),
                "How much SET is connected to each pixel, seed 1; below each map its correlation with the variance of the "
                        + "pixels."))
                .add(new Block.Figure("variance", varianceMap(variances),
                        "The variance of each pixel over the training images."))
                .add(new Block.Figure("correlation", chart(saved, degrees, strengths),
                        "Does SET find the pixels that vary?"));
        report.table("pixels", csv(runs, networks, variances));
    }

    private static Map<Integer, InputConnections> connections(FinishedRun run) throws IOException {
        RunSettings runSettings = run.record().settings();
        Map<Integer, InputConnections> byEpoch = new TreeMap<>();
        for (int epoch = 0; epoch <= runSettings.training().epochs(); epoch++) {
            if (runSettings.savesEpoch(epoch)) {
                byEpoch.put(epoch, InputConnections.of(run, epoch));
            }
        }
        return byEpoch;
    }

    private static double[] variances(FinishedRun run) throws IOException {
        RunSettings runSettings = run.record().settings();
        try (DataSplits data = runSettings.data().load(runSettings.seed())) {
            Dataset training = data.training();
            double[] variances = new double[training.features()];
            for (int f = 0; f < variances.length; f++) {
                int feature = f;
                double mean = values(training, feature).average().orElseThrow();
                variances[f] = values(training, feature).map(value -> (value - mean) * (value - mean)).average()
                        .orElseThrow();
            }
            return variances;
        }
    }

    private static DoubleStream values(Dataset data, int feature) {
        return IntStream.range(0, data.samples()).mapToDouble(s -> data.value(s, feature));
    }

    private static List<Spread> correlations(List<Map<Integer, InputConnections>> networks, int[] saved,
            Function<InputConnections, double[]> quantity, double[] variances) {
        return Arrays.stream(saved).mapToObj(epoch -> Spread.of(networks.stream()
                .map(each -> correlation(quantity.apply(each.get(epoch)), variances)).toList())).toList();
    }

    /** Pearson's; 0 where one of the two is the same everywhere. */
    static double correlation(double[] x, double[] y) {
        double meanX = Arrays.stream(x).average().orElseThrow();
        double meanY = Arrays.stream(y).average().orElseThrow();
        double xx = 0;
        double yy = 0;
        double xy = 0;
        for (int k = 0; k < x.length; k++) {
            xx += (x[k] - meanX) * (x[k] - meanX);
            yy += (y[k] - meanY) * (y[k] - meanY);
            xy += (x[k] - meanX) * (y[k] - meanY);
        }
        return xx == 0 || yy == 0 ? 0 : xy / Math.sqrt(xx * yy);
    }

    private HeatGrid maps(Map<Integer, InputConnections> network, double[] variances) {
        List<Integer> shown = DoubleStream.of(0, 0.1, 0.2, 0.4, 1)
                .mapToInt(share -> (int) Math.round(share * epochs / snapshotEvery) * snapshotEvery)
                .filter(network::containsKey).distinct().boxed().toList();
        return new HeatGrid("What SET is connected to", "times the mean over the pixels; %s, seed 1"
                .formatted(settings.data(DATA)), shown.stream().map(epoch -> "epoch " + epoch).toList(),
                List.of(row("out-degree", network, shown, InputConnections::degrees, variances),
                        row("strength", network, shown, InputConnections::strengths, variances)),
                "times the mean", null);
    }

    private static Row row(String title, Map<Integer, InputConnections> network, List<Integer> shown,
            Function<InputConnections, double[]> quantity, double[] variances) {
        return new Row(title, shown.stream().map(epoch -> quantity.apply(network.get(epoch)))
                .map(values -> new Panel(picture(values), String.format(Locale.ROOT, "correlation %.2f",
                        correlation(values, variances))))
                .toList());
    }

    private static HeatGrid varianceMap(double[] variances) {
        return new HeatGrid("Variance of the pixels", "times the mean over the pixels", List.of(""),
                List.of(new Row("", List.of(new Panel(picture(variances), "")))), "times the mean", null);
    }

    /** As rows of pixels, in multiples of the mean. */
    private static double[][] picture(double[] values) {
        int side = (int) Math.round(Math.sqrt(values.length));
        if (side * side != values.length) {
            throw new IllegalArgumentException(
                    "%d features are no square image, expected --data with one such as fashion-mnist"
                            .formatted(values.length));
        }
        double mean = Arrays.stream(values).average().orElseThrow();
        double[][] picture = new double[side][side];
        for (int k = 0; k < values.length; k++) {
            picture[k / side][k % side] = mean == 0 ? 0 : values[k] / mean;
        }
        return picture;
    }

    private static Chart chart(int[] saved, List<Spread> degrees, List<Spread> strengths) {
        double least = DoubleStream.concat(degrees.stream().mapToDouble(Spread::low),
                strengths.stream().mapToDouble(Spread::low)).min().orElseThrow();
        double most = DoubleStream.concat(degrees.stream().mapToDouble(Spread::high),
                strengths.stream().mapToDouble(Spread::high)).max().orElseThrow();
        Chart chart = new Chart("Correlation with the variance of the pixels",
                Spread.whiskers(degrees.getFirst().count()),
                LinearAxis.aroundWhole("epoch", 0, saved[saved.length - 1]),
                LinearAxis.around("Pearson correlation", Math.min(0, least), most));
        add(chart, "out-degree", saved, degrees, 0);
        add(chart, "strength", saved, strengths, 1);
        return chart;
    }

    private static void add(Chart chart, String name, int[] saved, List<Spread> spreads, int index) {
        int color = Palette.distinct(index, 2);
        for (int k = 0; k < saved.length; k++) {
            chart.add(new Chart.Whisker(saved[k], spreads.get(k).low(), spreads.get(k).high(), color));
        }
        chart.add(new Curve(name, null, Arrays.stream(saved).asDoubleStream().toArray(),
                spreads.stream().mapToDouble(Spread::mean).toArray(), color, Look.DOTS));
    }

    private static CsvFile csv(List<FinishedRun> runs, List<Map<Integer, InputConnections>> networks,
            double[] variances) {
        CsvFile csv = new CsvFile("training", "epoch", "correlation_degree", "correlation_strength",
                "largest_degree", "smallest_degree");
        for (int r = 0; r < runs.size(); r++) {
            for (Map.Entry<Integer, InputConnections> entry : networks.get(r).entrySet()) {
                double[] degrees = entry.getValue().degrees();
                csv.add(runs.get(r).name(), entry.getKey(), correlation(degrees, variances),
                        correlation(entry.getValue().strengths(), variances),
                        Arrays.stream(degrees).max().orElseThrow(), Arrays.stream(degrees).min().orElseThrow());
            }
        }
        return csv;
    }
}
