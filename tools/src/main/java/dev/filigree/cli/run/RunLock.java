package dev.filigree.cli.run;

import dev.filigree.io.FileFormatException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Held while a run is trained, so that no two trainings write into one directory: a lock on its file {@code .lock}, which
 * the system gives back however the process ends. File systems without locks go without.
 */
public final class RunLock {
    /** Stays in the directory. */
    static final String NAME = ".lock";

    private RunLock() {}

    /** What is done meanwhile. */
    @FunctionalInterface
    public interface Work<T> {
        /** Does it. */
        T run() throws IOException;
    }

    /**
     * Does something while the lock is held.
     *
     * @param run directory of the run, which is made if needed
     * @return what the work returns
     * @throws FileFormatException if another training holds the lock
     */
    public static <T> T holding(Path run, Work<T> work) throws IOException {
        Files.createDirectories(run);
        try (FileChannel channel = FileChannel.open(run.resolve(NAME), StandardOpenOption.CREATE,
                StandardOpenOption.WRITE)) {
            if (!lock(channel)) {
                throw new FileFormatException(run,
                        "is being trained right now; wait until that ends, or choose another directory");
            }
            return work.run();
        }
    }

    /** Until the channel is closed. */
    private static boolean lock(FileChannel channel) {
        try {
            @Nullable
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            // Of this process.
            return false;
        } catch (IOException e) {
            // There are no locks here.
            return true;
        }
    }
}
