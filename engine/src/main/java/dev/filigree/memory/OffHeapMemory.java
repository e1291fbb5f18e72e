package dev.filigree.memory;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/**
 * The process's off-heap memory: one segment that spans the whole address space, through which every array
 * and kernel reads and writes, and the ledger of what is allocated.
 *
 * <p>An absolute address into {@link #ALL}, masked with {@link #ADDRESS_MASK}, is provably in range, so the
 * JIT compiler emits no bounds or liveness check. Safety is the caller's: arrays check their indices, kernel
 * facades check whole calls, and nothing else may touch {@code ALL}.
 */
public final class OffHeapMemory {
    /** The whole address space as one segment. */
    public static final MemorySegment ALL = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

    /** Keeps a user-space address as it is and proves to the compiler that it is a valid offset. */
    public static final long ADDRESS_MASK = 0x7FFF_FFFF_FFFFL;

    /** As {@link #ADDRESS_MASK}, and proves the alignment of a 4-byte element. */
    public static final long ADDRESS_MASK_4 = 0x7FFF_FFFF_FFFCL;

    /** As {@link #ADDRESS_MASK}, and proves the alignment of an 8-byte element. */
    public static final long ADDRESS_MASK_8 = 0x7FFF_FFFF_FFF8L;

    /** Alignment of every allocation in bytes: one cache line, one AVX-512 vector. */
    public static final int ALIGNMENT = 64;

    /** Requests from this size on are compared with the available memory; to ask takes about 0.1 ms. */
    private static final long CHECKED = 64L << 20;

    private static final ConcurrentHashMap<Long, Allocation> OPEN = new ConcurrentHashMap<>();
    private static final AtomicLong NEXT_ID = new AtomicLong();
    private static final AtomicLong BYTES_IN_USE = new AtomicLong();
    private static final AtomicLong BYTES_ALLOCATED = new AtomicLong();

    /** More bytes than this are never in use; there is no such limit but in tests of exhausted memory. */
    private static final AtomicLong LIMIT = new AtomicLong(Long.MAX_VALUE);

    private OffHeapMemory() {}

    /** Refuses every request by which more bytes would be in use; for tests. Returns the limit so far. */
    static long limit(long bytes) {
        return LIMIT.getAndSet(bytes);
    }

    /**
     * Does nothing if so much memory is available, on top of what is allocated; for what is allocated in many parts, before
     * the first of them.
     *
     * @param bytes all parts together
     * @param label what they are, for the message
     * @throws OutOfMemoryError if less is available
     */
    public static void require(long bytes, String label) {
        if (bytes < CHECKED) {
            return;
        }
        long available = available();
        if (bytes > available) {
            throw new OutOfMemoryError(("cannot allocate %,d off-heap bytes for %s: %,d are available "
                    + "(%,d are in use); make the network or the batch smaller")
                    .formatted(bytes, label, available, bytesInUse()));
        }
    }

    /** Bytes that can be allocated without swapping; very many where the system does not tell. */
    public static long available() {
        // What was allocated and not yet written to is still counted as available by the system.
        long promised = Math.max(0, bytesInUse() - AvailableMemory.OF_PROCESS.residentBytes());
        return Math.max(0, AvailableMemory.OF_PROCESS.bytes() - promised);
    }

    /** Bytes allocated and not yet closed. */
    public static long bytesInUse() {
        return BYTES_IN_USE.get();
    }

    /** Bytes allocated since the start of the process, whether closed or not. */
    public static long bytesAllocated() {
        return BYTES_ALLOCATED.get();
    }

    /**
     * What is still open, summed by label, largest first: one line each, {@code "<count> × <label>, <bytes> bytes"}.
     * Empty when nothing leaked.
     */
    public static List<String> leakReport() {
        return OPEN.values().stream().collect(Collectors.groupingBy(Allocation::label)).entrySet().stream()
                .sorted(Comparator.comparingLong(e -> -e.getValue().stream().mapToLong(Allocation::bytes).sum()))
                .map(e -> "%d × %s, %d bytes".formatted(e.getValue().size(), e.getKey(),
                        e.getValue().stream().mapToLong(Allocation::bytes).sum()))
                .toList();
    }

    static Allocation allocate(long bytes, String label) {
        // Systems that promise more than they have would kill the process later, in the midst of its work.
        require(bytes, label);
        // One spare line lets a vector kernel read a whole vector at the last element, another one aligns the first.
        long block = bytes > LIMIT.get() - bytesInUse() ? 0 : NativeHeap.allocate(bytes + 2 * ALIGNMENT);
        if (block == 0) {
            throw new OutOfMemoryError("cannot allocate %,d off-heap bytes for %s (%,d bytes are in use)"
                    .formatted(bytes, label, bytesInUse()));
        }
        try {
            long address = Math.ceilDiv(block, ALIGNMENT) * ALIGNMENT;
            Allocation allocation = new Allocation(NEXT_ID.incrementAndGet(), block, address, bytes, label);
            OPEN.put(allocation.id, allocation);
            BYTES_IN_USE.addAndGet(bytes);
            BYTES_ALLOCATED.addAndGet(bytes);
            return allocation;
        } catch (OutOfMemoryError e) {
            // Of the Java heap: nobody will own the block.
            NativeHeap.free(block);
            throw e;
        }
    }

    /** The byte at an absolute address; unchecked. */
    public static byte getByte(long address) {
        return ALL.get(ValueLayout.JAVA_BYTE, address & ADDRESS_MASK);
    }

    /** Stores a byte at an absolute address; unchecked. */
    public static void setByte(long address, byte value) {
        ALL.set(ValueLayout.JAVA_BYTE, address & ADDRESS_MASK, value);
    }

    /** The int at an absolute address; unchecked. */
    public static int getInt(long address) {
        return ALL.get(ValueLayout.JAVA_INT, address & ADDRESS_MASK_4);
    }

    /** Stores a int at an absolute address; unchecked. */
    public static void setInt(long address, int value) {
        ALL.set(ValueLayout.JAVA_INT, address & ADDRESS_MASK_4, value);
    }

    /** The float at an absolute address; unchecked. */
    public static float getFloat(long address) {
        return ALL.get(ValueLayout.JAVA_FLOAT, address & ADDRESS_MASK_4);
    }

    /** Stores a float at an absolute address; unchecked. */
    public static void setFloat(long address, float value) {
        ALL.set(ValueLayout.JAVA_FLOAT, address & ADDRESS_MASK_4, value);
    }

    /** The long at an absolute address; unchecked. */
    public static long getLong(long address) {
        return ALL.get(ValueLayout.JAVA_LONG, address & ADDRESS_MASK_8);
    }

    /** Stores a long at an absolute address; unchecked. */
    public static void setLong(long address, long value) {
        ALL.set(ValueLayout.JAVA_LONG, address & ADDRESS_MASK_8, value);
    }

    /** One allocation in the ledger. */
    record Allocation(long id, long block, long address, long bytes, String label) {
        void free() {
            if (OPEN.remove(id) != null) {
                BYTES_IN_USE.addAndGet(-bytes);
                NativeHeap.free(block);
            }
        }
    }
}
