package dev.filigree.io.topology;

import dev.filigree.memory.OffHeapArray;
import java.util.ArrayList;
import java.util.List;

/** Owns arrays while a result is put together, and frees them unless the result is handed over. */
final class ArrayOwner implements AutoCloseable {
    private final List<OffHeapArray> arrays = new ArrayList<>();

    <A extends OffHeapArray> A own(A array) {
        arrays.add(array);
        return array;
    }

    CompressedMatrix own(CompressedMatrix matrix) {
        own(matrix.starts());
        own(matrix.indices());
        own(matrix.values());
        return matrix;
    }

    /** Gives up the arrays, which {@code result} owns from here. */
    <R> R handOver(R result) {
        arrays.clear();
        return result;
    }

    @Override
    public void close() {
        arrays.forEach(OffHeapArray::close);
    }
}
