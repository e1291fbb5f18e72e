package dev.filigree.cli.train;

import dev.filigree.cli.run.DataFacts;
import dev.filigree.cli.run.EvolutionSettings;
import dev.filigree.cli.run.MachineFacts;
import dev.filigree.cli.run.NetworkFacts;
import dev.filigree.cli.run.NetworkSettings;
import dev.filigree.cli.run.NetworkSettings.Distribution;
import dev.filigree.cli.run.RunRecord;
import dev.filigree.cli.run.RunResults;
import dev.filigree.cli.run.RunSettings;
import dev.filigree.cli.run.StartSettings;
import dev.filigree.cli.run.TopologyChoice;
import dev.filigree.cli.text.ShellWord;
import dev.filigree.training.EpochState;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What {@code train} prints before and after training. */
public final class TrainText {
    private static final double MB = 1e6;

    private final PrintWriter out;

    TrainText(PrintWriter out) {
        this.out = out;
    }

    /** What is about to happen. */
    void introduction(RunRecord record, Path directory) {
        DataFacts data = record.data();
        RunSettings settings = record.settings();
        line("Data", data.source());
        line("", String.format(Locale.ROOT, "%,d training%s and %,d test samples, %,d features, %d classes",
                data.trainingSamples(),
                data.validationSamples() == 0
                        ? ""
                        : String.format(Locale.ROOT, ", %,d validation",
                                data.validationSamples()),
                data.testSamples(), data.features(), data.classes()));
        NetworkFacts network = record.network();
        line("Network",
                String.format(Locale.ROOT, "%s, %,d connections (%.2f %% of dense), %.1f MB", shape(network),
                        network.connections(),
                        100 * network.density(), network.bytes() / MB));
        line("", rule(settings));
        line("Kernels", record.machine().kernels() + "; dense layers: " + record.machine().dense());
        line("Threads", String.format(Locale.ROOT, "%d, seed %d", settings.threads(), settings.seed()));
        line("Run", directory.toString());
        out.println();
        out.flush();
    }

    /** That a run which is to go on has nothing to go on from. */
    void beginsAgain() {
        line("Resumed", "from the beginning: the run was stopped before it had a checkpoint");
    }

    /**
     * What {@link #introduction} says, and where the run goes on.
     *
     * @param before the machine that it ran on
     */
    void resumption(RunRecord record, Path directory, EpochState state, String checkpoint, MachineFacts before) {
        line("Resumed", String.format(Locale.ROOT, "in epoch %d of %d after step %,d, from %s", state.epoch(),
                record.settings().training().epochs(), state.step(), checkpoint));
        MachineFacts now = record.machine();
        if (!now.kernels().equals(before.kernels()) || !now.dense().equals(before.dense())) {
            line("", "computed by others than before (%s; dense layers: %s), so the last bits may differ"
                    .formatted(before.kernels(), before.dense()));
        }
        introduction(record, directory);
    }

    /** Prints what has come out. */
    public static void printSummary(RunRecord record, Path directory, PrintWriter out) {
        new TrainText(out).summary(record, directory);
    }

    private void summary(RunRecord record, Path directory) {
        RunResults results = record.results();
        if (results == null) {
            return;
        }
        out.println();
        line("Accuracy", String.format(Locale.ROOT,
                "%.2f %% on the test set after epoch %d; best %.2f %% after epoch %d", 100 * results.testAccuracy(),
                results.epochs(), 100 * results.bestTestAccuracy(), results.bestEpoch()));
        line("Time", String.format(Locale.ROOT, "%.1f s in all; training alone %.3f s per epoch%s", results.seconds(),
                results.secondsPerEpoch(), results.epochs() > 1 ? " (median after the first)" : ""));
        line("Size", String.format(Locale.ROOT, "%,d connections%s", results.connections(),
                peak(results.peakMemoryBytes())));
        line("Saved", directory.toString());
        line("Next", "filigree inspect " + ShellWord.of(directory));
        if (results.epochs() > 1) {
            line("", "filigree distance %s --epochs all".formatted(ShellWord.of(directory)));
        }
        out.flush();
    }

    private static String peak(@Nullable Long bytes) {
        return bytes == null ? "" : String.format(Locale.ROOT, "; the process took %,.0f MB of memory", bytes / MB);
    }

    private static String shape(NetworkFacts network) {
        return network.layers().stream().map(layer -> String.valueOf(layer.outputs()))
                .collect(Collectors.joining("-", network.inputs() + "-", ""));
    }

    private static String rule(RunSettings settings) {
        NetworkSettings network = settings.network();
        StartSettings start = settings.start();
        String sparsity = start != null
                ? "%s of %s".formatted(start.keepWeights() ? "connections and weights" : "connections", start.network())
                : sparsity(network);
        String model = network.topologyModel().kind() == TopologyChoice.Kind.ER ? "" : ", " + network.topologyModel();
        return "%s%s, output layer %s, %s; %s".formatted(sparsity, model, network.sparseOutput() ? "sparse" : "dense",
                network.activation(), evolution(settings.evolution()));
    }

    private static String sparsity(NetworkSettings network) {
        if (network.epsilon() != null) {
            return "epsilon " + number(network.epsilon());
        }
        return network.density() == null
                ? "dense"
                : "density " + network.density().stream().map(TrainText::number).collect(Collectors.joining(", "))
                        + (network.distribution() == Distribution.ERK ? " by shape (ERK)" : "");
    }

    private static String evolution(EvolutionSettings evolution) {
        String replaced = evolution.drop() == EvolutionSettings.Drop.CONSTANT
                ? "with zeta " + evolution.zeta()
                : "with zeta falling from " + evolution.zeta();
        String rule = switch (evolution.rule()) {
            case SET -> "SET " + replaced;
            case RIGL -> "RigL " + replaced;
            case SNFS -> "SNFS " + replaced;
            case DSR -> "DSR " + replaced;
            case GRADUAL_PRUNING -> "pruned";
            case STATIC -> "connections stay as they are";
        };
        String goal = evolution.finalDensity() == null ? "" : " to density " + number(evolution.finalDensity());
        String neurons = evolution.neurons() == null
                ? ""
                : "; weak neurons are pruned from epoch %d on".formatted(evolution.neurons().from());
        return rule + goal + when(evolution) + neurons;
    }

    private static String when(EvolutionSettings evolution) {
        if (evolution.rule() == EvolutionSettings.Rule.STATIC) {
            return "";
        }
        EvolutionSettings.Updates updates = evolution.updates();
        return updates.equals(EvolutionSettings.Updates.EVERY_EPOCH)
                ? " between epochs"
                : " every %s, from %s to %s of the training".formatted(
                        updates.every() == 0 ? "epoch" : updates.every() + " steps", number(updates.from()),
                        number(updates.until()));
    }

    private static String number(double value) {
        return value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value);
    }

    private void line(String label, String value) {
        out.printf("%-8s %s%n", label, value);
    }
}
