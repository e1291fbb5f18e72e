package dev.filigree.cli.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.filigree.io.AtomicFiles;
import dev.filigree.io.FileFormatException;
import dev.filigree.network.Mlp;
import dev.filigree.training.checkpoint.CheckpointDirectory;
import java.io.CharConversionException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The files of one run; the layout is described with the package. Nothing half-written ever has its final name:
 * files and networks are replaced whole.
 */
public final class RunDirectory {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private static final int LONGEST_REASON = 300;

    /** A record takes a few kilobytes. */
    private static final long LONGEST_RECORD = 1L << 24;

    private final Path path;

    private RunDirectory(Path path) {
        this.path = path;
    }

    /**
     * Makes sure early that {@link #create} can succeed; changes nothing.
     *
     * @throws IOException if the directory holds files and {@code overwrite} is off, or cannot be made or written to
     */
    public static void check(Path path, boolean overwrite) throws IOException {
        if (Files.isDirectory(path)) {
            if (!overwrite && !isEmpty(path)) {
                throw new FileFormatException(path,
                        "holds files already; choose another directory with --out, add --overwrite, or continue the "
                                + "run in it with --resume");
            }
        }
        Path existing = path.toAbsolutePath();
        while (!Files.exists(existing, LinkOption.NOFOLLOW_LINKS)) {
            Path parent = existing.getParent();
            if (parent == null) {
                return;
            }
            existing = parent;
        }
        if (!Files.isDirectory(existing)) {
            throw new NotDirectoryException(existing.toString());
        }
        if (!Files.isWritable(existing)) {
            throw new AccessDeniedException(existing.toString());
        }
    }

    /**
     * Makes the directory, and its parents if needed, ready for a new run.
     *
     * @param overwrite whether an older run in it is removed: {@code run.json}, {@code history.csv}, its
     *        checkpoints and the networks in {@code topology/}; all other files stay
     * @throws IOException as {@link #check}
     */
    public static RunDirectory create(Path path, boolean overwrite) throws IOException {
        check(path, overwrite);
        RunDirectory run = new RunDirectory(path);
        Files.createDirectories(path);
        if (overwrite) {
            // run.json first: without it nobody takes the rest for a complete run.
            Files.deleteIfExists(run.recordFile());
            Files.deleteIfExists(run.historyFile());
            run.checkpoints().delete();
            new SavedNetworks(path).delete();
        }
        AtomicFiles.removeLeftovers(path);
        return run;
    }

    /** Whether there is a run, whatever its state. */
    public static boolean isRun(Path path) {
        return Files.exists(new RunDirectory(path).recordFile());
    }

    /**
     * A run that exists.
     *
     * @throws FileFormatException if there is none
     */
    public static RunDirectory open(Path path) throws FileFormatException {
        RunDirectory run = new RunDirectory(path);
        if (!isRun(path)) {
            throw new FileFormatException(path, Files.isDirectory(path)
                    ? "is not a run: it has no run.json"
                    : Files.exists(path) ? "is not a directory; expected a run" : "no such directory");
        }
        return run;
    }

    /** Where the run is. */
    public Path path() {
        return path;
    }

    /** Where the history is. */
    public Path historyFile() {
        return path.resolve("history.csv");
    }

    /** Where the checkpoints are. */
    public CheckpointDirectory checkpoints() {
        return new CheckpointDirectory(path.resolve("checkpoints"));
    }

    /** Removes what a process left half-written that was killed meanwhile. No other may be writing. */
    public void removeLeftovers() throws IOException {
        AtomicFiles.removeLeftovers(path);
        checkpoints().removeLeftovers();
        new SavedNetworks(path).deleteUnfinished();
    }

    private Path recordFile() {
        return path.resolve("run.json");
    }

    /** Replaces {@code run.json}. */
    public void write(RunRecord record) throws IOException {
        byte[] content = (JSON.writeValueAsString(record) + "\n").getBytes(StandardCharsets.UTF_8);
        AtomicFiles.write(recordFile(), out -> out.write(content));
    }

    /**
     * Reads {@code run.json}.
     *
     * @throws FileFormatException if it is damaged
     */
    public RunRecord read() throws IOException {
        try {
            RunRecord record = JSON.readValue(recordBytes(), RunRecord.class);
            if (record != null && record.format() != RunRecord.FORMAT) {
                throw new FileFormatException(recordFile(), "has format %d, expected %d; use the Filigree that wrote it"
                        .formatted(record.format(), RunRecord.FORMAT));
            }
            if (!isComplete(record)) {
                throw new FileFormatException(recordFile(), "incomplete; expected settings, data and network");
            }
            return record;
        } catch (CharConversionException e) {
            throw new FileFormatException(recordFile(), "is not text in UTF-8; expected the record of a run", e);
        } catch (JsonProcessingException e) {
            throw new FileFormatException(recordFile(),
                    "not the record of a run: %s".formatted(FileFormatException
                            .printable(String.valueOf(e.getOriginalMessage()), LONGEST_REASON)),
                    e);
        }
    }

    private byte[] recordBytes() throws IOException {
        Path file = recordFile();
        if (!Files.isRegularFile(file) || Files.size(file) > LONGEST_RECORD) {
            throw new FileFormatException(file, "is not a file of at most %,d bytes; expected the record of a run"
                    .formatted(LONGEST_RECORD));
        }
        return Files.readAllBytes(file);
    }

    /**
     * Saves the network of an epoch; it appears whole or not at all, and replaces an older one.
     *
     * @param epoch 0 before training
     */
    public void writeNetwork(int epoch, Mlp mlp) throws IOException {
        new SavedNetworks(path).write(epoch, mlp);
    }

    /**
     * Where the network of an epoch was saved.
     *
     * @param epoch null for the last one
     * @throws FileFormatException if it was not saved
     */
    public Path network(@Nullable Integer epoch) throws IOException {
        return new SavedNetworks(path).path(epoch);
    }

    /** The last epoch before this one whose network was saved; 0 if there is none. */
    public int lastSavedBefore(int epoch) throws IOException {
        return new SavedNetworks(path).lastBefore(epoch);
    }

    /** Jackson leaves out what the file leaves out. */
    private static boolean isComplete(@Nullable RunRecord record) {
        if (record == null || record.settings() == null || record.data() == null || record.network() == null) {
            return false;
        }
        return record.settings().isComplete() && record.data().sha256() != null;
    }

    private static boolean isEmpty(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.allMatch(entry -> AtomicFiles.isLeftover(entry)
                    || String.valueOf(entry.getFileName()).equals(RunLock.NAME));
        }
    }
}
