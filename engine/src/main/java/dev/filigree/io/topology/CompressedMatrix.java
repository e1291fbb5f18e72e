package dev.filigree.io.topology;

import dev.filigree.memory.FloatArray;
import dev.filigree.memory.IntArray;
import dev.filigree.memory.LongArray;
import java.lang.foreign.MemorySegment;

/**
 * A sparse matrix compressed along one axis: CSR with rows as the major axis, CSC with columns. Owns its arrays.
 *
 * <p>Entries of one major index are in no particular order and may repeat. Transposing is a counting sort, so it puts
 * the new minor indices in ascending order, and entries of the same place keep their order.
 *
 * @param majors size of the compressed axis
 * @param minors size of the other axis
 * @param starts {@code majors + 1} ascending positions, from 0 to the number of entries
 * @param indices minor index of every entry, in {@code [0, minors)}
 * @param values value of every entry
 */
record CompressedMatrix(int majors, int minors, LongArray starts, IntArray indices,
        FloatArray values) implements AutoCloseable {

    /** Sorts entries given by both of their indices; the arrays stay the caller's. */
    static CompressedMatrix ofCoordinates(int majors, int minors, IntArray major, IntArray minor, FloatArray values) {
        try (ArrayOwner owner = new ArrayOwner()) {
            CompressedMatrix sorted = allocate(owner, majors, minors, values.length());
            count(major, sorted.starts);
            for (long k = 0; k < values.length(); k++) {
                sorted.place(major.get(k), minor.get(k), values.get(k));
            }
            sorted.restoreStarts();
            return owner.handOver(sorted);
        }
    }

    /** The same matrix compressed along the other axis; this one stays the caller's. */
    CompressedMatrix transpose() {
        try (ArrayOwner owner = new ArrayOwner()) {
            CompressedMatrix transposed = allocate(owner, minors, majors, values.length());
            count(indices, transposed.starts);
            for (int major = 0; major < majors; major++) {
                long end = starts.get(major + 1L);
                for (long k = starts.get(major); k < end; k++) {
                    transposed.place(indices.get(k), major, values.get(k));
                }
            }
            transposed.restoreStarts();
            return owner.handOver(transposed);
        }
    }

    private static CompressedMatrix allocate(ArrayOwner owner, int majors, int minors, long entries) {
        return new CompressedMatrix(majors, minors, owner.own(LongArray.allocate(majors + 1L, "starts of a matrix")),
                owner.own(IntArray.allocate(entries, "indices of a matrix")),
                owner.own(FloatArray.allocate(entries, "values of a matrix")));
    }

    private static void count(IntArray majorOfEntry, LongArray starts) {
        for (long k = 0; k < majorOfEntry.length(); k++) {
            long slot = majorOfEntry.get(k) + 1L;
            starts.set(slot, starts.get(slot) + 1);
        }
        for (long slot = 1; slot < starts.length(); slot++) {
            starts.set(slot, starts.get(slot) + starts.get(slot - 1));
        }
    }

    /** Uses each start as the next free position of its major index, until {@link #restoreStarts}. */
    private void place(int major, int minor, float value) {
        long position = starts.get(major);
        indices.set(position, minor);
        values.set(position, value);
        starts.set(major, position + 1);
    }

    private void restoreStarts() {
        for (long major = majors; major > 0; major--) {
            starts.set(major, starts.get(major - 1));
        }
        starts.set(0, 0);
    }

    /** Whether the minor indices ascend, without repetition, within every major index. */
    boolean isStrictlyAscending() {
        for (int major = 0; major < majors; major++) {
            long end = starts.get(major + 1L);
            for (long k = starts.get(major) + 1; k < end; k++) {
                if (indices.get(k) <= indices.get(k - 1)) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Adds up neighbouring entries of the same place, in place. The arrays keep their length: see {@link #shrink}. */
    void sumNeighbours() {
        long kept = 0;
        long begin = 0;
        for (int major = 0; major < majors; major++) {
            long end = starts.get(major + 1L);
            long first = kept;
            for (long k = begin; k < end; k++) {
                if (kept > first && indices.get(kept - 1) == indices.get(k)) {
                    values.set(kept - 1, values.get(kept - 1) + values.get(k));
                } else {
                    indices.set(kept, indices.get(k));
                    values.set(kept, values.get(k));
                    kept++;
                }
            }
            begin = end;
            starts.set(major + 1L, kept);
        }
    }

    /**
     * Takes the entries of the last minor index out of a strictly ascending matrix, in place. The arrays keep their
     * length: see {@link #shrink}.
     *
     * @return their values by major index, 0 where there was no entry
     */
    FloatArray extractLastMinor(String label) {
        FloatArray extracted = FloatArray.allocate(majors, label);
        long kept = 0;
        long begin = 0;
        for (int major = 0; major < majors; major++) {
            long end = starts.get(major + 1L);
            for (long k = begin; k < end; k++) {
                if (indices.get(k) == minors - 1) {
                    extracted.set(major, values.get(k));
                } else {
                    indices.set(kept, indices.get(k));
                    values.set(kept, values.get(k));
                    kept++;
                }
            }
            begin = end;
            starts.set(major + 1L, kept);
        }
        return extracted;
    }

    /** This matrix if its arrays hold nothing but its entries; else a copy that does, and this one is closed. */
    CompressedMatrix shrink() {
        long entries = starts.get(majors);
        if (entries == values.length()) {
            return this;
        }
        try (CompressedMatrix old = this; ArrayOwner owner = new ArrayOwner()) {
            CompressedMatrix exact = allocate(owner, majors, minors, entries);
            exact.starts.copyFrom(old.starts);
            MemorySegment.copy(old.indices.segment(), 0, exact.indices.segment(), 0, exact.indices.bytes());
            MemorySegment.copy(old.values.segment(), 0, exact.values.segment(), 0, exact.values.bytes());
            return owner.handOver(exact);
        }
    }

    @Override
    public void close() {
        starts.close();
        indices.close();
        values.close();
    }
}
