package dev.filigree.cli.run;

import dev.filigree.io.FileFormatException;
import dev.filigree.io.topology.TopologyDirectory;
import dev.filigree.network.Mlp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The networks of a run, {@code topology/epoch_NNN}. Each is written to {@code topology/.epoch_NNN.partial}, which is then
 * renamed; an older one of the same epoch is {@code .epoch_NNN.old} meanwhile.
 *
 * @param run directory of the run
 */
record SavedNetworks(Path run) {
    private static final Pattern UNFINISHED = Pattern.compile("\\.epoch_[0-9]+\\.(partial|old)");
    private static final Pattern ANY = Pattern.compile("epoch_[0-9]+|" + UNFINISHED);

    private Path folder() {
        return run.resolve("topology");
    }

    /** Saves the network of an epoch; it appears whole or not at all, and replaces an older one. */
    void write(int epoch, Mlp mlp) throws IOException {
        Path target = TopologyDirectory.epochDirectory(run, epoch);
        Path partial = folder().resolve(".%s.partial".formatted(target.getFileName()));
        Path old = folder().resolve(".%s.old".formatted(target.getFileName()));
        deleteTree(partial);
        Files.createDirectories(partial);
        boolean moved = false;
        try {
            Snapshot.write(partial, mlp);
            if (Files.exists(target)) {
                deleteTree(old);
                Files.move(target, old, StandardCopyOption.ATOMIC_MOVE);
            }
            Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
            moved = true;
        } finally {
            if (!moved) {
                deleteTree(partial);
            }
        }
        deleteTree(old);
    }

    /**
     * Where the network of an epoch was saved.
     *
     * @param epoch null for the last one
     * @throws FileFormatException if it was not saved
     */
    Path path(@Nullable Integer epoch) throws IOException {
        TopologyDirectory networks = TopologyDirectory.open(run);
        return epoch == null ? networks.lastNetwork() : networks.networkAt(epoch);
    }

    /** The last epoch before this one whose network was saved; 0 if there is none. */
    int lastBefore(int epoch) throws IOException {
        SortedSet<Integer> epochs = Files.isDirectory(folder())
                ? TopologyDirectory.open(run).epochs().headSet(epoch)
                : Collections.emptySortedSet();
        return epochs.isEmpty() ? 0 : epochs.last();
    }

    /** Removes all. */
    void delete() throws IOException {
        delete(ANY);
    }

    /** Removes what is there only while a network is written. */
    void deleteUnfinished() throws IOException {
        delete(UNFINISHED);
    }

    private void delete(Pattern names) throws IOException {
        if (!Files.isDirectory(folder())) {
            return;
        }
        List<Path> networks;
        try (Stream<Path> entries = Files.list(folder())) {
            networks = entries.filter(entry -> names.matcher(String.valueOf(entry.getFileName())).matches()).toList();
        }
        for (Path network : networks) {
            deleteTree(network);
        }
    }

    private static void deleteTree(Path root) throws IOException {
        if (!Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        List<Path> paths;
        try (Stream<Path> walk = Files.walk(root)) {
            paths = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path each : paths) {
            Files.delete(each);
        }
    }
}
