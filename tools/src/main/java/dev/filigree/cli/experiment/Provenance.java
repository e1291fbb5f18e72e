package dev.filigree.cli.experiment;

import dev.filigree.cli.experiment.report.Block;
import dev.filigree.cli.experiment.report.Report;
import dev.filigree.cli.files.CsvFile;
import dev.filigree.cli.run.DataFacts;
import dev.filigree.cli.run.MachineFacts;
import dev.filigree.cli.run.RunResults;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** How a report came about: command, data, machine, time, and every training. */
final class Provenance {
    private static final int LEGIBLE_CHECKSUM = 12;

    /** Of a training's name. */
    private static final Pattern SEED = Pattern.compile("-seed\\d+");

    private final FinishedRuns runs;
    private final String command;

    Provenance(FinishedRuns runs, String command) {
        this.runs = runs;
        this.command = command;
    }

    void addTo(Report report) {
        report.heading("How it was made").add(new Block.Listing(command));
        runs.all().stream().map(run -> run.record().data()).map(Provenance::data).distinct().forEach(report::text);
        runs.all().stream().map(run -> run.record().machine()).map(Provenance::machine).distinct()
                .forEach(report::text);
        report.text(String.format(Locale.ROOT,
                "%d trainings took %s in all, one after the other, the last one ended on "
                        + "%s. Where several run side by side with one worker each, less time passes.",
                runs.all().size(),
                duration(runs.seconds()), runs.all().stream().map(run -> String.valueOf(run.record().finished()))
                        .max(String::compareTo).orElseThrow().replace('T', ' ').replace("Z", " UTC")));
        Map<String, List<FinishedRun>> kinds = runs.all().stream().collect(
                Collectors.groupingBy(run -> SEED.matcher(run.name()).replaceAll(""), LinkedHashMap::new,
                        Collectors.toList()));
        report.heading("The trainings").text("Of those that differ by their seed alone, the command of the first.")
                .add(new Block.Listing(kinds.values().stream().map(this::commandOf)
                        .collect(Collectors.joining("\n"))));
        report.table("trainings", table());
    }

    /** The command of one training, and the names of those that differ by their seed alone. */
    private String commandOf(List<FinishedRun> kind) {
        return "# %s%n%s".formatted(kind.stream().map(FinishedRun::name).collect(Collectors.joining(", ")),
                kind.getFirst().training().command(runs.directory()));
    }

    private CsvFile table() {
        CsvFile csv = new CsvFile("training", "seed", "epochs", "connections", "density", "test_accuracy", "test_loss",
                "best_test_accuracy", "best_epoch", "seconds", "seconds_per_epoch", "threads");
        for (FinishedRun run : runs.all()) {
            RunResults results = Objects.requireNonNull(run.results());
            csv.add(run.name(), run.record().settings().seed(), results.epochs(), results.connections(),
                    run.record().network().density(), results.testAccuracy(), results.testLoss(),
                    results.bestTestAccuracy(), results.bestEpoch(), results.seconds(), results.secondsPerEpoch(),
                    run.record().settings().threads());
        }
        return csv;
    }

    private static String data(DataFacts data) {
        return String.format(Locale.ROOT,
                "Data: %s, %,d training and %,d test samples, %,d features, %d classes; SHA-256 %s…",
                data.name(), data.trainingSamples(), data.testSamples(), data.features(), data.classes(),
                data.sha256().substring(0, Math.min(LEGIBLE_CHECKSUM, data.sha256().length())));
    }

    private static String machine(MachineFacts machine) {
        return "Machine: %s, %d hardware threads; Java %s; kernels %s; dense layers %s; Filigree %s.".formatted(
                machine.cpu(), machine.processors(), machine.java(), machine.kernels(), machine.dense(),
                machine.filigree());
    }

    private static String duration(double seconds) {
        return seconds < 90
                ? String.format(Locale.ROOT, "%.0f seconds", seconds)
                : seconds < 5400
                        ? String.format(Locale.ROOT, "%.0f minutes", seconds / 60)
                        : String.format(Locale.ROOT, "%.1f hours", seconds / 3600);
    }
}
