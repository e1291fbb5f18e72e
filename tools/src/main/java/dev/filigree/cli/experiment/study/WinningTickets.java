package dev.filigree.cli.experiment.study;

import dev.filigree.cli.experiment.Experiment;
import dev.filigree.cli.experiment.ExperimentSettings;
import dev.filigree.cli.experiment.FinishedRun;
import dev.filigree.cli.experiment.FinishedRuns;
import dev.filigree.cli.experiment.Training;
import dev.filigree.cli.experiment.report.Block;
import dev.filigree.cli.experiment.report.Report;
import dev.filigree.cli.experiment.report.Spread;
import dev.filigree.parallel.WorkerPool;
import dev.filigree.plot.chart.Chart;
import dev.filigree.plot.chart.Chart.Curve;
import dev.filigree.plot.chart.Chart.Look;
import dev.filigree.plot.chart.LinearAxis;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * Is it the topology that SET finds, or the finding? The connections that SET had after an epoch are frozen and trained
 * from fresh weights, beside the SET run itself, random connections, and the dense network.
 */
final class WinningTickets implements Experiment {
    private static final String DATA = "fashion-mnist";

    /** Fresh weights and batches: none of the SET runs' own seeds. */
    private static final int FRESH = 100;

    private static final int INK = 0x222222;

    private final ExperimentSettings settings;
    private final int epochs;
    private final List<Integer> frozen;

    WinningTickets(ExperimentSettings settings) {
        this.settings = settings;
        epochs = settings.epochs(50, 8);
        frozen = DoubleStream.of(0, 0.1, 0.2, 0.5, 1).mapToInt(share -> (int) Math.round(share * epochs)).distinct()
                .boxed().toList();
    }

    @Override
    public String title() {
        return "Winning tickets: the topology that SET has found, trained again";
    }

    @Override
    public List<List<Training>> stages(Path directory) {
        List<Training> first = new ArrayList<>();
        List<Training> second = new ArrayList<>();
        String layers = "--hidden " + settings.pick("1000,1000,1000", "300,300");
        String sparse = layers + " --density " + settings.pick("0.01", "0.03") + " ";
        for (long seed : settings.seeds(3, 2)) {
            first.add(training("set-seed" + seed, sparse + Method.SET.options(), seed, 1));
            first.add(training("static-seed" + seed, sparse + Method.STATIC.options(), FRESH + seed, 0));
            first.add(training("dense-seed" + seed, layers + " " + Method.DENSE.options(), seed, 0));
            for (int epoch : frozen) {
                second.add(training("ticket-%d-seed%d".formatted(epoch, seed), Method.STATIC.options(), FRESH + seed, 0)
                        .with("--topology", "%s:%d".formatted(directory.resolve("runs/set-seed" + seed), epoch)));
            }
        }
        return List.of(first, second);
    }

    private Training training(String name, String options, long seed, int snapshotEvery) {
        return new Training(name, settings.dataArguments(DATA)).with(Training.of("", options
                + " --activation relu --init he-uniform --fan-in topology --batch 128 --optimizer sgd --lr 0.05 "
                + "--schedule cosine --momentum 0.9 --l2 0.0005").arguments()).with("--epochs", String.valueOf(epochs),
                        "--snapshot-every", String.valueOf(snapshotEvery), "--seed", String.valueOf(seed));
    }

    @Override
    public Report analyse(FinishedRuns runs, WorkerPool pool) {
        Report report = new Report(title())
                .text("SET trains networks of density %s on %s for %d epochs. The connections "
                        .formatted(settings.pick("1 %", "3 %"), settings.data(DATA), epochs)
                        + "it had after some of them are frozen and trained for as long from fresh weights. Test accuracy after "
                        + "the last epoch, %s.".formatted(Spread.described(settings.seeds(3, 2).size())));
        report.text(finding(runs)).add(new Block.Figure("tickets", chart(runs),
                "Accuracy of the frozen topology from fresh weights, against the epoch of SET that it is from."));
        List<LearningCurves.Kind> kinds = List.of(
                new LearningCurves.Kind("dense", Method.DENSE.color(), runs.named("dense-seed")),
                new LearningCurves.Kind("static, random", Method.STATIC.color(), runs.named("static-seed")),
                new LearningCurves.Kind("SET", Method.SET.color(), runs.named("set-seed")),
                new LearningCurves.Kind("static, SET after epoch %d".formatted(frozen.getLast()), INK,
                        ticket(runs, frozen.getLast())));
        report.add(table(runs)).add(new Block.Figure("learning", LearningCurves.chart("Test accuracy over the epochs",
                Spread.meanOver(settings.seeds(3, 2).size()) + "; the lowest part is cut off", kinds),
                "Does a topology that SET found learn faster?"));
        return report;
    }

    private static List<FinishedRun> ticket(FinishedRuns runs, int epoch) {
        return runs.named("ticket-%d-seed".formatted(epoch));
    }

    private static Spread accuracy(List<FinishedRun> runs) {
        return Spread.of(runs.stream().map(FinishedRun::accuracy).toList());
    }

    private String finding(FinishedRuns runs) {
        Spread last = accuracy(ticket(runs, frozen.getLast()));
        Spread set = accuracy(runs.named("set-seed"));
        Spread random = accuracy(runs.named("static-seed"));
        return String.format(Locale.ROOT, "The final topology of SET, trained from fresh weights, reaches %s %%: %+.2f "
                + "points against random connections (%s %%), and %+.2f against SET itself (%s %%). Dense: %s %%.",
                last.text(2), last.mean() - random.mean(), random.text(2), last.mean() - set.mean(), set.text(2),
                accuracy(runs.named("dense-seed")).text(2));
    }

    private Chart chart(FinishedRuns runs) {
        List<Spread> spreads = frozen.stream().map(epoch -> accuracy(ticket(runs, epoch))).toList();
        List<Double> levels = Arrays.stream(Method.values()).map(method -> runs.named(method.label() + "-seed"))
                .filter(level -> !level.isEmpty()).map(level -> accuracy(level).mean()).toList();
        double least = Stream.concat(levels.stream(), spreads.stream().map(Spread::low)).min(Double::compare)
                .orElseThrow();
        double most = Stream.concat(levels.stream(), spreads.stream().map(Spread::high)).max(Double::compare)
                .orElseThrow();
        Chart chart = new Chart("Topologies of SET, frozen and trained from fresh weights",
                Spread.whiskers(settings.seeds(3, 2).size()),
                LinearAxis.aroundWhole("epoch of SET that the topology is from", 0, epochs),
                LinearAxis.around("test accuracy, %", least, most));
        double[] x = frozen.stream().mapToDouble(Integer::doubleValue).toArray();
        double[] means = new double[x.length];
        for (int k = 0; k < x.length; k++) {
            means[k] = spreads.get(k).mean();
            chart.add(new Chart.Whisker(x[k], spreads.get(k).low(), spreads.get(k).high(), INK));
        }
        chart.add(new Curve("frozen topology of SET", null, x, means, INK, Look.DOTS));
        for (Method method : Method.values()) {
            List<FinishedRun> level = runs.named(method.label() + "-seed");
            if (!level.isEmpty()) {
                double mean = accuracy(level).mean();
                chart.add(new Curve(method == Method.STATIC ? "random connections, static" : method.title(), null,
                        new double[]{0, epochs}, new double[]{mean, mean}, method.color(), Look.DASHES));
            }
        }
        return chart;
    }

    private Block table(FinishedRuns runs) {
        Block.TableBuilder table = Block.Table.of("network", "test accuracy, %", "best epoch, %");
        addRow(table, "dense", runs.named("dense-seed"));
        addRow(table, "SET", runs.named("set-seed"));
        addRow(table, "static, random connections", runs.named("static-seed"));
        frozen.forEach(epoch -> addRow(table, "static, SET's after epoch " + epoch, ticket(runs, epoch)));
        return table.build();
    }

    private static void addRow(Block.TableBuilder table, String name, List<FinishedRun> seeds) {
        table.row(name, accuracy(seeds).text(2),
                Spread.of(seeds.stream().map(run -> 100 * run.results().bestTestAccuracy()).toList()).text(2));
    }
}
