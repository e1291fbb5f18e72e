package dev.filigree.memory;

import java.lang.foreign.MemorySegment;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A fixed-length array outside the Java heap, zero-filled, 64-byte aligned and owned by whoever allocated it.
 *
 * <p>Closing frees the memory at once; using a closed array throws. Element access checks its index; kernels
 * take {@link #address()} and check once per call instead.
 */
public abstract sealed class OffHeapArray implements AutoCloseable permits FloatArray, IntArray, LongArray {
    private OffHeapMemory.@Nullable Allocation allocation;
    private final int elementBytes;
    private final String label;

    /** First byte of the array; 0 once closed. */
    long base;

    /** Number of elements; 0 once closed. */
    long length;

    OffHeapArray(long length, int elementBytes, String label) {
        if (length < 0 || length > Long.MAX_VALUE / 16) {
            throw new IllegalArgumentException("length of %s is %d, expected 0 or more".formatted(label, length));
        }
        OffHeapMemory.Allocation fresh = OffHeapMemory.allocate(length * elementBytes, label);
        this.allocation = fresh;
        this.base = fresh.address();
        this.length = length;
        this.elementBytes = elementBytes;
        this.label = label;
    }

    /** Number of elements. */
    public final long length() {
        return length;
    }

    /** Size of the elements in bytes. */
    public final long bytes() {
        return length * elementBytes;
    }

    /** What the array holds, for reports. */
    public final String label() {
        return label;
    }

    /**
     * Absolute address of the first element.
     *
     * @throws IllegalStateException if the array is closed
     */
    public final long address() {
        if (base == 0) {
            throw new IllegalStateException(label + " is closed");
        }
        return base;
    }

    /**
     * The elements as a native segment, valid until the array is closed.
     *
     * @throws IllegalStateException if the array is closed
     */
    public final MemorySegment segment() {
        return OffHeapMemory.ALL.asSlice(address(), bytes());
    }

    /**
     * The elements as an Agrona buffer over the same memory, in native byte order.
     *
     * @throws IllegalStateException if the array is closed or takes 2 GiB or more, an Agrona buffer's limit
     */
    public final UnsafeBuffer buffer() {
        if (bytes() > Integer.MAX_VALUE) {
            throw new IllegalStateException("%s takes %,d bytes; one Agrona buffer holds at most %,d"
                    .formatted(label, bytes(), Integer.MAX_VALUE));
        }
        return new UnsafeBuffer(address(), (int) bytes());
    }

    /** Sets every bit to zero. */
    public final void clear() {
        segment().fill((byte) 0);
    }

    /** Frees the memory. Closing twice does nothing. */
    @Override
    public final void close() {
        OffHeapMemory.Allocation open = allocation;
        if (open != null) {
            allocation = null;
            base = 0;
            length = 0;
            open.free();
        }
    }

    @Override
    public final String toString() {
        return base == 0 ? label + " (closed)" : "%s[%d]".formatted(label, length);
    }

    final void checkSameLength(OffHeapArray other) {
        if (other.length != length) {
            throw new IllegalArgumentException("cannot copy %s into %s: the lengths differ".formatted(other, this));
        }
    }
}
