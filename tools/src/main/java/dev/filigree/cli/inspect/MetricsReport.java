package dev.filigree.cli.inspect;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.filigree.cli.distance.Epochs;
import dev.filigree.cli.files.CsvFile;
import dev.filigree.io.topology.BiasRow;
import dev.filigree.io.topology.NetworkFiles;
import dev.filigree.io.topology.TopologyDirectory;
import dev.filigree.topology.NetworkTopology;
import dev.filigree.topology.metrics.LayerMeasures;
import dev.filigree.topology.metrics.TopologyHistory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Topology metrics of saved networks.
 *
 * @param rows by epoch and layer, ascending
 */
public record MetricsReport(List<MetricsRow> rows) {
    /** Of the bootstrap of power laws: p-values are accurate to about 0.05. */
    private static final int REPETITIONS = 100;

    private static final long SEED = 1;

    /** Copies the list. */
    public MetricsReport {
        rows = List.copyOf(rows);
    }

    /**
     * Measures. Epochs before those asked for are read too: they count as explored, and the overlap is with the one saved
     * before.
     *
     * @param path what a user named
     * @param epochs those to measure; null for the last one
     */
    public static MetricsReport of(Path path, @Nullable Epochs epochs) throws IOException {
        TopologyDirectory directory = TopologyDirectory.open(path);
        List<MetricsRow> rows = new ArrayList<>();
        try (TopologyHistory history = new TopologyHistory()) {
            if (epochs == null && directory.epochs().isEmpty()) {
                add(history, directory.lastNetwork());
                addRows(rows, null, history);
            } else {
                Collection<Integer> selected = epochs == null
                        ? List.of(directory.epochs().last())
                        : epochs.of(directory, path);
                for (int epoch : selected) {
                    // Fails before work is done.
                    directory.networkAt(epoch);
                }
                int last = selected.stream().mapToInt(Integer::intValue).max().orElseThrow();
                for (int epoch : directory.epochs().headSet(last + 1)) {
                    add(history, directory.networkAt(epoch));
                    if (selected.contains(epoch)) {
                        addRows(rows, epoch, history);
                    }
                }
            }
        }
        return new MetricsReport(rows);
    }

    private static void add(TopologyHistory history, Path network) throws IOException {
        try (NetworkTopology topology = NetworkFiles.readTopology(network, BiasRow.AUTO)) {
            history.add(topology);
        }
    }

    private static void addRows(List<MetricsRow> rows, @Nullable Integer epoch, TopologyHistory history) {
        List<LayerMeasures> layers = history.measure(REPETITIONS, SEED);
        for (int l = 0; l < layers.size(); l++) {
            rows.add(new MetricsRow(epoch, l, layers.get(l)));
        }
    }

    /** A line per row; cells without a value are empty. */
    public CsvFile csv() {
        CsvFile csv = new CsvFile(MetricsColumn.ALL.stream().map(MetricsColumn::name).toArray());
        for (MetricsRow row : rows) {
            csv.add(MetricsColumn.ALL.stream().map(column -> {
                Object value = column.value().apply(row);
                return value == null ? "" : value;
            }).toArray());
        }
        return csv;
    }

    /** An object per row with the columns of {@link #csv}; those without a value are null. */
    public ArrayNode json() {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        for (MetricsRow row : rows) {
            ObjectNode object = array.addObject();
            for (MetricsColumn column : MetricsColumn.ALL) {
                object.putPOJO(column.name(), column.value().apply(row));
            }
        }
        return array;
    }
}
