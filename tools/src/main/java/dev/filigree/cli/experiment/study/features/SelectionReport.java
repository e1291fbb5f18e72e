package dev.filigree.cli.experiment.study.features;

import dev.filigree.cli.experiment.FinishedRun;
import dev.filigree.cli.experiment.FinishedRuns;
import dev.filigree.cli.experiment.report.Block;
import dev.filigree.cli.experiment.report.Report;
import dev.filigree.cli.experiment.report.Spread;
import dev.filigree.cli.files.CsvFile;
import dev.filigree.plot.chart.Chart;
import dev.filigree.plot.chart.Chart.Curve;
import dev.filigree.plot.chart.Chart.Look;
import dev.filigree.plot.chart.LinearAxis;
import dev.filigree.plot.chart.LogAxis;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** How well a classifier does on what was selected. */
final class SelectionReport {
    /** The share that the summary speaks of. */
    private static final int TYPICAL = 5;

    private final FeatureSelection selection;

    SelectionReport(FeatureSelection selection) {
        this.selection = selection;
    }

    void addTo(Report report, FinishedRuns runs) {
        List<SelectionSet> sets = selection.sets();
        report.heading("Selected features").text(
                ("A network with one sparse hidden layer of %s neurons is trained on all features, by SET or on connections "
                        + "that stay as they are, with an L2 penalty that was found by trial on these data (%s). Of each "
                        + "input the absolute weights of its connections are summed: its node strength, by which Atashgahi "
                        + "et al. (Machine Learning 111, 2022) select features; their networks are denoising autoencoders, these are "
                        + "classifiers. A dense network with one hidden layer of 100 neurons is then trained on the strongest "
                        + "k %% of the features alone, and on as many features at random. A fifth of the samples, another one "
                        + "for each seed, is kept from both networks for the test. Test accuracy after the last epoch in "
                        + "percent, %s.").formatted(selection.hidden(),
                                sets.stream().map(set -> "%s on %s".formatted(set.l2(), set.title()))
                                        .collect(Collectors.joining(", ")),
                                Spread.described(runs.named(FeatureSelection.everything(sets.getFirst())).size())));
        List<String> missing = Arrays.stream(SelectionSet.values()).filter(set -> !sets.contains(set))
                .map(set -> "%s (%s)".formatted(set.title(), set.file())).toList();
        if (!missing.isEmpty()) {
            report.text("Left out, for their files are not there: %s.".formatted(String.join(", ", missing)));
        }
        report.add(summary(runs));
        for (SelectionSet set : sets) {
            report.heading(set.title()).text(finding(runs, set)).add(new Block.Figure("selection-" + set.label(),
                    chart(runs, set), "Test accuracy on %s with some of the features.".formatted(set.title())))
                    .add(table(runs, set));
        }
        report.table("selection", csv(runs));
    }

    private static Spread accuracy(FinishedRuns runs, String prefix) {
        return Spread.of(runs.named(prefix).stream().map(FinishedRun::accuracy).toList());
    }

    private static Spread accuracy(FinishedRuns runs, SelectionSet set, Chooser chooser, int percent) {
        return accuracy(runs, FeatureSelection.selected(set, chooser, percent));
    }

    private static int features(FinishedRuns runs, SelectionSet set) {
        return runs.named(FeatureSelection.everything(set)).getFirst().record().network().inputs();
    }

    private Block summary(FinishedRuns runs) {
        Block.TableBuilder table = Block.Table.of("data, %d %% of the features".formatted(TYPICAL), "features", "SET",
                "static", "random", "all features");
        for (SelectionSet set : selection.sets()) {
            List<String> cells = new ArrayList<>(List.of(set.title(),
                    String.valueOf(FeatureSelection.count(features(runs, set), TYPICAL))));
            for (Chooser chooser : Chooser.values()) {
                cells.add(accuracy(runs, set, chooser, TYPICAL).text(1));
            }
            cells.add(accuracy(runs, FeatureSelection.everything(set)).text(1));
            table.row(cells);
        }
        return table.build();
    }

    private String finding(FinishedRuns runs, SelectionSet set) {
        FinishedRun any = runs.named(FeatureSelection.everything(set)).getFirst();
        double all = accuracy(runs, FeatureSelection.everything(set)).mean();
        String fewest = selection.percents().stream()
                .filter(percent -> accuracy(runs, set, Chooser.SET, percent).mean() >= all - 1).findFirst()
                .map(percent -> "The strongest %d %% by SET are enough to be within a point of all features, or above."
                        .formatted(percent))
                .orElse("None of these shares by SET comes within a point of all features.");
        return String.format(Locale.ROOT, "%,d training and %,d test samples, %,d features, %d classes. %s",
                any.record().data().trainingSamples(), any.record().data().testSamples(), features(runs, set),
                any.record().data().classes(), fewest);
    }

    private Block table(FinishedRuns runs, SelectionSet set) {
        Block.TableBuilder table = Block.Table.of("share", "features", "SET", "static", "random");
        for (int percent : selection.percents()) {
            List<String> cells = new ArrayList<>(List.of(percent + " %",
                    String.valueOf(FeatureSelection.count(features(runs, set), percent))));
            for (Chooser chooser : Chooser.values()) {
                cells.add(accuracy(runs, set, chooser, percent).text(2));
            }
            table.row(cells);
        }
        String all = accuracy(runs, FeatureSelection.everything(set)).text(2);
        return table.row("100 %", String.valueOf(features(runs, set)), all, all, all).build();
    }

    private Chart chart(FinishedRuns runs, SelectionSet set) {
        List<Spread> all = new ArrayList<>(List.of(accuracy(runs, FeatureSelection.everything(set))));
        for (Chooser chooser : Chooser.values()) {
            selection.percents().forEach(percent -> all.add(accuracy(runs, set, chooser, percent)));
        }
        Chart chart = new Chart("Some of the features of " + set.title(),
                Spread.whiskers(all.getFirst().count()),
                LogAxis.around("share of the features, %", selection.percents().getFirst(), 100,
                        value -> String.valueOf((float) value).replaceAll("\\.0$", "")),
                LinearAxis.around("test accuracy, %", all.stream().mapToDouble(Spread::low).min().orElseThrow(),
                        all.stream().mapToDouble(Spread::high).max().orElseThrow()));
        for (Chooser chooser : Chooser.values()) {
            int color = chooser.color();
            List<Spread> spreads = selection.percents().stream()
                    .map(percent -> accuracy(runs, set, chooser, percent)).collect(Collectors.toList());
            spreads.add(all.getFirst());
            double[] x = new double[spreads.size()];
            for (int k = 0; k < x.length; k++) {
                x[k] = k < selection.percents().size() ? selection.percents().get(k) : 100;
                chart.add(new Chart.Whisker(x[k], spreads.get(k).low(), spreads.get(k).high(), color));
            }
            chart.add(new Curve(chooser.title(), null, x, spreads.stream().mapToDouble(Spread::mean).toArray(), color,
                    Look.DOTS));
        }
        return chart;
    }

    private CsvFile csv(FinishedRuns runs) {
        CsvFile csv = new CsvFile("data", "chosen_by", "percent", "features", "seed", "test_accuracy");
        for (SelectionSet set : selection.sets()) {
            runs.named(FeatureSelection.everything(set)).forEach(run -> add(csv, set, "all", 100, run));
            for (Chooser chooser : Chooser.values()) {
                for (int percent : selection.percents()) {
                    runs.named(FeatureSelection.selected(set, chooser, percent))
                            .forEach(run -> add(csv, set, chooser.title(), percent, run));
                }
            }
        }
        return csv;
    }

    private static void add(CsvFile csv, SelectionSet set, String chooser, int percent, FinishedRun run) {
        csv.add(set.label(), chooser, percent, run.record().network().inputs(), run.record().settings().seed(),
                run.results().testAccuracy());
    }
}
