package dev.filigree.cli.distance;

import dev.filigree.io.topology.BiasRow;
import dev.filigree.io.topology.NetworkFiles;
import dev.filigree.io.topology.TopologyDirectory;
import dev.filigree.topology.LayerTopology;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The networks that a user's directories hold: found and counted, but read only when asked. */
public final class NetworkSelection {
    private record Found(Path given, Path network, @Nullable Integer epoch) {}

    private final List<Found> found = new ArrayList<>();
    private final boolean severalEpochs;

    /**
     * Looks into directories.
     *
     * @param directories runs or single networks
     * @param epochs which epochs of each; null for the last one
     * @throws dev.filigree.io.FileFormatException if one holds no network, or not the epoch asked for
     */
    public NetworkSelection(List<Path> directories, @Nullable Epochs epochs) throws IOException {
        severalEpochs = epochs != null && epochs.areSeveral();
        for (Path given : directories) {
            TopologyDirectory directory = TopologyDirectory.open(given);
            if (epochs == null) {
                found.add(new Found(given, directory.lastNetwork(),
                        directory.epochs().isEmpty() ? null : directory.epochs().last()));
            } else {
                for (int epoch : epochs.of(directory, given)) {
                    found.add(new Found(given, directory.networkAt(epoch), epoch));
                }
            }
        }
    }

    /** How many networks were found. */
    public int size() {
        return found.size();
    }

    /**
     * Reads them.
     *
     * @return owned by the caller
     * @throws IOException if a file is missing or damaged
     * @throws IllegalArgumentException if two networks differ in shape
     */
    public ComparedNetworks read(BiasRow biasRow) throws IOException {
        List<String> labels = NetworkLabels.of(found.stream()
                .map(place -> new NetworkLabels.Place(place.given(), severalEpochs ? place.epoch() : null)).toList());
        List<NamedNetwork> networks = new ArrayList<>();
        try {
            for (int i = 0; i < found.size(); i++) {
                Found place = found.get(i);
                networks.add(new NamedNetwork(labels.get(i), place.network(), place.epoch(),
                        NetworkFiles.readTopology(place.network(), biasRow)));
                checkComparable(networks.get(0), networks.get(i));
            }
            return new ComparedNetworks(networks);
        } catch (IOException | RuntimeException e) {
            networks.forEach(network -> network.topology().close());
            throw e;
        }
    }

    private static void checkComparable(NamedNetwork a, NamedNetwork b) {
        if (a.topology().depth() != b.topology().depth()) {
            throw new IllegalArgumentException(
                    "cannot compare %s with %s: the first has %d layers and the second %d; expected networks of one shape"
                            .formatted(a.directory(), b.directory(), a.topology().depth(), b.topology().depth()));
        }
        for (int l = 0; l < a.topology().depth(); l++) {
            LayerTopology layerA = a.topology().layer(l);
            LayerTopology layerB = b.topology().layer(l);
            if (layerA.inputs() != layerB.inputs() || layerA.outputs() != layerB.outputs()) {
                throw new IllegalArgumentException(
                        "cannot compare %s with %s: layer %d is %d×%d in the first and %d×%d in the second (inputs×outputs); expected networks of one shape"
                                .formatted(a.directory(), b.directory(), l, layerA.inputs(), layerA.outputs(),
                                        layerB.inputs(), layerB.outputs()));
            }
        }
    }
}
