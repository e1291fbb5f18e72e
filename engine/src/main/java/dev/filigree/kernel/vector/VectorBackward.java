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
 * Backward sweep of one tile over outgoing connections: one load of the output delta feeds the input delta and the
 * weight gradient. The gradients leave the sweep as vectors, which are folded into numbers a group of columns at a time.
 *
 * <p>A column is swept by a method of its own: with all that the sweep needs alive around the innermost loop, C2 would keep
 * what that loop needs on the stack, where reading it takes a tenth of the time.
 */
final class VectorBackward {
    private VectorBackward() {}

    /**
     * Sweeps over the columns from {@code fromColumn} on; adds to the gradients if {@code accumulate}.
     *
     * @param rowBytes bytes per tile row
     * @param scratch for {@link VectorFold#GROUP} vectors, or as many as the column with most connections has, and a
     *     vector's length more
     */
    static void sweep(long columnStarts, long targets, long weights, long gradient, long x, long gate, long inputDelta,
            long delta, long scratch, int rowBytes, int fromColumn, int toColumn, float slope, boolean accumulate) {
        long group = ALL.get(JAVA_LONG, columnStarts + 8L * fromColumn & ADDRESS_MASK_8);
        for (int column = fromColumn; column < toColumn; column++) {
            long start = ALL.get(JAVA_LONG, columnStarts + 8L * column & ADDRESS_MASK_8);
            int count = (int) (ALL.get(JAVA_LONG, columnStarts + 8L * column + 8 & ADDRESS_MASK_8) - start);
            if (start + count > group + VectorFold.GROUP) {
                VectorFold.fold(scratch, gradient + 4 * group, (int) (start - group), accumulate);
                group = start;
            }
            long partials = scratch + (start - group) * BYTES;
            long offset = (long) column * rowBytes;
            if (rowBytes == TWO_BYTES) {
                two(targets + 4 * start, weights + 4 * start, count, partials, delta, x + offset, gate + offset,
                        inputDelta + offset, slope);
            } else if (rowBytes == FOUR_BYTES) {
                four(targets + 4 * start, weights + 4 * start, count, partials, delta, x + offset, gate + offset,
                        inputDelta + offset, slope);
            } else {
                eight(targets + 4 * start, weights + 4 * start, count, partials, delta, x + offset, gate + offset,
                        inputDelta + offset, slope);
            }
        }
        long end = ALL.get(JAVA_LONG, columnStarts + 8L * toColumn & ADDRESS_MASK_8);
        VectorFold.fold(scratch, gradient + 4 * group, (int) (end - group), accumulate);
    }

    /**
     * A column with tile rows of two vectors. Every other connection is summed apart, as in {@link VectorForward#two}.
     */
    private static void two(long targets, long weights, int count, long partials, long delta, long x, long gate,
            long inputDelta, float slope) {
        long target = targets & ADDRESS_MASK_4;
        long weight = weights & ADDRESS_MASK_4;
        long partial = partials & ADDRESS_MASK;
        long input = x & ADDRESS_MASK;
        FloatVector x0 = FloatVector.fromMemorySegment(SPECIES, ALL, input, LITTLE_ENDIAN);
        FloatVector x1 = FloatVector.fromMemorySegment(SPECIES, ALL, input + VECTOR_1, LITTLE_ENDIAN);
        FloatVector a0 = FloatVector.zero(SPECIES);
        FloatVector a1 = a0;
        FloatVector b0 = a0;
        FloatVector b1 = a0;
        int k = 0;
        for (; k < count - 1; k += 2) {
            int at = k & Integer.MAX_VALUE;
            long d = delta + (long) ALL.get(JAVA_INT, target + 4L * at) * TWO_BYTES & ADDRESS_MASK;
            FloatVector w = IntVector.broadcast(INTS, ALL.get(JAVA_INT, weight + 4L * at)).reinterpretAsFloats();
            FloatVector t = FloatVector.fromMemorySegment(SPECIES, ALL, d, LITTLE_ENDIAN);
            FloatVector p = t.mul(x0);
            a0 = w.fma(t, a0);
            t = FloatVector.fromMemorySegment(SPECIES, ALL, d + VECTOR_1, LITTLE_ENDIAN);
            p = t.fma(x1, p);
            a1 = w.fma(t, a1);
            p.intoMemorySegment(ALL, partial + (long) at * BYTES, LITTLE_ENDIAN);
            d = delta + (long) ALL.get(JAVA_INT, target + 4L * at + 4) * TWO_BYTES & ADDRESS_MASK;
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
            long d = delta + (long) ALL.get(JAVA_INT, target + 4L * k & ADDRESS_MASK_4) * TWO_BYTES & ADDRESS_MASK;
            FloatVector w = FloatVector.broadcast(SPECIES, ALL.get(JAVA_FLOAT, weight + 4L * k & ADDRESS_MASK_4));
            FloatVector t = FloatVector.fromMemorySegment(SPECIES, ALL, d, LITTLE_ENDIAN);
            FloatVector p = t.mul(x0);
            a0 = w.fma(t, a0);
            t = FloatVector.fromMemorySegment(SPECIES, ALL, d + VECTOR_1, LITTLE_ENDIAN);
            p = t.fma(x1, p);
            a1 = w.fma(t, a1);
            p.intoMemorySegment(ALL, partial + (long) k * BYTES & ADDRESS_MASK, LITTLE_ENDIAN);
        }
        a0 = a0.add(b0);
        a1 = a1.add(b1);
        long sign = gate & ADDRESS_MASK;
        long out = inputDelta & ADDRESS_MASK;
        a0.mul(slope).blend(a0,
                FloatVector.fromMemorySegment(SPECIES, ALL, sign, LITTLE_ENDIAN).compare(VectorOperators.GT, 0f))
                .intoMemorySegment(ALL, out, LITTLE_ENDIAN);
        a1.mul(slope)
                .blend(a1,
                        FloatVector.fromMemorySegment(SPECIES, ALL, sign + VECTOR_1, LITTLE_ENDIAN)
                                .compare(VectorOperators.GT, 0f))
                .intoMemorySegment(ALL, out + VECTOR_1, LITTLE_ENDIAN);
    }

    /** A column with tile rows of four vectors. */
    private static void four(long targets, long weights, int count, long partials, long delta, long x, long gate,
            long inputDelta, float slope) {
        long target = targets & ADDRESS_MASK_4;
        long weight = weights & ADDRESS_MASK_4;
        long partial = partials & ADDRESS_MASK;
        long input = x & ADDRESS_MASK;
        FloatVector x0 = FloatVector.fromMemorySegment(SPECIES, ALL, input, LITTLE_ENDIAN);
        FloatVector x1 = FloatVector.fromMemorySegment(SPECIES, ALL, input + VECTOR_1, LITTLE_ENDIAN);
        FloatVector x2 = FloatVector.fromMemorySegment(SPECIES, ALL, input + VECTOR_2, LITTLE_ENDIAN);
        FloatVector x3 = FloatVector.fromMemorySegment(SPECIES, ALL, input + VECTOR_3, LITTLE_ENDIAN);
        FloatVector a0 = FloatVector.zero(SPECIES);
        FloatVector a1 = a0;
        FloatVector a2 = a0;
        FloatVector a3 = a0;
        for (int k = 0; k < count; k++) {
            int at = k & Integer.MAX_VALUE;
            long d = delta + (long) ALL.get(JAVA_INT, target + 4L * at) * FOUR_BYTES & ADDRESS_MASK;
            FloatVector w = IntVector.broadcast(INTS, ALL.get(JAVA_INT, weight + 4L * at)).reinterpretAsFloats();
            FloatVector t = FloatVector.fromMemorySegment(SPECIES, ALL, d, LITTLE_ENDIAN);
            FloatVector p = t.mul(x0);
            a0 = w.fma(t, a0);
            t = FloatVector.fromMemorySegment(SPECIES, ALL, d + VECTOR_1, LITTLE_ENDIAN);
            FloatVector q = t.mul(x1);
            a1 = w.fma(t, a1);
            t = FloatVector.fromMemorySegment(SPECIES, ALL, d + VECTOR_2, LITTLE_ENDIAN);
            p = t.fma(x2, p);
            a2 = w.fma(t, a2);
            t = FloatVector.fromMemorySegment(SPECIES, ALL, d + VECTOR_3, LITTLE_ENDIAN);
            q = t.fma(x3, q);
            a3 = w.fma(t, a3);
            p.add(q).intoMemorySegment(ALL, partial + (long) at * BYTES, LITTLE_ENDIAN);
        }
        long sign = gate & ADDRESS_MASK;
        long out = inputDelta & ADDRESS_MASK;
        a0.mul(slope).blend(a0,
                FloatVector.fromMemorySegment(SPECIES, ALL, sign, LITTLE_ENDIAN).compare(VectorOperators.GT, 0f))
                .intoMemorySegment(ALL, out, LITTLE_ENDIAN);
        a1.mul(slope)
                .blend(a1,
                        FloatVector.fromMemorySegment(SPECIES, ALL, sign + VECTOR_1, LITTLE_ENDIAN)
                                .compare(VectorOperators.GT, 0f))
                .intoMemorySegment(ALL, out + VECTOR_1, LITTLE_ENDIAN);
        a2.mul(slope)
                .blend(a2,
                        FloatVector.fromMemorySegment(SPECIES, ALL, sign + VECTOR_2, LITTLE_ENDIAN)
                                .compare(VectorOperators.GT, 0f))
                .intoMemorySegment(ALL, out + VECTOR_2, LITTLE_ENDIAN);
        a3.mul(slope)
                .blend(a3,
                        FloatVector.fromMemorySegment(SPECIES, ALL, sign + VECTOR_3, LITTLE_ENDIAN)
                                .compare(VectorOperators.GT, 0f))
                .intoMemorySegment(ALL, out + VECTOR_3, LITTLE_ENDIAN);
    }

    /**
     * A column with tile rows of eight vectors. The inputs are read anew for every connection, from the L1 cache: sixteen
     * registers do not hold them beside the sums.
     */
    private static void eight(long targets, long weights, int count, long partials, long delta, long x, long gate,
            long inputDelta, float slope) {
        long target = targets & ADDRESS_MASK_4;
        long weight = weights & ADDRESS_MASK_4;
        long partial = partials & ADDRESS_MASK;
        long input = x & ADDRESS_MASK;
        FloatVector a0 = FloatVector.zero(SPECIES);
        FloatVector a1 = a0;
        FloatVector a2 = a0;
        FloatVector a3 = a0;
        FloatVector a4 = a0;
        FloatVector a5 = a0;
        FloatVector a6 = a0;
        FloatVector a7 = a0;
        for (int k = 0; k < count; k++) {
            int at = k & Integer.MAX_VALUE;
            long d = delta + (long) ALL.get(JAVA_INT, target + 4L * at) * EIGHT_BYTES & ADDRESS_MASK;
            FloatVector w = IntVector.broadcast(INTS, ALL.get(JAVA_INT, weight + 4L * at)).reinterpretAsFloats();
            FloatVector t = FloatVector.fromMemorySegment(SPECIES, ALL, d, LITTLE_ENDIAN);
            FloatVector p = t.mul(FloatVector.fromMemorySegment(SPECIES, ALL, input, LITTLE_ENDIAN));
            a0 = w.fma(t, a0);
            t = FloatVector.fromMemorySegment(SPECIES, ALL, d + VECTOR_1, LITTLE_ENDIAN);
            FloatVector q = t.mul(FloatVector.fromMemorySegment(SPECIES, ALL, input + VECTOR_1, LITTLE_ENDIAN));
            a1 = w.fma(t, a1);
            t = FloatVector.fromMemorySegment(SPECIES, ALL, d + VECTOR_2, LITTLE_ENDIAN);
            p = t.fma(FloatVector.fromMemorySegment(SPECIES, ALL, input + VECTOR_2, LITTLE_ENDIAN), p);
            a2 = w.fma(t, a2);
            t = FloatVector.fromMemorySegment(SPECIES, ALL, d + VECTOR_3, LITTLE_ENDIAN);
            q = t.fma(FloatVector.fromMemorySegment(SPECIES, ALL, input + VECTOR_3, LITTLE_ENDIAN), q);
            a3 = w.fma(t, a3);
            t = FloatVector.fromMemorySegment(SPECIES, ALL, d + VECTOR_4, LITTLE_ENDIAN);
            p = t.fma(FloatVector.fromMemorySegment(SPECIES, ALL, input + VECTOR_4, LITTLE_ENDIAN), p);
            a4 = w.fma(t, a4);
            t = FloatVector.fromMemorySegment(SPECIES, ALL, d + VECTOR_5, LITTLE_ENDIAN);
            q = t.fma(FloatVector.fromMemorySegment(SPECIES, ALL, input + VECTOR_5, LITTLE_ENDIAN), q);
            a5 = w.fma(t, a5);
            t = FloatVector.fromMemorySegment(SPECIES, ALL, d + VECTOR_6, LITTLE_ENDIAN);
            p = t.fma(FloatVector.fromMemorySegment(SPECIES, ALL, input + VECTOR_6, LITTLE_ENDIAN), p);
            a6 = w.fma(t, a6);
            t = FloatVector.fromMemorySegment(SPECIES, ALL, d + VECTOR_7, LITTLE_ENDIAN);
            q = t.fma(FloatVector.fromMemorySegment(SPECIES, ALL, input + VECTOR_7, LITTLE_ENDIAN), q);
            a7 = w.fma(t, a7);
            p.add(q).intoMemorySegment(ALL, partial + (long) at * BYTES, LITTLE_ENDIAN);
        }
        long sign = gate & ADDRESS_MASK;
        long out = inputDelta & ADDRESS_MASK;
        a0.mul(slope).blend(a0,
                FloatVector.fromMemorySegment(SPECIES, ALL, sign, LITTLE_ENDIAN).compare(VectorOperators.GT, 0f))
                .intoMemorySegment(ALL, out, LITTLE_ENDIAN);
        a1.mul(slope)
                .blend(a1,
                        FloatVector.fromMemorySegment(SPECIES, ALL, sign + VECTOR_1, LITTLE_ENDIAN)
                                .compare(VectorOperators.GT, 0f))
                .intoMemorySegment(ALL, out + VECTOR_1, LITTLE_ENDIAN);
        a2.mul(slope)
                .blend(a2,
                        FloatVector.fromMemorySegment(SPECIES, ALL, sign + VECTOR_2, LITTLE_ENDIAN)
                                .compare(VectorOperators.GT, 0f))
                .intoMemorySegment(ALL, out + VECTOR_2, LITTLE_ENDIAN);
        a3.mul(slope)
                .blend(a3,
                        FloatVector.fromMemorySegment(SPECIES, ALL, sign + VECTOR_3, LITTLE_ENDIAN)
                                .compare(VectorOperators.GT, 0f))
                .intoMemorySegment(ALL, out + VECTOR_3, LITTLE_ENDIAN);
        a4.mul(slope)
                .blend(a4,
                        FloatVector.fromMemorySegment(SPECIES, ALL, sign + VECTOR_4, LITTLE_ENDIAN)
                                .compare(VectorOperators.GT, 0f))
                .intoMemorySegment(ALL, out + VECTOR_4, LITTLE_ENDIAN);
        a5.mul(slope)
                .blend(a5,
                        FloatVector.fromMemorySegment(SPECIES, ALL, sign + VECTOR_5, LITTLE_ENDIAN)
                                .compare(VectorOperators.GT, 0f))
                .intoMemorySegment(ALL, out + VECTOR_5, LITTLE_ENDIAN);
        a6.mul(slope)
                .blend(a6,
                        FloatVector.fromMemorySegment(SPECIES, ALL, sign + VECTOR_6, LITTLE_ENDIAN)
                                .compare(VectorOperators.GT, 0f))
                .intoMemorySegment(ALL, out + VECTOR_6, LITTLE_ENDIAN);
        a7.mul(slope)
                .blend(a7,
                        FloatVector.fromMemorySegment(SPECIES, ALL, sign + VECTOR_7, LITTLE_ENDIAN)
                                .compare(VectorOperators.GT, 0f))
                .intoMemorySegment(ALL, out + VECTOR_7, LITTLE_ENDIAN);
    }
}
