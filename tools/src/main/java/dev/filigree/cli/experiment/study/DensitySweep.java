package dev.filigree.cli.experiment.study;

import dev.filigree.cli.experiment.Experiment;
import dev.filigree.cli.experiment.ExperimentSettings;
import dev.filigree.cli.experiment.FinishedRun;
import dev.filigree.cli.experiment.FinishedRuns;
import dev.filigree.cli.experiment.Training;
import dev.filigree.cli.experiment.report.Block;
import dev.filigree.cli.experiment.report.Report;
import dev.filigree.cli.experiment.report.Spread;
import dev.filigree.cli.files.CsvFile;
import dev.filigree.parallel.WorkerPool;
import dev.filigree.plot.chart.Chart;
import dev.filigree.plot.chart.Chart.Curve;
import dev.filigree.plot.chart.Chart.Look;
import dev.filigree.plot.chart.LogAxis;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Accuracy against density. The claim to test is that sparse networks match dense ones, or beat them. */
final class DensitySweep implements Experiment {
    private static final String DATA = "fashion-mnist";
    private static final double PERCENT = 100;

    private final ExperimentSettings settings;
    private final List<Method> sparse;
    private final boolean dense;
    private final List<Double> densities;

    DensitySweep(ExperimentSettings settings) {
        this.settings = settings;
        sparse = Method.of(settings).stream().filter(method -> method != Method.DENSE).toList();
        dense = Method.of(settings).contains(Method.DENSE);
        densities = settings.pick(List.of(0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5),
                List.of(0.005, 0.02, 0.1));
        if (sparse.isEmpty()) {
            throw new IllegalArgumentException(
                    "a dense network alone has no densities to sweep; name another method too");
        }
    }

    @Override
    public String title() {
        return "Accuracy against density";
    }

    @Override
    public List<List<Training>> stages(Path directory) {
        List<Training> trainings = new ArrayList<>();
        for (long seed : settings.seeds(3, 2)) {
            if (dense) {
                trainings.add(training(Method.DENSE.label() + "-seed" + seed, Method.DENSE.options(), seed));
            }
            for (Method method : sparse) {
                for (double density : densities) {
                    trainings.add(training(name(method, density) + "-seed" + seed,
                            "--density " + density + " " + method.options(), seed));
                }
            }
        }
        return List.of(trainings);
    }

    private Training training(String name, String options, long seed) {
        return new Training(name, settings.dataArguments(DATA)).with(Training.of("", "--hidden "
                + settings.pick("1000,1000,1000", "300,300") + " " + options
                + " --activation relu --init he-uniform --fan-in topology --batch 128 --optimizer sgd --lr 0.05 "
                + "--schedule cosine --momentum 0.9 --l2 0.0005 --snapshot-every 0").arguments()).with("--epochs",
                        String.valueOf(settings.epochs(30, 5)), "--seed", String.valueOf(seed));
    }

    private static String name(Method method, double density) {
        return "%s-%s".formatted(method.label(), density);
    }

    @Override
    public Report analyse(FinishedRuns runs, WorkerPool pool) {
        Report report = new Report(title())
                .text("Networks with hidden layers of %s neurons and a dense output layer, on %s: test accuracy after %d "
                        .formatted(settings.pick("1000, 1000 and 1000", "300 and 300"), settings.data(DATA),
                                settings.epochs(30, 5))
                        + "epochs, %s.".formatted(Spread.described(seeds())))
                .text(finding(runs));
        report.add(new Block.Figure("error", chart(runs, "Error against density", "test error, %",
                run -> PERCENT - run.accuracy()),
                "Share of the test samples classified wrongly, against the density of the hidden layers."));
        report.add(new Block.Figure("time", chart(runs, "Time against density", "seconds per epoch",
                run -> run.results().secondsPerEpoch()),
                "Training time per epoch, as measured while the trainings ran side by side with one worker each."));
        return report.add(table(runs)).table("accuracy", csv(runs));
    }

    private int seeds() {
        return settings.seeds(3, 2).size();
    }

    private String finding(FinishedRuns runs) {
        StringBuilder text = new StringBuilder();
        if (dense) {
            text.append("Dense: ").append(accuracy(runs, "dense-seed").text(2)).append(" %. ");
        }
        for (Method method : sparse) {
            double best = 0;
            for (double density : densities) {
                best = accuracy(runs, name(method, density)).mean() > accuracyAt(runs, method, best) ? density : best;
            }
            text.append(String.format(Locale.ROOT, "%s is best at a density of %s %%: %s %%. ", method.title(),
                    percent(best), accuracy(runs, name(method, best)).text(2)));
            if (dense) {
                text.append(sparsestMatch(runs, method));
            }
        }
        return text.toString().strip();
    }

    private double accuracyAt(FinishedRuns runs, Method method, double density) {
        return density == 0 ? 0 : accuracy(runs, name(method, density)).mean();
    }

    private String sparsestMatch(FinishedRuns runs, Method method) {
        double target = accuracy(runs, "dense-seed").mean() - 0.5;
        return densities.stream().filter(density -> accuracy(runs, name(method, density)).mean() >= target).findFirst()
                .map(density -> "From %s %% on it is within half a point of dense, or above. "
                        .formatted(percent(density)))
                .orElse("At no density of these is it within half a point of dense. ");
    }

    private static Spread accuracy(FinishedRuns runs, String name) {
        String prefix = name.endsWith("-seed") ? name : name + "-seed";
        return Spread.of(runs.named(prefix).stream().map(FinishedRun::accuracy).toList());
    }

    private Chart chart(FinishedRuns runs, String title, String yTitle, ToDoubleFunction<FinishedRun> value) {
        List<Spread> spreads = runs.all().stream().map(run -> run.name().replaceAll("-seed.*", "-seed")).distinct()
                .map(kind -> Spread.of(runs.named(kind).stream().map(value::applyAsDouble).toList())).toList();
        double least = spreads.stream().mapToDouble(Spread::low).min().orElseThrow();
        double most = spreads.stream().mapToDouble(Spread::high).max().orElseThrow();
        // A spread may reach below 0, a logarithmic axis may not.
        double smallest = spreads.stream().mapToDouble(Spread::mean).min().orElseThrow() / 2;
        double floor = Math.max(least, smallest);
        Chart chart = new Chart(title, Spread.whiskers(seeds()),
                LogAxis.around("density of the hidden layers, %", PERCENT * densities.getFirst(),
                        PERCENT * densities.getLast(), DensitySweep::number),
                LogAxis.around(yTitle, floor, most, DensitySweep::number));
        double[] x = densities.stream().mapToDouble(density -> PERCENT * density).toArray();
        for (Method method : sparse) {
            double[] means = new double[x.length];
            for (int k = 0; k < x.length; k++) {
                Spread spread = Spread.of(runs.named(name(method, densities.get(k)) + "-seed").stream()
                        .map(value::applyAsDouble).toList());
                means[k] = spread.mean();
                chart.add(new Chart.Whisker(x[k], Math.max(floor, spread.low()), spread.high(), method.color()));
            }
            chart.add(new Curve(method.title(), null, x, means, method.color(), Look.DOTS));
        }
        if (dense) {
            double mean = Spread.of(runs.named("dense-seed").stream().map(value::applyAsDouble).toList()).mean();
            chart.add(new Curve(Method.DENSE.title(), null, new double[]{x[0], x[x.length - 1]},
                    new double[]{mean, mean}, Method.DENSE.color(), Look.DASHES));
        }
        return chart;
    }

    private static String number(double value) {
        return String.valueOf((float) value).replaceAll("\\.0$", "");
    }

    private static String percent(double density) {
        return number(PERCENT * density);
    }

    private Block table(FinishedRuns runs) {
        Block.TableBuilder table = Block.Table.of("method, density", "connections", "test accuracy, %", "s per epoch");
        if (dense) {
            addRow(table, "dense", runs.named("dense-seed"));
        }
        for (Method method : sparse) {
            for (double density : densities) {
                addRow(table, "%s, %s %%".formatted(method.title(), percent(density)),
                        runs.named(name(method, density) + "-seed"));
            }
        }
        return table.build();
    }

    private static void addRow(Block.TableBuilder table, String name, List<FinishedRun> seeds) {
        table.row(name, String.format(Locale.ROOT, "%,d", seeds.getFirst().results().connections()),
                Spread.of(seeds.stream().map(FinishedRun::accuracy).toList()).text(2),
                Spread.of(seeds.stream().map(run -> run.results().secondsPerEpoch()).toList()).text(2));
    }

    private CsvFile csv(FinishedRuns runs) {
        CsvFile csv = new CsvFile("method", "density", "seed", "connections", "test_accuracy", "seconds_per_epoch");
        for (FinishedRun run : runs.all()) {
            csv.add(run.name().substring(0, run.name().indexOf('-')),
                    run.record().network().layers().getFirst().density(),
                    run.record().settings().seed(), run.results().connections(), run.results().testAccuracy(),
                    run.results().secondsPerEpoch());
        }
        return csv;
    }
}
