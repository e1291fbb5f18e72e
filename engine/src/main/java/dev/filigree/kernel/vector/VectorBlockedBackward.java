package dev.filigree.kernel.vector;

import static dev.filigree.kernel.vector.Lanes.*;
import static dev.filigree.memory.OffHeapMemory.ADDRESS_MASK;
import static dev.filigree.memory.OffHeapMemory.ADDRESS_MASK_4;
import static dev.filigree.memory.OffHeapMemory.ALL;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import dev.filigree.kernel.BlockedIndex;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

/** Backward sweep over a block of a {@link BlockedIndex}, as {@link VectorBackward}; it adds to the input deltas. */
final class VectorBlockedBackward {
    /** As {@link VectorFold#GROUP}: fewer, to leave the L1 cache to the block. */
    private static final int GROUP = 64;

    private static final int ROW_SHIFT = Integer.numberOfTrailingZeros(FOUR_BYTES);

    private VectorBlockedBackward() {}

    /**
     * Tile rows of two vectors; adds to the gradients if {@code accumulate}. Every other connection is summed apart, as in
     * {@link VectorForward#two}.
     *
     * @param starts positions of the block's cells
     * @param delta of the output neurons of the block
     * @param rowShift binary logarithm of a tile row's bytes
     */
    static void two(long starts, long places, long weights, long gradient, long x, long inputDelta, long delta,
            long scratch, int rowShift, int fromColumn, int toColumn, boolean accumulate) {
        int group = ALL.get(JAVA_INT, starts + 4L * fromColumn & ADDRESS_MASK_4);
        for (int column = fromColumn; column < toColumn; column++) {
            int start = ALL.get(JAVA_INT, starts + 4L * column & ADDRESS_MASK_4);
            int count = ALL.get(JAVA_INT, starts + 4L * column + 4 & ADDRESS_MASK_4) - start;
            if (start + count > group + GROUP) {
                VectorFold.fold(scratch, gradient + 4L * group, start - group, accumulate);
                group = start;
            }
            long partial = scratch + (long) (start - group) * BYTES & ADDRESS_MASK;
            long place = places + start & ADDRESS_MASK;
            long weight = weights + 4L * start & ADDRESS_MASK_4;
            long row = (long) column << rowShift;
            long input = x + row & ADDRESS_MASK;
            long sum = inputDelta + row & ADDRESS_MASK;
            FloatVector x0 = FloatVector.fromMemorySegment(SPECIES, ALL, input, LITTLE_ENDIAN);
            FloatVector x1 = FloatVector.fromMemorySegment(SPECIES, ALL, input + VECTOR_1, LITTLE_ENDIAN);
            FloatVector a0 = FloatVector.fromMemorySegment(SPECIES, ALL, sum, LITTLE_ENDIAN);
            FloatVector a1 = FloatVector.fromMemorySegment(SPECIES, ALL, sum + VECTOR_1, LITTLE_ENDIAN);
            FloatVector b0 = FloatVector.zero(SPECIES);
            FloatVector b1 = b0;
            int k = 0;
            for (; k < count - 1; k += 2) {
                int at = k & Integer.MAX_VALUE;
                long d = delta + ((long) (ALL.get(JAVA_BYTE, place + at) & 0xFF) << rowShift)
                        & ADDRESS_MASK;
                FloatVector w = IntVector.broadcast(INTS, ALL.get(JAVA_INT, weight + 4L * at)).reinterpretAsFloats();
                FloatVector t = FloatVector.fromMemorySegment(SPECIES, ALL, d, LITTLE_ENDIAN);
                FloatVector p = t.mul(x0);
                a0 = w.fma(t, a0);
                t = FloatVector.fromMemorySegment(SPECIES, ALL, d + VECTOR_1, LITTLE_ENDIAN);
                p = t.fma(x1, p);
                a1 = w.fma(t, a1);
                p.intoMemorySegment(ALL, partial + (long) at * BYTES, LITTLE_ENDIAN);
                d = delta + ((long) (ALL.get(JAVA_BYTE, place + at + 1) & 0xFF) << rowShift)
                        & ADDRESS_MASK;
                w = IntVector.broadcast(INTS, ALL.get(JAVA_INT, weight + 4L * at + 4)).reinterpretAsFloats();
                t = FloatVector.fromMemorySegment(SPECIES, ALL, d, LITTLE_ENDIAN);
                p = t.mul(x0);
                b0 = w.fma(t, b0);
                t = FloatVector.fromMemorySegment(SPECIES, ALL, d + VECTOR_1, LITTLE_ENDIAN);
                p = t.fma(x1, p);
                b1 = w.fma(t, b1);
                p.intoMemorySegment(ALL, partial + (long) at * BYTES + VECTOR_1, LITTLE_ENDIAN);
            }
            if (k < count) {
                int at = k & Integer.MAX_VALUE;
                long d = delta + ((long) (ALL.get(JAVA_BYTE, place + at) & 0xFF) << rowShift)
                        & ADDRESS_MASK;
                FloatVector w = IntVector.broadcast(INTS, ALL.get(JAVA_INT, weight + 4L * at)).reinterpretAsFloats();
                FloatVector t = FloatVector.fromMemorySegment(SPECIES, ALL, d, LITTLE_ENDIAN);
                FloatVector p = t.mul(x0);
                a0 = w.fma(t, a0);
                t = FloatVector.fromMemorySegment(SPECIES, ALL, d + VECTOR_1, LITTLE_ENDIAN);
                p = t.fma(x1, p);
                a1 = w.fma(t, a1);
                p.intoMemorySegment(ALL, partial + (long) at * BYTES, LITTLE_ENDIAN);
            }
            a0.add(b0).intoMemorySegment(ALL, sum, LITTLE_ENDIAN);
            a1.add(b1).intoMemorySegment(ALL, sum + VECTOR_1, LITTLE_ENDIAN);
        }
        int end = ALL.get(JAVA_INT, starts + 4L * toColumn & ADDRESS_MASK_4);
        VectorFold.fold(scratch, gradient + 4L * group, end - group, accumulate);
    }

    /**
     * Four vectors of the tile rows; adds to the gradients if {@code accumulate}.
     *
     * @param starts positions of the block's cells
     * @param delta of the output neurons of the block
     * @param rowShift binary logarithm of a tile row's bytes
     */
    static void four(long starts, long places, long weights, long gradient, long x, long inputDelta, long delta,
            long scratch, int rowShift, int fromColumn, int toColumn, boolean accumulate) {
        int group = ALL.get(JAVA_INT, starts + 4L * fromColumn & ADDRESS_MASK_4);
        for (int column = fromColumn; column < toColumn; column++) {
            int start = ALL.get(JAVA_INT, starts + 4L * column & ADDRESS_MASK_4);
            int count = ALL.get(JAVA_INT, starts + 4L * column + 4 & ADDRESS_MASK_4) - start;
            if (start + count > group + GROUP) {
                VectorFold.fold(scratch, gradient + 4L * group, start - group, accumulate);
                group = start;
            }
            long partial = scratch + (long) (start - group) * BYTES & ADDRESS_MASK;
            long place = places + start & ADDRESS_MASK;
            long weight = weights + 4L * start & ADDRESS_MASK_4;
            long row = (long) column << rowShift;
            long input = x + row & ADDRESS_MASK;
            long sum = inputDelta + row & ADDRESS_MASK;
            FloatVector x0 = FloatVector.fromMemorySegment(SPECIES, ALL, input, LITTLE_ENDIAN);
            FloatVector x1 = FloatVector.fromMemorySegment(SPECIES, ALL, input + VECTOR_1, LITTLE_ENDIAN);
            FloatVector x2 = FloatVector.fromMemorySegment(SPECIES, ALL, input + VECTOR_2, LITTLE_ENDIAN);
            FloatVector x3 = FloatVector.fromMemorySegment(SPECIES, ALL, input + VECTOR_3, LITTLE_ENDIAN);
            FloatVector a0 = FloatVector.fromMemorySegment(SPECIES, ALL, sum, LITTLE_ENDIAN);
            FloatVector a1 = FloatVector.fromMemorySegment(SPECIES, ALL, sum + VECTOR_1, LITTLE_ENDIAN);
            FloatVector a2 = FloatVector.fromMemorySegment(SPECIES, ALL, sum + VECTOR_2, LITTLE_ENDIAN);
            FloatVector a3 = FloatVector.fromMemorySegment(SPECIES, ALL, sum + VECTOR_3, LITTLE_ENDIAN);
            for (int k = 0; k < count; k++) {
                int at = k & Integer.MAX_VALUE;
                long near = delta + ((long) (ALL.get(JAVA_BYTE, place + at) & 0xFF) << rowShift)
                        & ADDRESS_MASK;
                FloatVector w = IntVector.broadcast(INTS, ALL.get(JAVA_INT, weight + 4L * at)).reinterpretAsFloats();
                FloatVector t = FloatVector.fromMemorySegment(SPECIES, ALL, near, LITTLE_ENDIAN);
                FloatVector p = t.mul(x0);
                a0 = w.fma(t, a0);
                t = FloatVector.fromMemorySegment(SPECIES, ALL, near + VECTOR_1, LITTLE_ENDIAN);
                FloatVector q = t.mul(x1);
                a1 = w.fma(t, a1);
                t = FloatVector.fromMemorySegment(SPECIES, ALL, near + VECTOR_2, LITTLE_ENDIAN);
                p = t.fma(x2, p);
                a2 = w.fma(t, a2);
                t = FloatVector.fromMemorySegment(SPECIES, ALL, near + VECTOR_3, LITTLE_ENDIAN);
                q = t.fma(x3, q);
                a3 = w.fma(t, a3);
                p.add(q).intoMemorySegment(ALL, partial + (long) at * BYTES, LITTLE_ENDIAN);
            }
            a0.intoMemorySegment(ALL, sum, LITTLE_ENDIAN);
            a1.intoMemorySegment(ALL, sum + VECTOR_1, LITTLE_ENDIAN);
            a2.intoMemorySegment(ALL, sum + VECTOR_2, LITTLE_ENDIAN);
            a3.intoMemorySegment(ALL, sum + VECTOR_3, LITTLE_ENDIAN);
        }
        int end = ALL.get(JAVA_INT, starts + 4L * toColumn & ADDRESS_MASK_4);
        VectorFold.fold(scratch, gradient + 4L * group, end - group, accumulate);
    }

    /**
     * Two tiles with rows of four vectors, which share what a connection costs beside its products; their gradients are
     * summed before they are folded. Thirty-two registers hold the rows of both tiles beside the sums. Adds to the
     * gradients if {@code accumulate}.
     *
     * @param starts positions of the block's cells
     * @param delta of the output neurons of the block
     */
    static void pair(long starts, long places, long weights, long gradient, long x, long inputDelta, long xStride,
            long delta, long deltaStride, long scratch, int fromColumn, int toColumn, boolean accumulate) {
        long deltas = delta & ADDRESS_MASK;
        long stride = deltaStride & ADDRESS_MASK;
        int group = ALL.get(JAVA_INT, starts + 4L * fromColumn & ADDRESS_MASK_4);
        for (int column = fromColumn; column < toColumn; column++) {
            int start = ALL.get(JAVA_INT, starts + 4L * column & ADDRESS_MASK_4);
            int count = ALL.get(JAVA_INT, starts + 4L * column + 4 & ADDRESS_MASK_4) - start;
            if (start + count > group + GROUP) {
                VectorFold.fold(scratch, gradient + 4L * group, start - group, accumulate);
                group = start;
            }
            long partial = scratch + (long) (start - group) * BYTES & ADDRESS_MASK;
            long place = places + start & ADDRESS_MASK;
            long weight = weights + 4L * start & ADDRESS_MASK_4;
            long row = (long) column << ROW_SHIFT;
            long input = x + row & ADDRESS_MASK;
            long otherInput = x + xStride + row & ADDRESS_MASK;
            long sum = inputDelta + row & ADDRESS_MASK;
            long otherSum = inputDelta + xStride + row & ADDRESS_MASK;
            FloatVector x0 = FloatVector.fromMemorySegment(SPECIES, ALL, input, LITTLE_ENDIAN);
            FloatVector x1 = FloatVector.fromMemorySegment(SPECIES, ALL, input + VECTOR_1, LITTLE_ENDIAN);
            FloatVector x2 = FloatVector.fromMemorySegment(SPECIES, ALL, input + VECTOR_2, LITTLE_ENDIAN);
            FloatVector x3 = FloatVector.fromMemorySegment(SPECIES, ALL, input + VECTOR_3, LITTLE_ENDIAN);
            FloatVector x4 = FloatVector.fromMemorySegment(SPECIES, ALL, otherInput, LITTLE_ENDIAN);
            FloatVector x5 = FloatVector.fromMemorySegment(SPECIES, ALL, otherInput + VECTOR_1, LITTLE_ENDIAN);
            FloatVector x6 = FloatVector.fromMemorySegment(SPECIES, ALL, otherInput + VECTOR_2, LITTLE_ENDIAN);
            FloatVector x7 = FloatVector.fromMemorySegment(SPECIES, ALL, otherInput + VECTOR_3, LITTLE_ENDIAN);
            FloatVector a0 = FloatVector.fromMemorySegment(SPECIES, ALL, sum, LITTLE_ENDIAN);
            FloatVector a1 = FloatVector.fromMemorySegment(SPECIES, ALL, sum + VECTOR_1, LITTLE_ENDIAN);
            FloatVector a2 = FloatVector.fromMemorySegment(SPECIES, ALL, sum + VECTOR_2, LITTLE_ENDIAN);
            FloatVector a3 = FloatVector.fromMemorySegment(SPECIES, ALL, sum + VECTOR_3, LITTLE_ENDIAN);
            FloatVector a4 = FloatVector.fromMemorySegment(SPECIES, ALL, otherSum, LITTLE_ENDIAN);
            FloatVector a5 = FloatVector.fromMemorySegment(SPECIES, ALL, otherSum + VECTOR_1, LITTLE_ENDIAN);
            FloatVector a6 = FloatVector.fromMemorySegment(SPECIES, ALL, otherSum + VECTOR_2, LITTLE_ENDIAN);
            FloatVector a7 = FloatVector.fromMemorySegment(SPECIES, ALL, otherSum + VECTOR_3, LITTLE_ENDIAN);
            for (int k = 0; k < count; k++) {
                int at = k & Integer.MAX_VALUE;
                long near = deltas + ((long) (ALL.get(JAVA_BYTE, place + at) & 0xFF) << ROW_SHIFT);
                FloatVector w = IntVector.broadcast(INTS, ALL.get(JAVA_INT, weight + 4L * at)).reinterpretAsFloats();
                FloatVector t = FloatVector.fromMemorySegment(SPECIES, ALL, near, LITTLE_ENDIAN);
                FloatVector p = t.mul(x0);
                a0 = w.fma(t, a0);
                t = FloatVector.fromMemorySegment(SPECIES, ALL, near + VECTOR_1, LITTLE_ENDIAN);
                FloatVector q = t.mul(x1);
                a1 = w.fma(t, a1);
                t = FloatVector.fromMemorySegment(SPECIES, ALL, near + VECTOR_2, LITTLE_ENDIAN);
                p = t.fma(x2, p);
                a2 = w.fma(t, a2);
                t = FloatVector.fromMemorySegment(SPECIES, ALL, near + VECTOR_3, LITTLE_ENDIAN);
                q = t.fma(x3, q);
                a3 = w.fma(t, a3);
                long far = near + stride;
                t = FloatVector.fromMemorySegment(SPECIES, ALL, far, LITTLE_ENDIAN);
                p = t.fma(x4, p);
                a4 = w.fma(t, a4);
                t = FloatVector.fromMemorySegment(SPECIES, ALL, far + VECTOR_1, LITTLE_ENDIAN);
                q = t.fma(x5, q);
                a5 = w.fma(t, a5);
                t = FloatVector.fromMemorySegment(SPECIES, ALL, far + VECTOR_2, LITTLE_ENDIAN);
                p = t.fma(x6, p);
                a6 = w.fma(t, a6);
                t = FloatVector.fromMemorySegment(SPECIES, ALL, far + VECTOR_3, LITTLE_ENDIAN);
                q = t.fma(x7, q);
                a7 = w.fma(t, a7);
                p.add(q).intoMemorySegment(ALL, partial + (long) at * BYTES, LITTLE_ENDIAN);
            }
            a0.intoMemorySegment(ALL, sum, LITTLE_ENDIAN);
            a1.intoMemorySegment(ALL, sum + VECTOR_1, LITTLE_ENDIAN);
            a2.intoMemorySegment(ALL, sum + VECTOR_2, LITTLE_ENDIAN);
            a3.intoMemorySegment(ALL, sum + VECTOR_3, LITTLE_ENDIAN);
            a4.intoMemorySegment(ALL, otherSum, LITTLE_ENDIAN);
            a5.intoMemorySegment(ALL, otherSum + VECTOR_1, LITTLE_ENDIAN);
            a6.intoMemorySegment(ALL, otherSum + VECTOR_2, LITTLE_ENDIAN);
            a7.intoMemorySegment(ALL, otherSum + VECTOR_3, LITTLE_ENDIAN);
        }
        int end = ALL.get(JAVA_INT, starts + 4L * toColumn & ADDRESS_MASK_4);
        VectorFold.fold(scratch, gradient + 4L * group, end - group, accumulate);
    }
}
