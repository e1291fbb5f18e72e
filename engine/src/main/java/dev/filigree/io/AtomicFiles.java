package dev.filigree.io;

import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Writes files that are either complete or not there: the content goes to a temporary file in the same
 * directory, is forced to the disk, and takes the target's name in one step. Whatever fails on the way, the
 * file that was there before stays as it was and nothing half-written remains.
 */
public final class AtomicFiles {
    private static final Pattern TEMPORARY = Pattern
            .compile("\\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}-.+");
    private static final int BUFFER_BYTES = 1 << 16;

    private AtomicFiles() {}

    /**
     * What to write, and to what.
     *
     * @param <T> {@link OutputStream} or {@link Path}
     */
    @FunctionalInterface
    public interface Content<T> {
        /** Writes everything to {@code target}; any exception abandons the file. */
        void writeTo(T target) throws IOException;
    }

    /**
     * Writes {@code file} through a stream, replacing what was there.
     *
     * @param file the file to make; its directory exists
     * @param content writes all bytes to a buffered stream; closing that stream is harmless and not needed
     * @throws IOException if the content or the disk fails; the old file is untouched then
     */
    public static void write(Path file, Content<OutputStream> content) throws IOException {
        writeThroughPath(file, temporary -> {
            try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.CREATE_NEW,
                    StandardOpenOption.WRITE);
                    OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER_BYTES)) {
                content.writeTo(new KeepOpen(out));
            }
        });
    }

    /**
     * Writes {@code file} through a temporary path, for libraries that want a path. The temporary name ends
     * with the name of {@code file}, so it keeps the extension.
     *
     * @param file the file to make; its directory exists
     * @param content creates and fills the file at the path it is given
     * @throws IOException if the content or the disk fails, or the content made no file; the old file is untouched then
     */
    public static void writeThroughPath(Path file, Content<Path> content) throws IOException {
        Path directory = file.toAbsolutePath().getParent();
        Path name = file.getFileName();
        if (directory == null || name == null) {
            throw new NoSuchFileException(file.toString(), null, "not the name of a file");
        }
        if (!Files.isDirectory(directory)) {
            throw new NoSuchFileException(file.toString(), null, "its directory does not exist; create it first");
        }
        // Not Files.createTempFile: it makes files that only the owner may read.
        Path temporary = directory.resolve("." + UUID.randomUUID() + "-" + name);
        boolean moved = false;
        try {
            content.writeTo(temporary);
            force(temporary, StandardOpenOption.WRITE);
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            moved = true;
        } catch (IOException e) {
            throw named(file, e);
        } finally {
            if (!moved) {
                Files.deleteIfExists(temporary);
            }
        }
        forceDirectory(directory);
    }

    /**
     * Removes the temporary files of processes that were killed while they wrote into a directory. No process may be
     * writing into it.
     *
     * @param directory need not exist
     */
    public static void removeLeftovers(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return;
        }
        List<Path> leftovers;
        try (Stream<Path> entries = Files.list(directory)) {
            leftovers = entries.filter(AtomicFiles::isLeftover).toList();
        }
        for (Path leftover : leftovers) {
            Files.deleteIfExists(leftover);
        }
    }

    /** Whether a file has the name of a temporary one: it is being written, or what wrote it was killed. */
    public static boolean isLeftover(Path file) {
        return TEMPORARY.matcher(String.valueOf(file.getFileName())).matches();
    }

    /** What a full disk throws says what happened and not where. */
    private static IOException named(Path file, IOException failure) {
        if (failure.getClass() != IOException.class) {
            return failure;
        }
        FileSystemException named = new FileSystemException(file.toString(), null, failure.getMessage());
        named.initCause(failure);
        return named;
    }

    private static void force(Path path, StandardOpenOption mode) throws IOException {
        try (FileChannel channel = FileChannel.open(path, mode)) {
            channel.force(true);
        }
    }

    /** Makes the new name survive a power cut where the system can; the content is safe either way. */
    private static void forceDirectory(Path directory) {
        try {
            force(directory, StandardOpenOption.READ);
        } catch (IOException e) {
            // Windows opens no directories; the rename itself has succeeded.
        }
    }

    /** Lets the content close "its" stream, as zip writers do, while the file stays open. */
    private static final class KeepOpen extends FilterOutputStream {
        KeepOpen(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }
}
