package dev.filigree.memory;

import static org.assertj.core.api.Assertions.assertThat;

/** Until it is closed, off-heap memory is exhausted when so many bytes more are in use than now. */
public final class MemoryLimit implements AutoCloseable {
    private final long before;

    /** Sets the limit; minus all that is in use leaves no memory, whatever is freed meanwhile. */
    public MemoryLimit(long more) {
        before = OffHeapMemory.limit(OffHeapMemory.bytesInUse() + more);
    }

    /**
     * Does something with more and more memory until there is enough. Whenever it runs out, nothing may be left of it.
     *
     * @param step bytes
     */
    public static void raiseUntilDone(long step, Runnable attempt) {
        long before = OffHeapMemory.bytesInUse();
        boolean done = false;
        for (long limit = 0; !done; limit += step) {
            done = isEnough(limit, attempt);
            assertThat(OffHeapMemory.bytesInUse()).as("with %d bytes: %s", limit, OffHeapMemory.leakReport())
                    .isEqualTo(before);
        }
    }

    private static boolean isEnough(long limit, Runnable attempt) {
        try (MemoryLimit exhausted = new MemoryLimit(limit)) {
            attempt.run();
            assertThat(exhausted).isNotNull();
            return true;
        } catch (OutOfMemoryError e) {
            return false;
        }
    }

    @Override
    public void close() {
        OffHeapMemory.limit(before);
    }
}
