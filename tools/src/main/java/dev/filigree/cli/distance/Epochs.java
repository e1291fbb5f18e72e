package dev.filigree.cli.distance;

import dev.filigree.io.FileFormatException;
import dev.filigree.io.topology.TopologyDirectory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which epochs of a run to look at: a list of them, or all that were saved. */
public final class Epochs {
    private static final String ALL = "all";

    private final @Nullable List<Integer> list;

    private Epochs(@Nullable List<Integer> list) {
        this.list = list;
    }

    /**
     * Reads what a user wrote.
     *
     * @param text {@code all}, or numbers with commas between them
     * @throws IllegalArgumentException if it is neither
     */
    public static Epochs parse(String text) {
        if (text.equals(ALL)) {
            return new Epochs(null);
        }
        List<Integer> epochs = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            if (!part.strip().matches("[0-9]{1,9}")) {
                throw new IllegalArgumentException(
                        "'%s' is no epoch; expected numbers such as 0,10,190, or %s".formatted(part.strip(), ALL));
            }
            epochs.add(Integer.valueOf(part.strip()));
        }
        return new Epochs(List.copyOf(epochs));
    }

    /** Whether there can be more than one. */
    public boolean areSeveral() {
        return list == null || list.size() > 1;
    }

    /**
     * The epochs of a directory.
     *
     * @param path of the directory, for messages
     * @throws FileFormatException if all are asked for but there are none
     */
    public Collection<Integer> of(TopologyDirectory directory, Path path) throws FileFormatException {
        if (list != null) {
            return list;
        }
        if (directory.epochs().isEmpty()) {
            throw new FileFormatException(path, "a single network without epochs, but all epochs were asked for;"
                    + " expected a run or a folder with epoch_NNN");
        }
        return directory.epochs();
    }
}
