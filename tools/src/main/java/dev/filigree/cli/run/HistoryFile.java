package dev.filigree.cli.run;

import dev.filigree.io.AtomicFiles;
import dev.filigree.io.FileFormatException;
import dev.filigree.training.EpochReport;
import dev.filigree.training.Evaluation;
import dev.filigree.training.PhaseTimes;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * {@code history.csv}: a header and one line per epoch, comma-separated, numbers in full precision.
 *
 * <p>Columns: {@code epoch}; {@code train_loss} and {@code train_accuracy}, means over the epoch's steps, each before
 * its update; {@code test_loss} and {@code test_accuracy} after the epoch; {@code seconds} of the whole epoch;
 * {@code validation_loss} and {@code validation_accuracy}, empty without validation samples; the parts of the time,
 * {@code feed_seconds}, {@code forward_seconds}, {@code backward_seconds},
 * {@code evolution_seconds} and {@code evaluation_seconds}; then for each layer {@code connections_lK}, and for each
 * layer {@code rewired_lK}, the connections removed during the epoch and between it and the next.
 *
 * <p>The times of an epoch in which a run was resumed are the sum of those before and after, without what was done
 * twice.
 */
public final class HistoryFile {
    /** Columns before those of the layers. */
    private static final int COMMON_COLUMNS = 13;

    private static final int LONGEST_REASON = 300;

    private final Path file;
    private final int layers;
    private final List<EpochReport> reports = new ArrayList<>();

    /**
     * An empty history, written with its first line.
     *
     * @param layers number of layers
     */
    public HistoryFile(Path file, int layers) {
        this.file = file;
        this.layers = layers;
    }

    /**
     * The beginning of a history that was written.
     *
     * @param file need not exist, which is a history without epochs
     * @param layers number of layers
     * @param lastEpoch later epochs are left away
     * @throws FileFormatException if it is no such file
     */
    public static HistoryFile read(Path file, int layers, int lastEpoch) throws IOException {
        HistoryFile history = new HistoryFile(file, layers);
        List<String> lines = Files.exists(file) ? readLines(file) : List.of(history.header());
        if (lines.isEmpty() || !lines.getFirst().equals(history.header())) {
            throw new FileFormatException(file, "not the history of a run of %d layers".formatted(layers));
        }
        for (int line = 1; line < lines.size(); line++) {
            EpochReport report;
            try {
                report = history.parse(lines.get(line));
            } catch (IllegalArgumentException e) {
                throw new FileFormatException(file, "line %d is damaged: %s; repair it, or remove it and do without"
                        .formatted(line + 1,
                                FileFormatException.printable(String.valueOf(e.getMessage()), LONGEST_REASON)),
                        e);
            }
            if (report.epoch() <= lastEpoch) {
                history.reports.add(report);
            }
        }
        return history;
    }

    /** The epochs up to one that have no line here. */
    public List<Integer> missing(int lastEpoch) {
        Set<Integer> epochs = reports.stream().map(EpochReport::epoch).collect(Collectors.toSet());
        return IntStream.rangeClosed(1, lastEpoch).boxed().filter(epoch -> !epochs.contains(epoch)).toList();
    }

    private static List<String> readLines(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new FileFormatException(file, "is not a file; expected the history of a run");
        }
        try {
            return Files.readAllLines(file);
        } catch (CharacterCodingException e) {
            throw new FileFormatException(file, "is not text in UTF-8; expected the history of a run", e);
        }
    }

    /** The epochs, ascending. */
    public List<EpochReport> reports() {
        return List.copyOf(reports);
    }

    /** Adds an epoch and replaces the file. */
    public void add(EpochReport report) throws IOException {
        reports.add(report);
        write();
    }

    /** Replaces the file. */
    public void write() throws IOException {
        StringBuilder content = new StringBuilder(header()).append('\n');
        reports.forEach(report -> content.append(line(report)).append('\n'));
        byte[] bytes = content.toString().getBytes(StandardCharsets.UTF_8);
        AtomicFiles.write(file, out -> out.write(bytes));
    }

    private String header() {
        StringBuilder header = new StringBuilder("epoch,train_loss,train_accuracy,test_loss,test_accuracy,seconds,"
                + "validation_loss,validation_accuracy,feed_seconds,forward_seconds,backward_seconds,"
                + "evolution_seconds,evaluation_seconds");
        for (String column : new String[]{"connections", "rewired"}) {
            for (int layer = 0; layer < layers; layer++) {
                header.append(',').append(column).append("_l").append(layer);
            }
        }
        return header.toString();
    }

    private static String line(EpochReport report) {
        List<Object> cells = new ArrayList<>();
        cells.add(report.epoch());
        addEvaluation(cells, report.training());
        addEvaluation(cells, report.test());
        cells.add(report.seconds());
        addEvaluation(cells, report.validation());
        PhaseTimes times = report.times();
        cells.addAll(List.of(times.feed(), times.forward(), times.backward(), times.evolution(),
                times.evaluation()));
        cells.addAll(report.connections());
        cells.addAll(report.rewired());
        return String.join(",", cells.stream().map(String::valueOf).toList());
    }

    /** The inverse of {@link #line}. */
    private EpochReport parse(String line) {
        List<String> cells = List.of(line.split(",", -1));
        int columns = COMMON_COLUMNS + 2 * layers;
        if (cells.size() != columns) {
            throw new IllegalArgumentException("expected %d columns but found %d".formatted(columns, cells.size()));
        }
        Evaluation training = evaluation(cells, 1);
        if (training == null) {
            throw new IllegalArgumentException("expected a training loss");
        }
        double[] times = cells.subList(8, COMMON_COLUMNS).stream().mapToDouble(Double::parseDouble).toArray();
        List<Long> perLayer = cells.subList(COMMON_COLUMNS, columns).stream().map(Long::valueOf).toList();
        return new EpochReport(Integer.parseInt(cells.getFirst()), training, evaluation(cells, 6),
                evaluation(cells, 3), Double.parseDouble(cells.get(5)),
                new PhaseTimes(times[0], times[1], times[2], times[3], times[4]),
                perLayer.subList(0, layers), perLayer.subList(layers, 2 * layers));
    }

    private static @Nullable Evaluation evaluation(List<String> cells, int column) {
        return cells.get(column).isEmpty()
                ? null
                : new Evaluation(Double.parseDouble(cells.get(column)), Double.parseDouble(cells.get(column + 1)));
    }

    private static void addEvaluation(List<Object> cells, @Nullable Evaluation evaluation) {
        cells.add(evaluation == null ? "" : evaluation.loss());
        cells.add(evaluation == null ? "" : evaluation.accuracy());
    }
}
