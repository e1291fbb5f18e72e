package dev.filigree.cli.distance;

import dev.filigree.io.topology.BiasRow;
import dev.filigree.io.topology.NetworkFiles;
import dev.filigree.io.topology.TopologyDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The networks that a user's directories hold: found and counted, but read only when asked. */
public final class NetworkSelection {
    private record Found(int run, Path network, @Nullable Integer epoch) {}

    private final List<Path> directories;

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
        this.directories = List.copyOf(directories);
        severalEpochs = epochs != null && epochs.areSeveral();
        for (int run = 0; run < directories.size(); run++) {
            Path given = directories.get(run);
            TopologyDirectory directory = TopologyDirectory.open(given);
            if (epochs == null) {
                found.add(new Found(run, directory.lastNetwork(),
                        directory.epochs().isEmpty() ? null : directory.epochs().last()));
            } else {
                for (int epoch : epochs.of(directory, given)) {
                    found.add(new Found(run, directory.networkAt(epoch), epoch));
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
     * @throws IllegalArgumentException if two networks differ in depth or in their inputs
     */
    public ComparedNetworks read(BiasRow biasRow) throws IOException {
        List<String> labels = NetworkLabels.of(found.stream()
                .map(place -> new NetworkLabels.Place(directories.get(place.run()),
                        severalEpochs ? place.epoch() : null))
                .toList());
        List<String> runLabels = NetworkLabels
                .of(directories.stream().map(directory -> new NetworkLabels.Place(directory, null)).toList());
        List<NamedNetwork> networks = new ArrayList<>();
        try {
            for (int i = 0; i < found.size(); i++) {
                Found place = found.get(i);
                networks.add(new NamedNetwork(labels.get(i), place.run(), runLabels.get(place.run()), place.network(),
                        place.epoch(),
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
                    "cannot compare %s with %s: the first has %d layers and the second %d; expected networks of one depth"
                            .formatted(a.directory(), b.directory(), a.topology().depth(), b.topology().depth()));
        }
        int inputsA = a.topology().layer(0).inputs();
        int inputsB = b.topology().layer(0).inputs();
        if (inputsA != inputsB) {
            throw new IllegalArgumentException(
                    "cannot compare %s with %s: the first has %d inputs and the second %d; expected networks of the same data"
                            .formatted(a.directory(), b.directory(), inputsA, inputsB));
        }
    }
}
