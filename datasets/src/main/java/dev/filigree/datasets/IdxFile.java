package dev.filigree.datasets;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * An IDX file that can be opened, on disk or inside the program.
 *
 * @param name what to call it in messages
 * @param bytes its size as stored, or -1 if it is part of the program
 * @param opener opens it at its first stored byte
 */
record IdxFile(String name, long bytes, Opener opener) {
    /** Opens the stored bytes. */
    interface Opener {
        InputStream open() throws IOException;
    }

    static IdxFile of(Path path) throws DatasetException {
        if (!Files.exists(path)) {
            throw new DatasetException(path + ": found no such file, expected an IDX file: check the path");
        }
        if (Files.isDirectory(path)) {
            throw new DatasetException(path + ": found a folder, expected an IDX file: check the path");
        }
        if (!Files.isRegularFile(path)) {
            throw new DatasetException(
                    path + ": found a pipe or a device, expected an IDX file: its size must be known, so store it first");
        }
        try {
            return new IdxFile(path.toString(), Files.size(path), () -> Files.newInputStream(path));
        } catch (IOException e) {
            throw unreadable(path.toString(), e);
        }
    }

    /** Says for the person why a file cannot be opened or read. */
    static DatasetException unreadable(String name, IOException e) {
        String reason = e instanceof AccessDeniedException ? "permission denied" : String.valueOf(e.getMessage());
        return new DatasetException(
                "%s: cannot be read (%s): check the file and its permissions".formatted(name, reason),
                e);
    }

    static IdxFile bundled(String resource) {
        return new IdxFile("bundled " + resource, -1, () -> {
            InputStream stream = IdxFile.class.getResourceAsStream(resource);
            if (stream == null) {
                throw new FileNotFoundException("missing from the program's jar");
            }
            return stream;
        });
    }
}
