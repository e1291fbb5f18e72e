package dev.filigree.memory;

/** Until it is closed, off-heap memory is exhausted when so many bytes more are in use than now. */
public final class MemoryLimit implements AutoCloseable {
    private final long before;

    /** Sets the limit; minus all that is in use leaves no memory, whatever is freed meanwhile. */
    public MemoryLimit(long more) {
        before = OffHeapMemory.limit(OffHeapMemory.bytesInUse() + more);
    }

    @Override
    public void close() {
        OffHeapMemory.limit(before);
    }
}
