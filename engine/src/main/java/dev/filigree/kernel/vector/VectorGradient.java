package dev.filigree.kernel.vector;

import static dev.filigree.kernel.vector.Lanes.*;
import static dev.filigree.memory.OffHeapMemory.ADDRESS_MASK;
import static dev.filigree.memory.OffHeapMemory.ADDRESS_MASK_4;
import static dev.filigree.memory.OffHeapMemory.ADDRESS_MASK_8;
import static dev.filigree.memory.OffHeapMemory.ALL;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import jdk.incubator.vector.FloatVector;

/** Gradient of incoming connections of one tile (SDDMM), for a first layer that passes no delta on. */
final class VectorGradient {
    private VectorGradient() {}

    /**
     * Sweeps over the rows from {@code fromRow} on; adds to the gradients if {@code accumulate}.
     *
     * @param rowBytes bytes per tile row
     * @param scratch as of {@link VectorBackward#sweep}
     */
    static void sweep(long rowStarts, long sources, long gradient, long x, long delta, long scratch, int rowBytes,
            int fromRow, int toRow, boolean accumulate) {
        long group = ALL.get(JAVA_LONG, rowStarts + 8L * fromRow & ADDRESS_MASK_8);
        for (int row = fromRow; row < toRow; row++) {
            long start = ALL.get(JAVA_LONG, rowStarts + 8L * row & ADDRESS_MASK_8);
            int count = (int) (ALL.get(JAVA_LONG, rowStarts + 8L * row + 8 & ADDRESS_MASK_8) - start);
            if (start + count > group + VectorFold.GROUP) {
                VectorFold.fold(scratch, gradient + 4 * group, (int) (start - group), accumulate);
                group = start;
            }
            long partials = scratch + (start - group) * BYTES;
            long own = delta + (long) row * rowBytes;
            if (rowBytes == TWO_BYTES) {
                two(sources + 4 * start, count, partials, x, own);
            } else if (rowBytes == FOUR_BYTES) {
                four(sources + 4 * start, count, partials, x, own);
            } else {
                eight(sources + 4 * start, count, partials, x, own);
            }
        }
        long end = ALL.get(JAVA_LONG, rowStarts + 8L * toRow & ADDRESS_MASK_8);
        VectorFold.fold(scratch, gradient + 4 * group, (int) (end - group), accumulate);
    }

    /** A row of tiles with rows of two vectors. */
    private static void two(long sources, int count, long partials, long x, long delta) {
        long source = sources & ADDRESS_MASK_4;
        long partial = partials & ADDRESS_MASK;
        long own = delta & ADDRESS_MASK;
        FloatVector d0 = FloatVector.fromMemorySegment(SPECIES, ALL, own, LITTLE_ENDIAN);
        FloatVector d1 = FloatVector.fromMemorySegment(SPECIES, ALL, own + VECTOR_1, LITTLE_ENDIAN);
        for (int k = 0; k < count; k++) {
            int at = k & Integer.MAX_VALUE;
            long in = x + (long) ALL.get(JAVA_INT, source + 4L * at) * TWO_BYTES & ADDRESS_MASK;
            FloatVector p = d0.mul(FloatVector.fromMemorySegment(SPECIES, ALL, in, LITTLE_ENDIAN));
            p = d1.fma(FloatVector.fromMemorySegment(SPECIES, ALL, in + VECTOR_1, LITTLE_ENDIAN), p);
            p.intoMemorySegment(ALL, partial + (long) at * BYTES, LITTLE_ENDIAN);
        }
    }

    /** A row of tiles with rows of four vectors. */
    private static void four(long sources, int count, long partials, long x, long delta) {
        long source = sources & ADDRESS_MASK_4;
        long partial = partials & ADDRESS_MASK;
        long own = delta & ADDRESS_MASK;
        FloatVector d0 = FloatVector.fromMemorySegment(SPECIES, ALL, own, LITTLE_ENDIAN);
        FloatVector d1 = FloatVector.fromMemorySegment(SPECIES, ALL, own + VECTOR_1, LITTLE_ENDIAN);
        FloatVector d2 = FloatVector.fromMemorySegment(SPECIES, ALL, own + VECTOR_2, LITTLE_ENDIAN);
        FloatVector d3 = FloatVector.fromMemorySegment(SPECIES, ALL, own + VECTOR_3, LITTLE_ENDIAN);
        for (int k = 0; k < count; k++) {
            int at = k & Integer.MAX_VALUE;
            long in = x + (long) ALL.get(JAVA_INT, source + 4L * at) * FOUR_BYTES & ADDRESS_MASK;
            FloatVector p = d0.mul(FloatVector.fromMemorySegment(SPECIES, ALL, in, LITTLE_ENDIAN));
            FloatVector q = d1.mul(FloatVector.fromMemorySegment(SPECIES, ALL, in + VECTOR_1, LITTLE_ENDIAN));
            p = d2.fma(FloatVector.fromMemorySegment(SPECIES, ALL, in + VECTOR_2, LITTLE_ENDIAN), p);
            q = d3.fma(FloatVector.fromMemorySegment(SPECIES, ALL, in + VECTOR_3, LITTLE_ENDIAN), q);
            p.add(q).intoMemorySegment(ALL, partial + (long) at * BYTES, LITTLE_ENDIAN);
        }
    }

    /** A row of tiles with rows of eight vectors. */
    private static void eight(long sources, int count, long partials, long x, long delta) {
        long source = sources & ADDRESS_MASK_4;
        long partial = partials & ADDRESS_MASK;
        long own = delta & ADDRESS_MASK;
        FloatVector d0 = FloatVector.fromMemorySegment(SPECIES, ALL, own, LITTLE_ENDIAN);
        FloatVector d1 = FloatVector.fromMemorySegment(SPECIES, ALL, own + VECTOR_1, LITTLE_ENDIAN);
        FloatVector d2 = FloatVector.fromMemorySegment(SPECIES, ALL, own + VECTOR_2, LITTLE_ENDIAN);
        FloatVector d3 = FloatVector.fromMemorySegment(SPECIES, ALL, own + VECTOR_3, LITTLE_ENDIAN);
        FloatVector d4 = FloatVector.fromMemorySegment(SPECIES, ALL, own + VECTOR_4, LITTLE_ENDIAN);
        FloatVector d5 = FloatVector.fromMemorySegment(SPECIES, ALL, own + VECTOR_5, LITTLE_ENDIAN);
        FloatVector d6 = FloatVector.fromMemorySegment(SPECIES, ALL, own + VECTOR_6, LITTLE_ENDIAN);
        FloatVector d7 = FloatVector.fromMemorySegment(SPECIES, ALL, own + VECTOR_7, LITTLE_ENDIAN);
        for (int k = 0; k < count; k++) {
            int at = k & Integer.MAX_VALUE;
            long in = x + (long) ALL.get(JAVA_INT, source + 4L * at) * EIGHT_BYTES & ADDRESS_MASK;
            FloatVector p = d0.mul(FloatVector.fromMemorySegment(SPECIES, ALL, in, LITTLE_ENDIAN));
            FloatVector q = d1.mul(FloatVector.fromMemorySegment(SPECIES, ALL, in + VECTOR_1, LITTLE_ENDIAN));
            p = d2.fma(FloatVector.fromMemorySegment(SPECIES, ALL, in + VECTOR_2, LITTLE_ENDIAN), p);
            q = d3.fma(FloatVector.fromMemorySegment(SPECIES, ALL, in + VECTOR_3, LITTLE_ENDIAN), q);
            p = d4.fma(FloatVector.fromMemorySegment(SPECIES, ALL, in + VECTOR_4, LITTLE_ENDIAN), p);
            q = d5.fma(FloatVector.fromMemorySegment(SPECIES, ALL, in + VECTOR_5, LITTLE_ENDIAN), q);
            p = d6.fma(FloatVector.fromMemorySegment(SPECIES, ALL, in + VECTOR_6, LITTLE_ENDIAN), p);
            q = d7.fma(FloatVector.fromMemorySegment(SPECIES, ALL, in + VECTOR_7, LITTLE_ENDIAN), q);
            p.add(q).intoMemorySegment(ALL, partial + (long) at * BYTES, LITTLE_ENDIAN);
        }
    }
}
