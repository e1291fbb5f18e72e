package dev.filigree.memory;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * The off-heap arrays of one owner: freed together, and when one of them cannot be allocated, so are those before.
 */
public final class ArrayGroup implements AutoCloseable {
    private final List<OffHeapArray> arrays = new ArrayList<>();

    /** An empty group. */
    public ArrayGroup() {}

    /** Allocates a zero-filled array that belongs to the group. */
    public FloatArray floats(long length, String label) {
        return add(() -> FloatArray.allocate(length, label));
    }

    /** Allocates a zero-filled array that belongs to the group. */
    public IntArray ints(long length, String label) {
        return add(() -> IntArray.allocate(length, label));
    }

    /** Allocates a zero-filled array that belongs to the group. */
    public LongArray longs(long length, String label) {
        return add(() -> LongArray.allocate(length, label));
    }

    /** Makes what the owner needs beside its arrays; the arrays are freed if that fails. */
    public <T> T orClose(Supplier<T> maker) {
        try {
            return maker.get();
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    /** Frees an array of the group before the others. */
    public void free(OffHeapArray array) {
        array.close();
        arrays.remove(array);
    }

    /** Takes an array that another method allocates. */
    public <A extends OffHeapArray> A add(Supplier<A> allocation) {
        A array = orClose(allocation);
        arrays.add(array);
        return array;
    }

    /** Bytes of all arrays. */
    public long bytes() {
        return arrays.stream().mapToLong(OffHeapArray::bytes).sum();
    }

    /** Frees all arrays. */
    @Override
    public void close() {
        arrays.forEach(OffHeapArray::close);
        arrays.clear();
    }
}
