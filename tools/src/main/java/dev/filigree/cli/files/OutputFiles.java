package dev.filigree.cli.files;

import dev.filigree.io.AtomicFiles;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Checks places to write to before the work is done, which may take long, and names the file when writing fails
 * nevertheless.
 */
public final class OutputFiles {
    private OutputFiles() {}

    /**
     * Makes a directory if it is missing.
     *
     * @throws IOException if it cannot be made, or nothing can be written into it
     */
    public static void prepareDirectory(Path directory) throws IOException {
        if (Files.exists(directory) && !Files.isDirectory(directory)) {
            throw new IOException("cannot write into %s: it is a file; expected a directory".formatted(directory));
        }
        try {
            Files.createDirectories(directory);
        } catch (FileSystemException e) {
            throw new IOException("cannot make the directory %s: %s".formatted(directory, reason(e)), e);
        }
        if (!Files.isWritable(directory)) {
            throw new IOException("cannot write into %s: no permission".formatted(directory));
        }
    }

    /**
     * As {@link #prepareDirectory}, where a later call may replace what an earlier one has written, but nothing else.
     *
     * @param own whether an earlier call has written into the directory
     * @param what wrote it, for the error, such as "a comparison"
     * @throws IOException also if it holds files of something else
     */
    public static void prepareOwnDirectory(Path directory, boolean own, String what) throws IOException {
        if (!own && Files.isDirectory(directory)) {
            try (Stream<Path> entries = Files.list(directory)) {
                if (!entries.allMatch(AtomicFiles::isLeftover)) {
                    throw new IOException(
                            "%s holds files, and none that tell that %s wrote them: nothing was replaced; "
                                    .formatted(directory, what)
                                    + "choose another directory with --out, or empty this one");
                }
            }
        }
        prepareDirectory(directory);
    }

    /**
     * Checks that a file can be written; its directory exists.
     *
     * @throws IOException if it cannot
     */
    public static void checkWritable(Path file) throws IOException {
        Path directory = file.toAbsolutePath().getParent();
        if (directory == null || Files.isDirectory(file)) {
            throw new IOException("cannot write %s: it is a directory; expected a file to write".formatted(file));
        }
        if (!Files.isDirectory(directory)) {
            throw new IOException(
                    "cannot write %s: there is no directory %s; create it first".formatted(file, directory));
        }
        if (!Files.isWritable(directory)) {
            throw new IOException("cannot write %s: no permission to write into %s".formatted(file, directory));
        }
    }

    /**
     * Writes a file, and names it when that fails: the messages of the file system name a temporary file, or nothing
     * but a file.
     */
    public static void write(Path file, AtomicFiles.Content<Path> content) throws IOException {
        try {
            content.writeTo(file);
        } catch (FileSystemException e) {
            throw new IOException("cannot write %s: %s".formatted(file, reason(e)), e);
        } catch (IOException e) {
            throw new IOException("cannot write %s: %s".formatted(file, e.getMessage()), e);
        }
    }

    private static String reason(FileSystemException e) {
        return e.getReason() == null ? e.getClass().getSimpleName() : e.getReason();
    }
}
