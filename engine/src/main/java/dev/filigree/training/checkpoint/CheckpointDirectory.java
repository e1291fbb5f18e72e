package dev.filigree.training.checkpoint;

import dev.filigree.io.AtomicFiles;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The checkpoints of one training in a folder, {@code epoch_EEEE_step_SSSSSS.checkpoint}: after so many steps of this
 * epoch. A file that was found damaged is kept as {@code ….checkpoint.damaged}. Nothing else in the folder is looked at.
 */
public final class CheckpointDirectory {
    private static final Pattern NAME = Pattern.compile("epoch_([0-9]{1,10})_step_([0-9]{1,10})\\.checkpoint");
    private static final String DAMAGED = ".damaged";

    private final Path path;

    /**
     * A folder that may not be there yet.
     *
     * @param path is made when the first checkpoint is written
     */
    public CheckpointDirectory(Path path) {
        this.path = path;
    }

    /**
     * A file that is no checkpoint, or not a whole one.
     *
     * @param file where it is
     * @param reason one line that names it
     */
    public record Damaged(Path file, String reason) {}

    /**
     * What can be gone on with.
     *
     * @param file the newest whole checkpoint; null if there is none
     * @param checkpoint its content, owned by the caller; null if there is none
     * @param damaged newer ones that are not whole, the newest first
     */
    public record Newest(@Nullable Path file, @Nullable Checkpoint checkpoint, List<Damaged> damaged)
            implements
                AutoCloseable {
        @Override
        public void close() {
            if (checkpoint != null) {
                checkpoint.close();
            }
        }
    }

    /** Where the checkpoints are. */
    public Path path() {
        return path;
    }

    /** The file of a checkpoint. */
    public Path file(int epoch, int step) {
        return path.resolve("epoch_%04d_step_%06d.checkpoint".formatted(epoch, step));
    }

    /** The files that are named like checkpoints, the newest first. */
    public List<Path> files() throws IOException {
        if (!Files.isDirectory(path)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(path)) {
            return entries.filter(entry -> name(entry).matches())
                    .sorted(Comparator.comparingLong((Path entry) -> number(entry, 1))
                            .thenComparingLong(entry -> number(entry, 2)).reversed())
                    .toList();
        }
    }

    private static Matcher name(Path file) {
        return NAME.matcher(String.valueOf(file.getFileName()));
    }

    private static long number(Path file, int group) {
        Matcher matcher = name(file);
        return matcher.matches() ? Long.parseLong(matcher.group(group)) : -1;
    }

    /**
     * Reads the newest checkpoint that is whole; changes nothing.
     *
     * @throws AccessDeniedException if one may not be read
     */
    public Newest newest() throws IOException {
        List<Damaged> damaged = new ArrayList<>();
        for (Path file : files()) {
            try {
                return new Newest(file, Checkpoint.read(file), damaged);
            } catch (AccessDeniedException | ClosedByInterruptException e) {
                // It may be whole all the same.
                throw e;
            } catch (IOException e) {
                damaged.add(new Damaged(file, String.valueOf(e.getMessage())));
            }
        }
        return new Newest(null, null, damaged);
    }

    /** Gives damaged files other names, so that they are not taken for checkpoints again. */
    public void setAside(List<Damaged> damaged) throws IOException {
        for (Damaged each : damaged) {
            Files.move(each.file(), each.file().resolveSibling(each.file().getFileName() + DAMAGED),
                    StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /**
     * Writes a checkpoint. Only when it is on the disk as a whole are older ones removed.
     *
     * @param keep how many of the last ones stay, this one included
     * @return its file
     * @throws IOException if the disk is full or fails; those that were there before stay as they were
     */
    public Path write(Checkpoint checkpoint, int keep) throws IOException {
        Files.createDirectories(path);
        Path file = file(checkpoint.epoch().epoch(), checkpoint.epoch().step());
        checkpoint.write(file);
        List<Path> files = files();
        for (Path old : files.subList(Math.min(keep, files.size()), files.size())) {
            if (!old.equals(file)) {
                Files.deleteIfExists(old);
            }
        }
        return file;
    }

    /** Removes what a process left half-written that was killed meanwhile. No other may be writing. */
    public void removeLeftovers() throws IOException {
        AtomicFiles.removeLeftovers(path);
    }

    /** Removes all checkpoints, those found damaged too, and the folder if nothing else is in it. */
    public void delete() throws IOException {
        removeLeftovers();
        if (!Files.isDirectory(path)) {
            return;
        }
        List<Path> entries;
        try (Stream<Path> list = Files.list(path)) {
            entries = list.toList();
        }
        int left = entries.size();
        for (Path entry : entries) {
            String name = String.valueOf(entry.getFileName());
            String plain = name.endsWith(DAMAGED) ? name.substring(0, name.length() - DAMAGED.length()) : name;
            if (NAME.matcher(plain).matches()) {
                Files.delete(entry);
                left--;
            }
        }
        if (left == 0) {
            Files.delete(path);
        }
    }
}
