package dev.filigree.memory;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Objects;

/** An off-heap array of {@code float}. */
public final class FloatArray extends OffHeapArray {
    private FloatArray(long length, String label) {
        super(length, 4, label);
    }

    /**
     * Allocates a zero-filled array.
     *
     * @param length number of elements, 0 or more
     * @param label what the array holds, for the leak report
     */
    public static FloatArray allocate(long length, String label) {
        return new FloatArray(length, label);
    }

    /** Allocates a copy of {@code values}. */
    public static FloatArray copyOf(float[] values, String label) {
        FloatArray copy = allocate(values.length, label);
        MemorySegment.copy(values, 0, copy.segment(), ValueLayout.JAVA_FLOAT, 0, values.length);
        return copy;
    }

    /** Element {@code index}. */
    public float get(long index) {
        Objects.checkIndex(index, length);
        return OffHeapMemory.getFloat(base + index * 4);
    }

    /** Sets element {@code index}. */
    public void set(long index, float value) {
        Objects.checkIndex(index, length);
        OffHeapMemory.setFloat(base + index * 4, value);
    }

    /** Copies all elements of {@code source}, which has the same length. */
    public void copyFrom(FloatArray source) {
        checkSameLength(source);
        MemorySegment.copy(source.segment(), 0, segment(), 0, bytes());
    }

    /**
     * Copies some elements of another array to the places from {@code to} on.
     *
     * @param from first element of {@code source} that is copied
     */
    public void copyFrom(FloatArray source, long from, long to, long count) {
        Objects.checkFromIndexSize(from, count, source.length);
        Objects.checkFromIndexSize(to, count, length);
        MemorySegment.copy(OffHeapMemory.ALL, source.address() + 4 * from, OffHeapMemory.ALL, address() + 4 * to,
                4 * count);
    }

    /** A copy with memory of its own. */
    public FloatArray copy() {
        // Before anything is allocated, as this array may be closed.
        MemorySegment own = segment();
        FloatArray copy = allocate(length(), label() + " (copy)");
        copy.segment().copyFrom(own);
        return copy;
    }

    /** The elements as a heap array; throws if there are more than a heap array holds. */
    public float[] toArray() {
        return segment().toArray(ValueLayout.JAVA_FLOAT);
    }
}
