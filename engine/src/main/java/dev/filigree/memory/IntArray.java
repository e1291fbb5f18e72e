package dev.filigree.memory;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Objects;

/** An off-heap array of {@code int}. */
public final class IntArray extends OffHeapArray {
    private IntArray(long length, String label) {
        super(length, 4, label);
    }

    /**
     * Allocates a zero-filled array.
     *
     * @param length number of elements, 0 or more
     * @param label what the array holds, for the leak report
     */
    public static IntArray allocate(long length, String label) {
        return new IntArray(length, label);
    }

    /** Allocates a copy of {@code values}. */
    public static IntArray copyOf(int[] values, String label) {
        IntArray copy = allocate(values.length, label);
        MemorySegment.copy(values, 0, copy.segment(), ValueLayout.JAVA_INT, 0, values.length);
        return copy;
    }

    /** Element {@code index}. */
    public int get(long index) {
        Objects.checkIndex(index, length);
        return OffHeapMemory.getInt(base + index * 4);
    }

    /** Sets element {@code index}. */
    public void set(long index, int value) {
        Objects.checkIndex(index, length);
        OffHeapMemory.setInt(base + index * 4, value);
    }

    /** Copies all elements of {@code source}, which has the same length. */
    public void copyFrom(IntArray source) {
        checkSameLength(source);
        MemorySegment.copy(source.segment(), 0, segment(), 0, bytes());
    }

    /** The elements as a heap array; throws if there are more than a heap array holds. */
    public int[] toArray() {
        return segment().toArray(ValueLayout.JAVA_INT);
    }
}
