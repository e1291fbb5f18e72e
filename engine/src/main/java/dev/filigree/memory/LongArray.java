package dev.filigree.memory;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Objects;

/** An off-heap array of {@code long}. */
public final class LongArray extends OffHeapArray {
    private LongArray(long length, String label) {
        super(length, 8, label);
    }

    /**
     * Allocates a zero-filled array.
     *
     * @param length number of elements, 0 or more
     * @param label what the array holds, for the leak report
     */
    public static LongArray allocate(long length, String label) {
        return new LongArray(length, label);
    }

    /** Allocates a copy of {@code values}. */
    public static LongArray copyOf(long[] values, String label) {
        LongArray copy = allocate(values.length, label);
        MemorySegment.copy(values, 0, copy.segment(), ValueLayout.JAVA_LONG, 0, values.length);
        return copy;
    }

    /** Element {@code index}. */
    public long get(long index) {
        Objects.checkIndex(index, length);
        return OffHeapMemory.getLong(base + index * 8);
    }

    /** Sets element {@code index}. */
    public void set(long index, long value) {
        Objects.checkIndex(index, length);
        OffHeapMemory.setLong(base + index * 8, value);
    }

    /** Copies all elements of {@code source}, which has the same length. */
    public void copyFrom(LongArray source) {
        checkSameLength(source);
        MemorySegment.copy(source.segment(), 0, segment(), 0, bytes());
    }

    /** The elements as a heap array; throws if there are more than a heap array holds. */
    public long[] toArray() {
        return segment().toArray(ValueLayout.JAVA_LONG);
    }
}
