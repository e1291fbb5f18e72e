package dev.filigree.kernel.vector;

import static dev.filigree.kernel.vector.Lanes.*;
import static dev.filigree.memory.OffHeapMemory.ADDRESS_MASK;
import static dev.filigree.memory.OffHeapMemory.ADDRESS_MASK_4;
import static dev.filigree.memory.OffHeapMemory.ADDRESS_MASK_8;
import static dev.filigree.memory.OffHeapMemory.ALL;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Forward product of one tile: bias, sum over incoming connections and activation in one sweep.
 *
 * <p>The loads are spelled out, once per tile width: past some method size C2 stops inlining helpers and boxes every
 * vector.
 */
final class VectorForward {
    private VectorForward() {}

    /**
     * Tile rows of two vectors. Every other connection is summed apart, since one sum of so few vectors would wait for
     * its own last addition.
     */
    static void two(long rowStarts, long sources, long weights, long bias, long x, long y, long z, int fromRow,
            int toRow, float slope) {
        for (int row = fromRow; row < toRow; row++) {
            long start = ALL.get(JAVA_LONG, rowStarts + 8L * row & ADDRESS_MASK_8);
            int count = (int) (ALL.get(JAVA_LONG, rowStarts + 8L * row + 8 & ADDRESS_MASK_8) - start);
            long source = sources + 4 * start & ADDRESS_MASK_4;
            long weight = weights + 4 * start & ADDRESS_MASK_4;
            FloatVector a0 = FloatVector.broadcast(SPECIES, ALL.get(JAVA_FLOAT, bias + 4L * row & ADDRESS_MASK_4));
            FloatVector a1 = a0;
            FloatVector b0 = FloatVector.zero(SPECIES);
            FloatVector b1 = b0;
            int k = 0;
            for (; k < count - 1; k += 2) {
                long p = x + (long) ALL.get(JAVA_INT, source + 4L * k) * TWO_BYTES & ADDRESS_MASK;
                FloatVector w = FloatVector.broadcast(SPECIES, ALL.get(JAVA_FLOAT, weight + 4L * k));
                a0 = w.fma(FloatVector.fromMemorySegment(SPECIES, ALL, p, LITTLE_ENDIAN), a0);
                a1 = w.fma(FloatVector.fromMemorySegment(SPECIES, ALL, p + VECTOR_1, LITTLE_ENDIAN), a1);
                long q = x + (long) ALL.get(JAVA_INT, source + 4L * k + 4) * TWO_BYTES & ADDRESS_MASK;
                FloatVector v = FloatVector.broadcast(SPECIES, ALL.get(JAVA_FLOAT, weight + 4L * k + 4));
                b0 = v.fma(FloatVector.fromMemorySegment(SPECIES, ALL, q, LITTLE_ENDIAN), b0);
                b1 = v.fma(FloatVector.fromMemorySegment(SPECIES, ALL, q + VECTOR_1, LITTLE_ENDIAN), b1);
            }
            if (k < count) {
                long p = x + (long) ALL.get(JAVA_INT, source + 4L * k & ADDRESS_MASK_4) * TWO_BYTES & ADDRESS_MASK;
                FloatVector w = FloatVector.broadcast(SPECIES, ALL.get(JAVA_FLOAT, weight + 4L * k & ADDRESS_MASK_4));
                a0 = w.fma(FloatVector.fromMemorySegment(SPECIES, ALL, p, LITTLE_ENDIAN), a0);
                a1 = w.fma(FloatVector.fromMemorySegment(SPECIES, ALL, p + VECTOR_1, LITTLE_ENDIAN), a1);
            }
            a0 = a0.add(b0);
            a1 = a1.add(b1);
            if (z != 0) {
                long kept = z + (long) row * TWO_BYTES & ADDRESS_MASK;
                a0.intoMemorySegment(ALL, kept, LITTLE_ENDIAN);
                a1.intoMemorySegment(ALL, kept + VECTOR_1, LITTLE_ENDIAN);
            }
            long out = y + (long) row * TWO_BYTES & ADDRESS_MASK;
            a0.mul(slope).blend(a0, a0.compare(VectorOperators.GT, 0f)).intoMemorySegment(ALL, out, LITTLE_ENDIAN);
            a1.mul(slope).blend(a1, a1.compare(VectorOperators.GT, 0f)).intoMemorySegment(ALL, out + VECTOR_1,
                    LITTLE_ENDIAN);
        }
    }

    /** Tile rows of four vectors. */
    static void four(long rowStarts, long sources, long weights, long bias, long x, long y, long z, int fromRow,
            int toRow, float slope) {
        for (int row = fromRow; row < toRow; row++) {
            long start = ALL.get(JAVA_LONG, rowStarts + 8L * row & ADDRESS_MASK_8);
            int count = (int) (ALL.get(JAVA_LONG, rowStarts + 8L * row + 8 & ADDRESS_MASK_8) - start);
            long source = sources + 4 * start & ADDRESS_MASK_4;
            long weight = weights + 4 * start & ADDRESS_MASK_4;
            FloatVector a0 = FloatVector.broadcast(SPECIES, ALL.get(JAVA_FLOAT, bias + 4L * row & ADDRESS_MASK_4));
            FloatVector a1 = a0;
            FloatVector a2 = a0;
            FloatVector a3 = a0;
            for (int k = 0; k < count; k++) {
                long p = x + (long) ALL.get(JAVA_INT, source + 4L * k) * FOUR_BYTES & ADDRESS_MASK;
                FloatVector w = FloatVector.broadcast(SPECIES, ALL.get(JAVA_FLOAT, weight + 4L * k));
                a0 = w.fma(FloatVector.fromMemorySegment(SPECIES, ALL, p, LITTLE_ENDIAN), a0);
                a1 = w.fma(FloatVector.fromMemorySegment(SPECIES, ALL, p + VECTOR_1, LITTLE_ENDIAN), a1);
                a2 = w.fma(FloatVector.fromMemorySegment(SPECIES, ALL, p + VECTOR_2, LITTLE_ENDIAN), a2);
                a3 = w.fma(FloatVector.fromMemorySegment(SPECIES, ALL, p + VECTOR_3, LITTLE_ENDIAN), a3);
            }
            if (z != 0) {
                long kept = z + (long) row * FOUR_BYTES & ADDRESS_MASK;
                a0.intoMemorySegment(ALL, kept, LITTLE_ENDIAN);
                a1.intoMemorySegment(ALL, kept + VECTOR_1, LITTLE_ENDIAN);
                a2.intoMemorySegment(ALL, kept + VECTOR_2, LITTLE_ENDIAN);
                a3.intoMemorySegment(ALL, kept + VECTOR_3, LITTLE_ENDIAN);
            }
            long out = y + (long) row * FOUR_BYTES & ADDRESS_MASK;
            a0.mul(slope).blend(a0, a0.compare(VectorOperators.GT, 0f)).intoMemorySegment(ALL, out, LITTLE_ENDIAN);
            a1.mul(slope).blend(a1, a1.compare(VectorOperators.GT, 0f)).intoMemorySegment(ALL, out + VECTOR_1,
                    LITTLE_ENDIAN);
            a2.mul(slope).blend(a2, a2.compare(VectorOperators.GT, 0f)).intoMemorySegment(ALL, out + VECTOR_2,
                    LITTLE_ENDIAN);
            a3.mul(slope).blend(a3, a3.compare(VectorOperators.GT, 0f)).intoMemorySegment(ALL, out + VECTOR_3,
                    LITTLE_ENDIAN);
        }
    }

    /** Tile rows of eight vectors. */
    static void eight(long rowStarts, long sources, long weights, long bias, long x, long y, long z, int fromRow,
            int toRow, float slope) {
        for (int row = fromRow; row < toRow; row++) {
            long start = ALL.get(JAVA_LONG, rowStarts + 8L * row & ADDRESS_MASK_8);
            int count = (int) (ALL.get(JAVA_LONG, rowStarts + 8L * row + 8 & ADDRESS_MASK_8) - start);
            long source = sources + 4 * start & ADDRESS_MASK_4;
            long weight = weights + 4 * start & ADDRESS_MASK_4;
            FloatVector a0 = FloatVector.broadcast(SPECIES, ALL.get(JAVA_FLOAT, bias + 4L * row & ADDRESS_MASK_4));
            FloatVector a1 = a0;
            FloatVector a2 = a0;
            FloatVector a3 = a0;
            FloatVector a4 = a0;
            FloatVector a5 = a0;
            FloatVector a6 = a0;
            FloatVector a7 = a0;
            for (int k = 0; k < count; k++) {
                long p = x + (long) ALL.get(JAVA_INT, source + 4L * k) * EIGHT_BYTES & ADDRESS_MASK;
                FloatVector w = FloatVector.broadcast(SPECIES, ALL.get(JAVA_FLOAT, weight + 4L * k));
                a0 = w.fma(FloatVector.fromMemorySegment(SPECIES, ALL, p, LITTLE_ENDIAN), a0);
                a1 = w.fma(FloatVector.fromMemorySegment(SPECIES, ALL, p + VECTOR_1, LITTLE_ENDIAN), a1);
                a2 = w.fma(FloatVector.fromMemorySegment(SPECIES, ALL, p + VECTOR_2, LITTLE_ENDIAN), a2);
                a3 = w.fma(FloatVector.fromMemorySegment(SPECIES, ALL, p + VECTOR_3, LITTLE_ENDIAN), a3);
                a4 = w.fma(FloatVector.fromMemorySegment(SPECIES, ALL, p + VECTOR_4, LITTLE_ENDIAN), a4);
                a5 = w.fma(FloatVector.fromMemorySegment(SPECIES, ALL, p + VECTOR_5, LITTLE_ENDIAN), a5);
                a6 = w.fma(FloatVector.fromMemorySegment(SPECIES, ALL, p + VECTOR_6, LITTLE_ENDIAN), a6);
                a7 = w.fma(FloatVector.fromMemorySegment(SPECIES, ALL, p + VECTOR_7, LITTLE_ENDIAN), a7);
            }
            if (z != 0) {
                long kept = z + (long) row * EIGHT_BYTES & ADDRESS_MASK;
                a0.intoMemorySegment(ALL, kept, LITTLE_ENDIAN);
                a1.intoMemorySegment(ALL, kept + VECTOR_1, LITTLE_ENDIAN);
                a2.intoMemorySegment(ALL, kept + VECTOR_2, LITTLE_ENDIAN);
                a3.intoMemorySegment(ALL, kept + VECTOR_3, LITTLE_ENDIAN);
                a4.intoMemorySegment(ALL, kept + VECTOR_4, LITTLE_ENDIAN);
                a5.intoMemorySegment(ALL, kept + VECTOR_5, LITTLE_ENDIAN);
                a6.intoMemorySegment(ALL, kept + VECTOR_6, LITTLE_ENDIAN);
                a7.intoMemorySegment(ALL, kept + VECTOR_7, LITTLE_ENDIAN);
            }
            long out = y + (long) row * EIGHT_BYTES & ADDRESS_MASK;
            a0.mul(slope).blend(a0, a0.compare(VectorOperators.GT, 0f)).intoMemorySegment(ALL, out, LITTLE_ENDIAN);
            a1.mul(slope).blend(a1, a1.compare(VectorOperators.GT, 0f)).intoMemorySegment(ALL, out + VECTOR_1,
                    LITTLE_ENDIAN);
            a2.mul(slope).blend(a2, a2.compare(VectorOperators.GT, 0f)).intoMemorySegment(ALL, out + VECTOR_2,
                    LITTLE_ENDIAN);
            a3.mul(slope).blend(a3, a3.compare(VectorOperators.GT, 0f)).intoMemorySegment(ALL, out + VECTOR_3,
                    LITTLE_ENDIAN);
            a4.mul(slope).blend(a4, a4.compare(VectorOperators.GT, 0f)).intoMemorySegment(ALL, out + VECTOR_4,
                    LITTLE_ENDIAN);
            a5.mul(slope).blend(a5, a5.compare(VectorOperators.GT, 0f)).intoMemorySegment(ALL, out + VECTOR_5,
                    LITTLE_ENDIAN);
            a6.mul(slope).blend(a6, a6.compare(VectorOperators.GT, 0f)).intoMemorySegment(ALL, out + VECTOR_6,
                    LITTLE_ENDIAN);
            a7.mul(slope).blend(a7, a7.compare(VectorOperators.GT, 0f)).intoMemorySegment(ALL, out + VECTOR_7,
                    LITTLE_ENDIAN);
        }
    }

    /**
     * Two tiles with rows of four vectors, which share what a connection costs beside its products, and whose eight sums
     * wait less for each other.
     */
    static void pair(long rowStarts, long sources, long weights, long bias, long x, long xStride, long y, long z,
            long yStride, int fromRow, int toRow, float slope) {
        long stride = xStride & ADDRESS_MASK;
        for (int row = fromRow; row < toRow; row++) {
            long start = ALL.get(JAVA_LONG, rowStarts + 8L * row & ADDRESS_MASK_8);
            int count = (int) (ALL.get(JAVA_LONG, rowStarts + 8L * row + 8 & ADDRESS_MASK_8) - start);
            long source = sources + 4 * start & ADDRESS_MASK_4;
            long weight = weights + 4 * start & ADDRESS_MASK_4;
            FloatVector a0 = FloatVector.broadcast(SPECIES, ALL.get(JAVA_FLOAT, bias + 4L * row & ADDRESS_MASK_4));
            FloatVector a1 = a0;
            FloatVector a2 = a0;
            FloatVector a3 = a0;
            FloatVector a4 = a0;
            FloatVector a5 = a0;
            FloatVector a6 = a0;
            FloatVector a7 = a0;
            for (int k = 0; k < count; k++) {
                int at = k & Integer.MAX_VALUE;
                long p = x + (long) ALL.get(JAVA_INT, source + 4L * at) * FOUR_BYTES & ADDRESS_MASK;
                FloatVector w = IntVector.broadcast(INTS, ALL.get(JAVA_INT, weight + 4L * at)).reinterpretAsFloats();
                a0 = w.fma(FloatVector.fromMemorySegment(SPECIES, ALL, p, LITTLE_ENDIAN), a0);
                a1 = w.fma(FloatVector.fromMemorySegment(SPECIES, ALL, p + VECTOR_1, LITTLE_ENDIAN), a1);
                a2 = w.fma(FloatVector.fromMemorySegment(SPECIES, ALL, p + VECTOR_2, LITTLE_ENDIAN), a2);
                a3 = w.fma(FloatVector.fromMemorySegment(SPECIES, ALL, p + VECTOR_3, LITTLE_ENDIAN), a3);
                long q = p + stride;
                a4 = w.fma(FloatVector.fromMemorySegment(SPECIES, ALL, q, LITTLE_ENDIAN), a4);
                a5 = w.fma(FloatVector.fromMemorySegment(SPECIES, ALL, q + VECTOR_1, LITTLE_ENDIAN), a5);
                a6 = w.fma(FloatVector.fromMemorySegment(SPECIES, ALL, q + VECTOR_2, LITTLE_ENDIAN), a6);
                a7 = w.fma(FloatVector.fromMemorySegment(SPECIES, ALL, q + VECTOR_3, LITTLE_ENDIAN), a7);
            }
            if (z != 0) {
                long kept = z + (long) row * FOUR_BYTES & ADDRESS_MASK;
                a0.intoMemorySegment(ALL, kept, LITTLE_ENDIAN);
                a1.intoMemorySegment(ALL, kept + VECTOR_1, LITTLE_ENDIAN);
                a2.intoMemorySegment(ALL, kept + VECTOR_2, LITTLE_ENDIAN);
                a3.intoMemorySegment(ALL, kept + VECTOR_3, LITTLE_ENDIAN);
                kept = z + yStride + (long) row * FOUR_BYTES & ADDRESS_MASK;
                a4.intoMemorySegment(ALL, kept, LITTLE_ENDIAN);
                a5.intoMemorySegment(ALL, kept + VECTOR_1, LITTLE_ENDIAN);
                a6.intoMemorySegment(ALL, kept + VECTOR_2, LITTLE_ENDIAN);
                a7.intoMemorySegment(ALL, kept + VECTOR_3, LITTLE_ENDIAN);
            }
            long out = y + (long) row * FOUR_BYTES & ADDRESS_MASK;
            a0.mul(slope).blend(a0, a0.compare(VectorOperators.GT, 0f)).intoMemorySegment(ALL, out, LITTLE_ENDIAN);
            a1.mul(slope).blend(a1, a1.compare(VectorOperators.GT, 0f)).intoMemorySegment(ALL, out + VECTOR_1,
                    LITTLE_ENDIAN);
            a2.mul(slope).blend(a2, a2.compare(VectorOperators.GT, 0f)).intoMemorySegment(ALL, out + VECTOR_2,
                    LITTLE_ENDIAN);
            a3.mul(slope).blend(a3, a3.compare(VectorOperators.GT, 0f)).intoMemorySegment(ALL, out + VECTOR_3,
                    LITTLE_ENDIAN);
            out = y + yStride + (long) row * FOUR_BYTES & ADDRESS_MASK;
            a4.mul(slope).blend(a4, a4.compare(VectorOperators.GT, 0f)).intoMemorySegment(ALL, out, LITTLE_ENDIAN);
            a5.mul(slope).blend(a5, a5.compare(VectorOperators.GT, 0f)).intoMemorySegment(ALL, out + VECTOR_1,
                    LITTLE_ENDIAN);
            a6.mul(slope).blend(a6, a6.compare(VectorOperators.GT, 0f)).intoMemorySegment(ALL, out + VECTOR_2,
                    LITTLE_ENDIAN);
            a7.mul(slope).blend(a7, a7.compare(VectorOperators.GT, 0f)).intoMemorySegment(ALL, out + VECTOR_3,
                    LITTLE_ENDIAN);
        }
    }
}
