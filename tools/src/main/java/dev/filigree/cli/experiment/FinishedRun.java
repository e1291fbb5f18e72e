package dev.filigree.cli.experiment;

import dev.filigree.cli.run.HistoryFile;
import dev.filigree.cli.run.RunDirectory;
import dev.filigree.cli.run.RunRecord;
import dev.filigree.cli.run.RunResults;
import dev.filigree.io.topology.BiasRow;
import dev.filigree.io.topology.LayerWeights;
import dev.filigree.io.topology.NetworkFiles;
import dev.filigree.io.topology.NetworkWeights;
import dev.filigree.io.topology.TopologyDirectory;
import dev.filigree.topology.LayerTopology;
import dev.filigree.topology.NetworkTopology;
import dev.filigree.training.EpochReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;

/**
 * A training that is done.
 *
 * @param history one report per epoch
 */
public record FinishedRun(Training training, Path path, RunRecord record, List<EpochReport> history) {
    /** Copies the list. */
    public FinishedRun {
        history = List.copyOf(history);
    }

    static FinishedRun read(Training training, Path path) throws IOException {
        RunDirectory directory = RunDirectory.open(path);
        RunRecord record = directory.read();
        return new FinishedRun(training, path, record, HistoryFile.read(directory.historyFile(),
                record.network().layers().size(), Integer.MAX_VALUE).reports());
    }

    /** What it is called. */
    public String name() {
        return training.name();
    }

    /** What came out. */
    public RunResults results() {
        return Objects.requireNonNull(record.results());
    }

    /** Accuracy on the test set after the last epoch, in percent. */
    public double accuracy() {
        return 100 * results().testAccuracy();
    }

    /** Accuracy on the test set after an epoch, in percent. */
    public double accuracy(int epoch) {
        return 100 * Objects.requireNonNull(history.get(epoch - 1).test()).accuracy();
    }

    /**
     * The connections after an epoch that was saved, but for those whose weight is exactly 0: they grew where no gradient
     * comes by, between neurons that are never active.
     *
     * @return the topology, owned by the caller
     */
    public NetworkTopology readWithoutZeros(int epoch) throws IOException {
        try (NetworkWeights network = NetworkFiles.readWeights(TopologyDirectory.open(path).networkAt(epoch),
                BiasRow.ABSENT)) {
            return new NetworkTopology(network.layers().stream().map(FinishedRun::withoutZeros).toList());
        }
    }

    private static LayerTopology withoutZeros(LayerWeights layer) {
        LayerTopology topology = layer.topology();
        int[][] incoming = new int[topology.outputs()][];
        for (int output = 0; output < incoming.length; output++) {
            incoming[output] = LongStream.range(topology.rowStart(output), topology.rowStart(output + 1))
                    .filter(k -> layer.weights().get(k) != 0).mapToInt(topology::source).toArray();
        }
        return LayerTopology.of(topology.inputs(), incoming);
    }
}
