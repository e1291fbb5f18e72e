package dev.filigree.io.topology;

import dev.filigree.io.FileFormatException;
import dev.filigree.topology.NetworkTopology;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds the networks in a directory that a person names. It may be
 * <ul>
 * <li>a Filigree run, which has a {@code run.json} and {@code topology/epoch_NNN/} with one network each,
 * <li>a folder with {@code epoch_NNN/} directly, or
 * <li>a single network: {@code weight_l0.npz}, {@code weight_l1.npz}, … ({@link NetworkFiles}).
 * </ul>
 */
public final class TopologyDirectory {
    private static final Pattern EPOCH_NAME = Pattern.compile("epoch_([0-9]{1,9})");

    private final Path path;
    private final SortedMap<Integer, Path> epochs;

    private TopologyDirectory(Path path, SortedMap<Integer, Path> epochs) {
        this.path = path;
        this.epochs = epochs;
    }

    /**
     * Where a run keeps the network of an epoch: {@code <run>/topology/epoch_NNN}, with three digits or more.
     *
     * @param run the run directory
     * @param epoch 0 (before training) or more
     */
    public static Path epochDirectory(Path run, int epoch) {
        return run.resolve("topology").resolve("epoch_%03d".formatted(epoch));
    }

    /**
     * Looks what a directory holds; no file is read yet.
     *
     * @throws FileFormatException if it is missing or holds no network
     */
    public static TopologyDirectory open(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            throw new FileFormatException(path, Files.exists(path)
                    ? "is not a directory; expected a run or a directory with weight_l0.npz, weight_l1.npz, …"
                    : "no such directory");
        }
        boolean isRun = Files.exists(path.resolve("run.json"));
        Path topologies = path.resolve("topology");
        SortedMap<Integer, Path> epochs = epochsIn(isRun && Files.isDirectory(topologies) ? topologies : path);
        if (epochs.isEmpty() && !NetworkFiles.isNetwork(path)) {
            throw new FileFormatException(path, isRun
                    ? "a run without saved topologies; expected topology/epoch_NNN with weight_l0.npz, weight_l1.npz, …"
                    : "holds neither weight_l0.npz nor epoch_NNN nor run.json; expected a network or a run");
        }
        return new TopologyDirectory(path, epochs);
    }

    private static SortedMap<Integer, Path> epochsIn(Path directory) throws IOException {
        SortedMap<Integer, Path> epochs = new TreeMap<>();
        try (Stream<Path> entries = Files.list(directory)) {
            for (Path entry : (Iterable<Path>) entries::iterator) {
                Matcher matcher = EPOCH_NAME.matcher(String.valueOf(entry.getFileName()));
                if (matcher.matches() && Files.isDirectory(entry)) {
                    Path other = epochs.put(Integer.valueOf(matcher.group(1)), entry);
                    if (other != null) {
                        throw new FileFormatException(directory, "holds one epoch twice, as %s; remove one"
                                .formatted(Stream.of(other, entry).map(each -> String.valueOf(each.getFileName()))
                                        .sorted().collect(Collectors.joining(" and as "))));
                    }
                }
            }
        }
        return epochs;
    }

    /** The epochs that were saved, ascending; empty if the directory is a single network. */
    public SortedSet<Integer> epochs() {
        return new TreeSet<>(epochs.keySet());
    }

    /**
     * The directory with the network of an epoch.
     *
     * @throws FileFormatException if that epoch was not saved; the message lists those that were
     */
    public Path networkAt(int epoch) throws FileFormatException {
        Path network = epochs.get(epoch);
        if (network == null) {
            throw new FileFormatException(path, epochs.isEmpty()
                    ? "a single network without epochs, but epoch %d was asked for; leave the epoch away"
                            .formatted(epoch)
                    : "no epoch %d; saved are %s".formatted(epoch, epochs.keySet().stream().map(String::valueOf)
                            .collect(Collectors.joining(", "))));
        }
        return network;
    }

    /** The directory with the network of the last epoch, or of the single network. */
    public Path lastNetwork() {
        return epochs.isEmpty() ? path : epochs.sequencedValues().getLast();
    }

    /**
     * Reads the connections at an epoch.
     *
     * @return the topology, owned by the caller
     * @throws FileFormatException if that epoch was not saved or a file is damaged
     */
    public NetworkTopology readTopology(int epoch, BiasRow biasRow) throws IOException {
        return NetworkFiles.readTopology(networkAt(epoch), biasRow);
    }

    /**
     * Reads the connections of the last epoch, or of the single network.
     *
     * @return the topology, owned by the caller
     * @throws FileFormatException if a file is damaged
     */
    public NetworkTopology readLastTopology(BiasRow biasRow) throws IOException {
        return NetworkFiles.readTopology(lastNetwork(), biasRow);
    }
}
