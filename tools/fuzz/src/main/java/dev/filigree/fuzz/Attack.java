package dev.filigree.fuzz;

import com.sun.management.ThreadMXBean;
import dev.filigree.datasets.DatasetException;
import dev.filigree.io.FileFormatException;
import dev.filigree.memory.OffHeapMemory;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Gives a reader bytes and judges what it does. Allowed are a value, or a {@link FileFormatException} or
 * {@link DatasetException} whose message is one line; within {@link #MOST_SECONDS}; with no off-heap memory left; and with
 * all memory that it allocated on the way, freed or not, within {@link #FREE_BYTES} and {@link #PLAIN_TIMES} the size of
 * the file, {@link #COMPRESSED_TIMES} if its format has compression. Not for use by several threads at a time.
 */
public final class Attack {
    /** The longest that a small file may take. */
    public static final double MOST_SECONDS = 1;

    /** Memory that a reader may allocate for any file: buffers, and what sizes up to 2^20 take. */
    public static final long FREE_BYTES = 32L << 20;

    /** Bytes per byte of a plain file. */
    public static final long PLAIN_TIMES = 1 << 10;

    /** Bytes per byte of a file that unpacks, by up to 1032 times. */
    public static final long COMPRESSED_TIMES = 1 << 16;

    /** Loading classes takes time and memory too, but not every time. */
    private static final int TRIALS = 3;

    private static final int LONGEST_MESSAGE = 2000;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final FileReader reader;
    private final Path file;
    private long accepted;
    private long mostBytes;
    private double mostSeconds;

    /**
     * An attack without an input yet.
     *
     * @param folder is there, and this attack's alone
     */
    public Attack(FileReader reader, Path folder) {
        this.reader = reader;
        this.file = folder.resolve(reader.fileName());
    }

    /**
     * Lets the reader read.
     *
     * @throws AssertionError if it does anything that is not allowed
     */
    public void run(byte[] input) throws IOException {
        Files.write(file, input);
        long limit = FREE_BYTES + input.length * (reader.mayBeCompressed() ? COMPRESSED_TIMES : PLAIN_TIMES);
        Cost cost = cost();
        for (int k = 1; k < TRIALS && (cost.seconds > MOST_SECONDS || cost.bytes > limit); k++) {
            cost = cost();
        }
        require(cost.seconds <= MOST_SECONDS, "it took %.2f s".formatted(cost.seconds));
        require(cost.bytes <= limit, "%,d bytes of memory for a file of %,d".formatted(cost.bytes, input.length));
        accepted += cost.read ? 1 : 0;
        mostBytes = Math.max(mostBytes, cost.bytes);
        mostSeconds = Math.max(mostSeconds, cost.seconds);
    }

    private record Cost(boolean read, double seconds, long bytes) {}

    private Cost cost() {
        long open = OffHeapMemory.bytesInUse();
        long allocated = allocatedBytes();
        long begin = System.nanoTime();
        boolean read = read();
        double seconds = (System.nanoTime() - begin) * 1e-9;
        long bytes = allocatedBytes() - allocated;
        require(OffHeapMemory.bytesInUse() == open, "memory stays allocated");
        return new Cost(read, seconds, bytes);
    }

    private boolean read() {
        try {
            reader.read(file);
            return true;
        } catch (FileFormatException | DatasetException e) {
            String message = String.valueOf(e.getMessage());
            require(message.length() <= LONGEST_MESSAGE && message.chars().noneMatch(Character::isISOControl),
                    "a message of %,d characters, or not in one line".formatted(message.length()));
            return false;
        } catch (IOException | RuntimeException | OutOfMemoryError | StackOverflowError e) {
            throw new AssertionError("%s: %s".formatted(reader, e), e);
        }
    }

    private void require(boolean holds, String problem) {
        if (!holds) {
            throw new AssertionError("%s: %s".formatted(reader, problem));
        }
    }

    private static long allocatedBytes() {
        return THREADS.getCurrentThreadAllocatedBytes() + OffHeapMemory.bytesAllocated();
    }

    /** Number of inputs that were read as a value. */
    public long accepted() {
        return accepted;
    }

    /** What was seen so far, in words. */
    public String summary() {
        return "%s: %,d read as a value, at most %,d bytes and %.3f s".formatted(reader, accepted, mostBytes,
                mostSeconds);
    }
}
