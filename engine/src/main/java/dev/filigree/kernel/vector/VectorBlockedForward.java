package dev.filigree.kernel.vector;

import static dev.filigree.kernel.vector.Chunks.ROUND_UP;
import static dev.filigree.kernel.vector.Chunks.WHOLE_CHUNKS;
import static dev.filigree.kernel.vector.Lanes.*;
import static dev.filigree.memory.OffHeapMemory.ADDRESS_MASK;
import static dev.filigree.memory.OffHeapMemory.ADDRESS_MASK_4;
import static dev.filigree.memory.OffHeapMemory.ALL;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import dev.filigree.kernel.BlockedIndex;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Forward product of one tile over {@link BlockedIndex}: every block adds to the sums in the result, which begin as the
 * bias and to which the activation is applied at the end.
 *
 * <p>A chunk is one iteration, too large for C2 to unroll: loops for the remainders of unrolled ones would cost a wrongly
 * predicted branch each, in every cell. Next to loads of 512 bits every small one costs as much, hence a chunk's places in
 * one. Every other connection is summed apart, since one sum of so few vectors would wait for its own last addition.
 */
final class VectorBlockedForward {
    private VectorBlockedForward() {}

    /** All vectors of the rows from the bias on. */
    static void begin(long bias, long y, int lanes, int fromRow, int toRow) {
        for (int row = fromRow; row < toRow; row++) {
            FloatVector b = FloatVector.broadcast(SPECIES, ALL.get(JAVA_FLOAT, bias + 4L * row & ADDRESS_MASK_4));
            for (int lane = 0; lane < lanes; lane += LENGTH) {
                b.intoMemorySegment(ALL, y + 4 * ((long) row * lanes + lane) & ADDRESS_MASK, LITTLE_ENDIAN);
            }
        }
    }

    /** Keeps the sums, if they are wanted, and applies the activation. */
    static void finish(long y, long z, int lanes, int fromRow, int toRow, float slope) {
        for (long at = 4L * fromRow * lanes; at < 4L * toRow * lanes; at += BYTES) {
            FloatVector a = FloatVector.fromMemorySegment(SPECIES, ALL, y + at & ADDRESS_MASK, LITTLE_ENDIAN);
            if (z != 0) {
                a.intoMemorySegment(ALL, z + at & ADDRESS_MASK, LITTLE_ENDIAN);
            }
            a.mul(slope).blend(a, a.compare(VectorOperators.GT, 0f)).intoMemorySegment(ALL, y + at & ADDRESS_MASK,
                    LITTLE_ENDIAN);
        }
    }

    /**
     * Two vectors of the tile rows.
     *
     * @param starts ends of the cells before each of the block
     * @param x activations of the block
     * @param rowShift binary logarithm of a tile row's bytes
     */
    static void two(long starts, long places, long weights, long x, long y, int rowShift, int fromRow, int toRow) {
        for (int row = fromRow; row < toRow; row++) {
            int start = ALL.get(JAVA_INT, starts + 4L * row & ADDRESS_MASK_4) + ROUND_UP & WHOLE_CHUNKS;
            int end = ALL.get(JAVA_INT, starts + 4L * row + 4 & ADDRESS_MASK_4);
            int chunks = (end - start + ROUND_UP) >> 2;
            long place = places + start & ADDRESS_MASK_4;
            long weight = weights + 4L * start & ADDRESS_MASK_4;
            long sum = y + ((long) row << rowShift) & ADDRESS_MASK;
            FloatVector a0 = FloatVector.fromMemorySegment(SPECIES, ALL, sum, LITTLE_ENDIAN);
            FloatVector a1 = FloatVector.fromMemorySegment(SPECIES, ALL, sum + VECTOR_1, LITTLE_ENDIAN);
            FloatVector b0 = FloatVector.zero(SPECIES);
            FloatVector b1 = b0;
            for (int k = 0; k < chunks; k++) {
                int at = k & Integer.MAX_VALUE;
                int four = ALL.get(JAVA_INT, place + 4L * at);
                long p0 = x + ((long) (four & 0xFF) << rowShift) & ADDRESS_MASK;
                FloatVector w0 = FloatVector.broadcast(SPECIES, ALL.get(JAVA_FLOAT, weight + 16L * at));
                a0 = w0.fma(FloatVector.fromMemorySegment(SPECIES, ALL, p0, LITTLE_ENDIAN), a0);
                a1 = w0.fma(FloatVector.fromMemorySegment(SPECIES, ALL, p0 + VECTOR_1, LITTLE_ENDIAN), a1);
                long p1 = x + ((long) ((four >>> 8) & 0xFF) << rowShift) & ADDRESS_MASK;
                FloatVector w1 = FloatVector.broadcast(SPECIES,
                        ALL.get(JAVA_FLOAT, weight + 16L * at + 4));
                b0 = w1.fma(FloatVector.fromMemorySegment(SPECIES, ALL, p1, LITTLE_ENDIAN), b0);
                b1 = w1.fma(FloatVector.fromMemorySegment(SPECIES, ALL, p1 + VECTOR_1, LITTLE_ENDIAN), b1);
                long p2 = x + ((long) ((four >>> 16) & 0xFF) << rowShift) & ADDRESS_MASK;
                FloatVector w2 = FloatVector.broadcast(SPECIES,
                        ALL.get(JAVA_FLOAT, weight + 16L * at + 8));
                a0 = w2.fma(FloatVector.fromMemorySegment(SPECIES, ALL, p2, LITTLE_ENDIAN), a0);
                a1 = w2.fma(FloatVector.fromMemorySegment(SPECIES, ALL, p2 + VECTOR_1, LITTLE_ENDIAN), a1);
                long p3 = x + ((long) (four >>> 24) << rowShift) & ADDRESS_MASK;
                FloatVector w3 = FloatVector.broadcast(SPECIES,
                        ALL.get(JAVA_FLOAT, weight + 16L * at + 12));
                b0 = w3.fma(FloatVector.fromMemorySegment(SPECIES, ALL, p3, LITTLE_ENDIAN), b0);
                b1 = w3.fma(FloatVector.fromMemorySegment(SPECIES, ALL, p3 + VECTOR_1, LITTLE_ENDIAN), b1);
            }
            a0.add(b0).intoMemorySegment(ALL, sum, LITTLE_ENDIAN);
            a1.add(b1).intoMemorySegment(ALL, sum + VECTOR_1, LITTLE_ENDIAN);
        }
    }

    /**
     * Four vectors of the tile rows.
     *
     * @param starts ends of the cells before each of the block
     * @param x activations of the block
     * @param rowShift binary logarithm of a tile row's bytes
     */
    static void four(long starts, long places, long weights, long x, long y, int rowShift, int fromRow, int toRow) {
        for (int row = fromRow; row < toRow; row++) {
            int start = ALL.get(JAVA_INT, starts + 4L * row & ADDRESS_MASK_4) + ROUND_UP & WHOLE_CHUNKS;
            int end = ALL.get(JAVA_INT, starts + 4L * row + 4 & ADDRESS_MASK_4);
            int chunks = (end - start + ROUND_UP) >> 2;
            long place = places + start & ADDRESS_MASK_4;
            long weight = weights + 4L * start & ADDRESS_MASK_4;
            long sum = y + ((long) row << rowShift) & ADDRESS_MASK;
            FloatVector a0 = FloatVector.fromMemorySegment(SPECIES, ALL, sum, LITTLE_ENDIAN);
            FloatVector a1 = FloatVector.fromMemorySegment(SPECIES, ALL, sum + VECTOR_1, LITTLE_ENDIAN);
            FloatVector a2 = FloatVector.fromMemorySegment(SPECIES, ALL, sum + VECTOR_2, LITTLE_ENDIAN);
            FloatVector a3 = FloatVector.fromMemorySegment(SPECIES, ALL, sum + VECTOR_3, LITTLE_ENDIAN);
            FloatVector b0 = FloatVector.zero(SPECIES);
            FloatVector b1 = b0;
            FloatVector b2 = b0;
            FloatVector b3 = b0;
            for (int k = 0; k < chunks; k++) {
                int at = k & Integer.MAX_VALUE;
                int four = ALL.get(JAVA_INT, place + 4L * at);
                long p0 = x + ((long) (four & 0xFF) << rowShift) & ADDRESS_MASK;
                FloatVector w0 = FloatVector.broadcast(SPECIES, ALL.get(JAVA_FLOAT, weight + 16L * at));
                a0 = w0.fma(FloatVector.fromMemorySegment(SPECIES, ALL, p0, LITTLE_ENDIAN), a0);
                a1 = w0.fma(FloatVector.fromMemorySegment(SPECIES, ALL, p0 + VECTOR_1, LITTLE_ENDIAN), a1);
                a2 = w0.fma(FloatVector.fromMemorySegment(SPECIES, ALL, p0 + VECTOR_2, LITTLE_ENDIAN), a2);
                a3 = w0.fma(FloatVector.fromMemorySegment(SPECIES, ALL, p0 + VECTOR_3, LITTLE_ENDIAN), a3);
                long p1 = x + ((long) ((four >>> 8) & 0xFF) << rowShift) & ADDRESS_MASK;
                FloatVector w1 = FloatVector.broadcast(SPECIES,
                        ALL.get(JAVA_FLOAT, weight + 16L * at + 4));
                b0 = w1.fma(FloatVector.fromMemorySegment(SPECIES, ALL, p1, LITTLE_ENDIAN), b0);
                b1 = w1.fma(FloatVector.fromMemorySegment(SPECIES, ALL, p1 + VECTOR_1, LITTLE_ENDIAN), b1);
                b2 = w1.fma(FloatVector.fromMemorySegment(SPECIES, ALL, p1 + VECTOR_2, LITTLE_ENDIAN), b2);
                b3 = w1.fma(FloatVector.fromMemorySegment(SPECIES, ALL, p1 + VECTOR_3, LITTLE_ENDIAN), b3);
                long p2 = x + ((long) ((four >>> 16) & 0xFF) << rowShift) & ADDRESS_MASK;
                FloatVector w2 = FloatVector.broadcast(SPECIES,
                        ALL.get(JAVA_FLOAT, weight + 16L * at + 8));
                a0 = w2.fma(FloatVector.fromMemorySegment(SPECIES, ALL, p2, LITTLE_ENDIAN), a0);
                a1 = w2.fma(FloatVector.fromMemorySegment(SPECIES, ALL, p2 + VECTOR_1, LITTLE_ENDIAN), a1);
                a2 = w2.fma(FloatVector.fromMemorySegment(SPECIES, ALL, p2 + VECTOR_2, LITTLE_ENDIAN), a2);
                a3 = w2.fma(FloatVector.fromMemorySegment(SPECIES, ALL, p2 + VECTOR_3, LITTLE_ENDIAN), a3);
                long p3 = x + ((long) (four >>> 24) << rowShift) & ADDRESS_MASK;
                FloatVector w3 = FloatVector.broadcast(SPECIES,
                        ALL.get(JAVA_FLOAT, weight + 16L * at + 12));
                b0 = w3.fma(FloatVector.fromMemorySegment(SPECIES, ALL, p3, LITTLE_ENDIAN), b0);
                b1 = w3.fma(FloatVector.fromMemorySegment(SPECIES, ALL, p3 + VECTOR_1, LITTLE_ENDIAN), b1);
                b2 = w3.fma(FloatVector.fromMemorySegment(SPECIES, ALL, p3 + VECTOR_2, LITTLE_ENDIAN), b2);
                b3 = w3.fma(FloatVector.fromMemorySegment(SPECIES, ALL, p3 + VECTOR_3, LITTLE_ENDIAN), b3);
            }
            a0.add(b0).intoMemorySegment(ALL, sum, LITTLE_ENDIAN);
            a1.add(b1).intoMemorySegment(ALL, sum + VECTOR_1, LITTLE_ENDIAN);
            a2.add(b2).intoMemorySegment(ALL, sum + VECTOR_2, LITTLE_ENDIAN);
            a3.add(b3).intoMemorySegment(ALL, sum + VECTOR_3, LITTLE_ENDIAN);
        }
    }
}
