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
 * {@link VectorForward} on activations in bfloat16: an {@code int} holds a lane of an even vector in its high half and
 * the same lane of the next one in its low half, so one load feeds two products. Sums are in single precision.
 */
final class VectorPackedForward {
    private static final int HIGH = 0xFFFF_0000;

    private VectorPackedForward() {}

    /** Rounds rows of activations to the nearest bfloat16, ties to even, and packs them. */
    static void pack(long matrix, long packed, int lanes, int fromRow, int toRow) {
        long rowBytes = 4L * lanes;
        long end = rowBytes * toRow;
        for (long at = rowBytes * fromRow; at < end; at += 2L * BYTES) {
            IntVector high = IntVector.fromMemorySegment(INTS, ALL, matrix + at & ADDRESS_MASK, LITTLE_ENDIAN);
            IntVector low = IntVector.fromMemorySegment(INTS, ALL, matrix + at + BYTES & ADDRESS_MASK, LITTLE_ENDIAN);
            high = high.add(0x7FFF).add(high.lanewise(VectorOperators.LSHR, 16).and(1)).and(HIGH);
            low = low.add(0x7FFF).add(low.lanewise(VectorOperators.LSHR, 16).and(1)).lanewise(VectorOperators.LSHR, 16);
            high.or(low).intoMemorySegment(ALL, packed + at / 2 & ADDRESS_MASK, LITTLE_ENDIAN);
        }
    }

    /** Tile rows of two vectors; every other connection is summed apart, as in {@link VectorForward#two}. */
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
                long p = x + (long) ALL.get(JAVA_INT, source + 4L * k) * (TWO_BYTES / 2) & ADDRESS_MASK;
                FloatVector w = FloatVector.broadcast(SPECIES, ALL.get(JAVA_FLOAT, weight + 4L * k));
                IntVector x0 = IntVector.fromMemorySegment(INTS, ALL, p, LITTLE_ENDIAN);
                a0 = w.fma(x0.and(HIGH).reinterpretAsFloats(), a0);
                a1 = w.fma(x0.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats(), a1);
                long q = x + (long) ALL.get(JAVA_INT, source + 4L * k + 4) * (TWO_BYTES / 2) & ADDRESS_MASK;
                FloatVector v = FloatVector.broadcast(SPECIES, ALL.get(JAVA_FLOAT, weight + 4L * k + 4));
                IntVector x1 = IntVector.fromMemorySegment(INTS, ALL, q, LITTLE_ENDIAN);
                b0 = v.fma(x1.and(HIGH).reinterpretAsFloats(), b0);
                b1 = v.fma(x1.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats(), b1);
            }
            if (k < count) {
                long p = x + (long) ALL.get(JAVA_INT, source + 4L * k & ADDRESS_MASK_4) * (TWO_BYTES / 2)
                        & ADDRESS_MASK;
                FloatVector w = FloatVector.broadcast(SPECIES, ALL.get(JAVA_FLOAT, weight + 4L * k & ADDRESS_MASK_4));
                IntVector x0 = IntVector.fromMemorySegment(INTS, ALL, p, LITTLE_ENDIAN);
                a0 = w.fma(x0.and(HIGH).reinterpretAsFloats(), a0);
                a1 = w.fma(x0.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats(), a1);
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
                long p = x + (long) ALL.get(JAVA_INT, source + 4L * k) * (FOUR_BYTES / 2) & ADDRESS_MASK;
                FloatVector w = FloatVector.broadcast(SPECIES, ALL.get(JAVA_FLOAT, weight + 4L * k));
                IntVector x0 = IntVector.fromMemorySegment(INTS, ALL, p, LITTLE_ENDIAN);
                a0 = w.fma(x0.and(HIGH).reinterpretAsFloats(), a0);
                a1 = w.fma(x0.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats(), a1);
                IntVector x1 = IntVector.fromMemorySegment(INTS, ALL, p + VECTOR_1, LITTLE_ENDIAN);
                a2 = w.fma(x1.and(HIGH).reinterpretAsFloats(), a2);
                a3 = w.fma(x1.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats(), a3);
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
                long p = x + (long) ALL.get(JAVA_INT, source + 4L * k) * (EIGHT_BYTES / 2) & ADDRESS_MASK;
                FloatVector w = FloatVector.broadcast(SPECIES, ALL.get(JAVA_FLOAT, weight + 4L * k));
                IntVector x0 = IntVector.fromMemorySegment(INTS, ALL, p, LITTLE_ENDIAN);
                a0 = w.fma(x0.and(HIGH).reinterpretAsFloats(), a0);
                a1 = w.fma(x0.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats(), a1);
                IntVector x1 = IntVector.fromMemorySegment(INTS, ALL, p + VECTOR_1, LITTLE_ENDIAN);
                a2 = w.fma(x1.and(HIGH).reinterpretAsFloats(), a2);
                a3 = w.fma(x1.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats(), a3);
                IntVector x2 = IntVector.fromMemorySegment(INTS, ALL, p + VECTOR_2, LITTLE_ENDIAN);
                a4 = w.fma(x2.and(HIGH).reinterpretAsFloats(), a4);
                a5 = w.fma(x2.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats(), a5);
                IntVector x3 = IntVector.fromMemorySegment(INTS, ALL, p + VECTOR_3, LITTLE_ENDIAN);
                a6 = w.fma(x3.and(HIGH).reinterpretAsFloats(), a6);
                a7 = w.fma(x3.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats(), a7);
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

    /** Two tiles with rows of four vectors, as {@link VectorForward#pair}. */
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
                long p = x + (long) ALL.get(JAVA_INT, source + 4L * at) * (FOUR_BYTES / 2) & ADDRESS_MASK;
                FloatVector w = IntVector.broadcast(INTS, ALL.get(JAVA_INT, weight + 4L * at)).reinterpretAsFloats();
                IntVector p0 = IntVector.fromMemorySegment(INTS, ALL, p, LITTLE_ENDIAN);
                a0 = w.fma(p0.and(HIGH).reinterpretAsFloats(), a0);
                a1 = w.fma(p0.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats(), a1);
                IntVector p1 = IntVector.fromMemorySegment(INTS, ALL, p + VECTOR_1, LITTLE_ENDIAN);
                a2 = w.fma(p1.and(HIGH).reinterpretAsFloats(), a2);
                a3 = w.fma(p1.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats(), a3);
                long q = p + stride;
                IntVector q0 = IntVector.fromMemorySegment(INTS, ALL, q, LITTLE_ENDIAN);
                a4 = w.fma(q0.and(HIGH).reinterpretAsFloats(), a4);
                a5 = w.fma(q0.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats(), a5);
                IntVector q1 = IntVector.fromMemorySegment(INTS, ALL, q + VECTOR_1, LITTLE_ENDIAN);
                a6 = w.fma(q1.and(HIGH).reinterpretAsFloats(), a6);
                a7 = w.fma(q1.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats(), a7);
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
