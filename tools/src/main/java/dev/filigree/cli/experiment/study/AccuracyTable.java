package dev.filigree.cli.experiment.study;

import dev.filigree.cli.experiment.Experiment;
import dev.filigree.cli.experiment.ExperimentSettings;
import dev.filigree.cli.experiment.FinishedRun;
import dev.filigree.cli.experiment.FinishedRuns;
import dev.filigree.cli.experiment.Training;
import dev.filigree.cli.experiment.report.Block;
import dev.filigree.cli.experiment.report.Report;
import dev.filigree.cli.experiment.report.Spread;
import dev.filigree.datasets.file.FileFormat;
import dev.filigree.parallel.WorkerPool;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * MNIST and Fashion-MNIST at 99 % sparsity beside the results of Zhang et al., "Brain network science modelling of sparse
 * neural networks enables Transformers and LLMs to perform as fully connected" (CHTs), NeurIPS 2025, in its setting; and
 * LeNet-300-100 on MNIST.
 */
final class AccuracyTable implements Experiment {
    private static final String MNIST = "mnist";
    private static final String FASHION = "fashion-mnist";

    /** Percent by data set, network and method. */
    private static final Map<String, Double> PUBLISHED = Map.of("mnist wide set", 98.14, "mnist wide rigl", 98.61,
            "mnist wide dense", 98.78, "fashion-mnist wide set", 89.00, "fashion-mnist wide rigl", 89.91,
            "fashion-mnist wide dense", 90.88, "mnist lenet-0.05 set", 98.14, "mnist lenet-0.02 set", 97.74);

    private final ExperimentSettings settings;
    private final List<Row> rows = new ArrayList<>();

    /** One line of the table: the trainings that differ by the seed alone. */
    private record Row(String data, String network, Method method, String options) {
        String name() {
            return "%s-%s-%s".formatted(FileFormat.baseName(Path.of(data)), network, method.label());
        }

        @Nullable
        Double published() {
            return PUBLISHED.get("%s %s %s".formatted(data, network, method.label()));
        }
    }

    AccuracyTable(ExperimentSettings settings) {
        this.settings = settings;
        List<String> dataSets = settings.data() == null && settings.dataDirectory() == null && !settings.quick()
                ? List.of(MNIST, FASHION)
                : List.of(settings.data(FASHION));
        for (String data : dataSets) {
            addRows(data, "wide", settings.pick("1568,1568,1568", "400,400"), settings.pick("0.01", "0.05"));
        }
        if (dataSets.contains(MNIST) && !settings.quick()) {
            addRows(MNIST, "lenet-0.05", "300,100", "0.05");
            addRows(MNIST, "lenet-0.02", "300,100", "0.02");
        }
    }

    private void addRows(String data, String network, String hidden, String density) {
        for (Method method : Method.of(settings)) {
            boolean denseAgain = method == Method.DENSE && rows.stream().anyMatch(row -> row.method() == Method.DENSE
                    && row.network().startsWith("lenet") && network.startsWith("lenet"));
            if (!denseAgain) {
                rows.add(new Row(data, network, method, "--hidden " + hidden + " "
                        + (method == Method.DENSE ? "" : "--density " + density + " ") + method.options()
                        + (method == Method.RIGL ? " --update-every epoch" : "")));
            }
        }
    }

    @Override
    public String title() {
        return "Accuracy of sparse networks beside published results";
    }

    @Override
    public List<List<Training>> stages(Path directory) {
        List<Training> trainings = new ArrayList<>();
        for (Row row : rows) {
            for (long seed : settings.seeds(3, 2)) {
                trainings.add(Training.of(row.name() + "-seed" + seed, row.options()).with(Training.of("",
                        "--activation relu --init he-uniform --fan-in topology --batch 32 --optimizer sgd --lr 0.025 "
                                + "--schedule linear:0.01 --momentum 0.9 --l2 0.0005 --snapshot-every 0")
                        .arguments()).with("--epochs", String.valueOf(settings.epochs(100, 5)), "--seed",
                                String.valueOf(seed))
                        .with(dataArguments(row.data())));
            }
        }
        return List.of(trainings);
    }

    private List<String> dataArguments(String data) {
        List<String> arguments = new ArrayList<>(settings.dataArguments(data));
        arguments.set(1, data);
        return arguments;
    }

    @Override
    public Report analyse(FinishedRuns runs, WorkerPool pool) {
        Report report = new Report(title())
                .text("Networks of %s neurons with %s of the connections of each hidden layer "
                        .formatted(settings.pick("784-1568-1568-1568-10", "three layers of"),
                                settings.pick("1 %", "5 %"))
                        + "and a dense output layer, trained as in Zhang et al. (CHTs, NeurIPS 2025): SGD with momentum 0.9, "
                        + "batches of 32, a learning rate that falls linearly from 0.025 to 2.5e-4, L2 penalty 5e-4. SET "
                        + "replaces 30 % of the connections after every epoch, RigL at first as many, along a cosine fewer, "
                        + "and none in the last quarter. `wide` is that network, `lenet` is "
                        + "LeNet-300-100 with the density in its name. Features are standardized.");
        Block.TableBuilder table = Block.Table.of("data, network, method", "connections", "test accuracy, %",
                "best epoch, %", "published, %", "difference", "s per epoch");
        for (Row row : rows) {
            List<FinishedRun> seeds = runs.named(row.name() + "-seed");
            Spread accuracy = Spread.of(seeds.stream().map(FinishedRun::accuracy).toList());
            Double published = row.published();
            table.row("%s, %s, %s".formatted(row.data(), row.network(), row.method().title()),
                    String.format(Locale.ROOT, "%,d", seeds.getFirst().results().connections()), accuracy.text(2),
                    Spread.of(seeds.stream().map(run -> 100 * run.results().bestTestAccuracy()).toList()).text(2),
                    published == null ? "" : String.format(Locale.ROOT, "%.2f", published),
                    published == null ? "" : String.format(Locale.ROOT, "%+.2f", accuracy.mean() - published),
                    Spread.of(seeds.stream().map(run -> run.results().secondsPerEpoch()).toList()).text(1));
        }
        report.add(table.build())
                .text("After the last epoch, %s. `best` is chosen on the test set and flatters."
                        .formatted(Spread.described(settings.seeds(3, 2).size())));
        for (String data : rows.stream().map(Row::data).distinct().toList()) {
            List<LearningCurves.Kind> kinds = rows.stream()
                    .filter(row -> row.data().equals(data) && row.network().equals("wide"))
                    .map(row -> new LearningCurves.Kind(row.method().title(), row.method().color(),
                            runs.named(row.name() + "-seed")))
                    .toList();
            report.add(
                    new Block.Figure("learning-" + FileFormat.baseName(Path.of(data)),
                            LearningCurves.chart("Test accuracy on " + data,
                                    Spread.meanOver(settings.seeds(3, 2).size()) + "; the lowest part is cut off",
                                    kinds),
                            "Test accuracy over the epochs on %s.".formatted(data)));
        }
        return report;
    }
}
