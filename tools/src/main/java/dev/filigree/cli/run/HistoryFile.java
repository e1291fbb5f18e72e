package dev.filigree.cli.run;

import dev.filigree.io.AtomicFiles;
import dev.filigree.training.EpochReport;
import dev.filigree.training.Evaluation;
import dev.filigree.training.PhaseTimes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code history.csv}: a header and one line per epoch, comma-separated, numbers in full precision.
 *
 * <p>Columns: {@code epoch}; {@code train_loss} and {@code train_accuracy}, means over the epoch's steps, each before
 * its update; {@code test_loss} and {@code test_accuracy} after the epoch; {@code seconds} of the whole epoch;
 * {@code validation_loss} and {@code validation_accuracy}, empty without validation samples; the parts of the time,
 * {@code feed_seconds}, {@code forward_seconds}, {@code backward_seconds}, {@code update_seconds},
 * {@code evolution_seconds} and {@code evaluation_seconds}; then for each layer {@code connections_lK}, and for each
 * layer {@code rewired_lK}, the connections removed and grown elsewhere after the epoch.
 */
public final class HistoryFile {
    private final Path file;
    private final List<String> lines = new ArrayList<>();

    /**
     * An empty history, written with its first line.
     *
     * @param layers number of layers
     */
    public HistoryFile(Path file, int layers) {
        this.file = file;
        StringBuilder header = new StringBuilder("epoch,train_loss,train_accuracy,test_loss,test_accuracy,seconds,"
                + "validation_loss,validation_accuracy,feed_seconds,forward_seconds,backward_seconds,update_seconds,"
                + "evolution_seconds,evaluation_seconds");
        for (String column : new String[]{"connections", "rewired"}) {
            for (int layer = 0; layer < layers; layer++) {
                header.append(',').append(column).append("_l").append(layer);
            }
        }
        lines.add(header.toString());
    }

    /** Adds an epoch and replaces the file. */
    public void add(EpochReport report) throws IOException {
        List<Object> cells = new ArrayList<>();
        cells.add(report.epoch());
        addEvaluation(cells, report.training());
        addEvaluation(cells, report.test());
        cells.add(report.seconds());
        addEvaluation(cells, report.validation());
        PhaseTimes times = report.times();
        cells.addAll(List.of(times.feed(), times.forward(), times.backward(), times.update(), times.evolution(),
                times.evaluation()));
        cells.addAll(report.connections());
        cells.addAll(report.rewired());
        lines.add(String.join(",", cells.stream().map(String::valueOf).toList()));
        byte[] content = (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
        AtomicFiles.write(file, out -> out.write(content));
    }

    private static void addEvaluation(List<Object> cells, @Nullable Evaluation evaluation) {
        cells.add(evaluation == null ? "" : evaluation.loss());
        cells.add(evaluation == null ? "" : evaluation.accuracy());
    }
}
