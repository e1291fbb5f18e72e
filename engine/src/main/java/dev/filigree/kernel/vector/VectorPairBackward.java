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
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/**
 * {@link VectorBackward} and {@link VectorGradient} for two tiles at a time with rows of four vectors of sixteen lanes, which
 * share what a connection costs beside its products. The results are those of one tile after the other, to the bit: workers
 * may have tiles of their own. Thirty-two registers hold the rows of both tiles beside the sums. The first step of the fold
 * is done here, so that the products of both tiles leave the sweep as one vector. Columns and rows have methods of their
 * own, as in {@link VectorBackward}.
 */
final class VectorPairBackward {
    private VectorPairBackward() {}

    /** The backward sweep; adds to the gradients if {@code accumulate}. */
    static void backward(long columnStarts, long targets, long weights, long gradient, long x, long gate,
            long inputDelta, long xStride, long delta, long deltaStride, long scratch, int fromColumn, int toColumn,
            float slope, boolean accumulate) {
        long group = ALL.get(JAVA_LONG, columnStarts + 8L * fromColumn & ADDRESS_MASK_8);
        for (int column = fromColumn; column < toColumn; column++) {
            long start = ALL.get(JAVA_LONG, columnStarts + 8L * column & ADDRESS_MASK_8);
            int count = (int) (ALL.get(JAVA_LONG, columnStarts + 8L * column + 8 & ADDRESS_MASK_8) - start);
            if (start + count > group + VectorFold.GROUP) {
                VectorFold.foldPairs(scratch, gradient + 4 * group, (int) (start - group), accumulate);
                group = start;
            }
            long offset = (long) column * FOUR_BYTES;
            long partials = scratch + (start - group) * BYTES;
            column(targets + 4 * start, weights + 4 * start, count, partials, delta, deltaStride, x + offset,
                    gate + offset, inputDelta + offset, xStride, slope);
        }
        int rest = (int) (ALL.get(JAVA_LONG, columnStarts + 8L * toColumn & ADDRESS_MASK_8) - group);
        VectorFold.foldPairs(scratch, gradient + 4 * group, rest, accumulate);
    }

    private static void column(long targets, long weights, int count, long partials, long delta, long deltaStride,
            long x, long gate, long inputDelta, long xStride, float slope) {
        long target = targets & ADDRESS_MASK_4;
        long weight = weights & ADDRESS_MASK_4;
        long partial = partials & ADDRESS_MASK;
        long stride = deltaStride & ADDRESS_MASK;
        long input = x & ADDRESS_MASK;
        FloatVector x0 = FloatVector.fromMemorySegment(SPECIES, ALL, input, LITTLE_ENDIAN);
        FloatVector x1 = FloatVector.fromMemorySegment(SPECIES, ALL, input + VECTOR_1, LITTLE_ENDIAN);
        FloatVector x2 = FloatVector.fromMemorySegment(SPECIES, ALL, input + VECTOR_2, LITTLE_ENDIAN);
        FloatVector x3 = FloatVector.fromMemorySegment(SPECIES, ALL, input + VECTOR_3, LITTLE_ENDIAN);
        input = x + xStride & ADDRESS_MASK;
        FloatVector x4 = FloatVector.fromMemorySegment(SPECIES, ALL, input, LITTLE_ENDIAN);
        FloatVector x5 = FloatVector.fromMemorySegment(SPECIES, ALL, input + VECTOR_1, LITTLE_ENDIAN);
        FloatVector x6 = FloatVector.fromMemorySegment(SPECIES, ALL, input + VECTOR_2, LITTLE_ENDIAN);
        FloatVector x7 = FloatVector.fromMemorySegment(SPECIES, ALL, input + VECTOR_3, LITTLE_ENDIAN);
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
            long d = delta + (long) ALL.get(JAVA_INT, target + 4L * at) * FOUR_BYTES;
            FloatVector w = IntVector.broadcast(INTS, ALL.get(JAVA_INT, weight + 4L * at)).reinterpretAsFloats();
            long near = d & ADDRESS_MASK;
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
            FloatVector v = p.add(q);
            long far = near + stride;
            t = FloatVector.fromMemorySegment(SPECIES, ALL, far, LITTLE_ENDIAN);
            p = t.mul(x4);
            a4 = w.fma(t, a4);
            t = FloatVector.fromMemorySegment(SPECIES, ALL, far + VECTOR_1, LITTLE_ENDIAN);
            q = t.mul(x5);
            a5 = w.fma(t, a5);
            t = FloatVector.fromMemorySegment(SPECIES, ALL, far + VECTOR_2, LITTLE_ENDIAN);
            p = t.fma(x6, p);
            a6 = w.fma(t, a6);
            t = FloatVector.fromMemorySegment(SPECIES, ALL, far + VECTOR_3, LITTLE_ENDIAN);
            q = t.fma(x7, q);
            a7 = w.fma(t, a7);
            FloatVector u = p.add(q);
            v.blend(u, UPPER_8).add(u.blend(v, UPPER_8).rearrange(SWAP_8)).intoMemorySegment(ALL,
                    partial + (long) at * BYTES, LITTLE_ENDIAN);
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
        sign = gate + xStride & ADDRESS_MASK;
        out = inputDelta + xStride & ADDRESS_MASK;
        a4.mul(slope).blend(a4,
                FloatVector.fromMemorySegment(SPECIES, ALL, sign, LITTLE_ENDIAN).compare(VectorOperators.GT, 0f))
                .intoMemorySegment(ALL, out, LITTLE_ENDIAN);
        a5.mul(slope)
                .blend(a5,
                        FloatVector.fromMemorySegment(SPECIES, ALL, sign + VECTOR_1, LITTLE_ENDIAN)
                                .compare(VectorOperators.GT, 0f))
                .intoMemorySegment(ALL, out + VECTOR_1, LITTLE_ENDIAN);
        a6.mul(slope)
                .blend(a6,
                        FloatVector.fromMemorySegment(SPECIES, ALL, sign + VECTOR_2, LITTLE_ENDIAN)
                                .compare(VectorOperators.GT, 0f))
                .intoMemorySegment(ALL, out + VECTOR_2, LITTLE_ENDIAN);
        a7.mul(slope)
                .blend(a7,
                        FloatVector.fromMemorySegment(SPECIES, ALL, sign + VECTOR_3, LITTLE_ENDIAN)
                                .compare(VectorOperators.GT, 0f))
                .intoMemorySegment(ALL, out + VECTOR_3, LITTLE_ENDIAN);
    }

    /** The gradient alone; adds to the gradients if {@code accumulate}. */
    static void gradient(long rowStarts, long sources, long gradient, long x, long xStride, long delta,
            long deltaStride, long scratch, int fromRow, int toRow, boolean accumulate) {
        long group = ALL.get(JAVA_LONG, rowStarts + 8L * fromRow & ADDRESS_MASK_8);
        for (int row = fromRow; row < toRow; row++) {
            long start = ALL.get(JAVA_LONG, rowStarts + 8L * row & ADDRESS_MASK_8);
            int count = (int) (ALL.get(JAVA_LONG, rowStarts + 8L * row + 8 & ADDRESS_MASK_8) - start);
            if (start + count > group + VectorFold.GROUP) {
                VectorFold.foldPairs(scratch, gradient + 4 * group, (int) (start - group), accumulate);
                group = start;
            }
            row(sources + 4 * start, count, scratch + (start - group) * BYTES, x, xStride,
                    delta + (long) row * FOUR_BYTES, deltaStride);
        }
        int rest = (int) (ALL.get(JAVA_LONG, rowStarts + 8L * toRow & ADDRESS_MASK_8) - group);
        VectorFold.foldPairs(scratch, gradient + 4 * group, rest, accumulate);
    }

    private static void row(long sources, int count, long partials, long x, long xStride, long delta,
            long deltaStride) {
        long source = sources & ADDRESS_MASK_4;
        long partial = partials & ADDRESS_MASK;
        long stride = xStride & ADDRESS_MASK;
        long own = delta & ADDRESS_MASK;
        FloatVector d0 = FloatVector.fromMemorySegment(SPECIES, ALL, own, LITTLE_ENDIAN);
        FloatVector d1 = FloatVector.fromMemorySegment(SPECIES, ALL, own + VECTOR_1, LITTLE_ENDIAN);
        FloatVector d2 = FloatVector.fromMemorySegment(SPECIES, ALL, own + VECTOR_2, LITTLE_ENDIAN);
        FloatVector d3 = FloatVector.fromMemorySegment(SPECIES, ALL, own + VECTOR_3, LITTLE_ENDIAN);
        own = delta + deltaStride & ADDRESS_MASK;
        FloatVector d4 = FloatVector.fromMemorySegment(SPECIES, ALL, own, LITTLE_ENDIAN);
        FloatVector d5 = FloatVector.fromMemorySegment(SPECIES, ALL, own + VECTOR_1, LITTLE_ENDIAN);
        FloatVector d6 = FloatVector.fromMemorySegment(SPECIES, ALL, own + VECTOR_2, LITTLE_ENDIAN);
        FloatVector d7 = FloatVector.fromMemorySegment(SPECIES, ALL, own + VECTOR_3, LITTLE_ENDIAN);
        for (int k = 0; k < count; k++) {
            int at = k & Integer.MAX_VALUE;
            long in = x + (long) ALL.get(JAVA_INT, source + 4L * at) * FOUR_BYTES;
            long near = in & ADDRESS_MASK;
            FloatVector p = d0.mul(FloatVector.fromMemorySegment(SPECIES, ALL, near, LITTLE_ENDIAN));
            FloatVector q = d1.mul(FloatVector.fromMemorySegment(SPECIES, ALL, near + VECTOR_1, LITTLE_ENDIAN));
            p = d2.fma(FloatVector.fromMemorySegment(SPECIES, ALL, near + VECTOR_2, LITTLE_ENDIAN), p);
            q = d3.fma(FloatVector.fromMemorySegment(SPECIES, ALL, near + VECTOR_3, LITTLE_ENDIAN), q);
            FloatVector v = p.add(q);
            long far = near + stride;
            p = d4.mul(FloatVector.fromMemorySegment(SPECIES, ALL, far, LITTLE_ENDIAN));
            q = d5.mul(FloatVector.fromMemorySegment(SPECIES, ALL, far + VECTOR_1, LITTLE_ENDIAN));
            p = d6.fma(FloatVector.fromMemorySegment(SPECIES, ALL, far + VECTOR_2, LITTLE_ENDIAN), p);
            q = d7.fma(FloatVector.fromMemorySegment(SPECIES, ALL, far + VECTOR_3, LITTLE_ENDIAN), q);
            FloatVector u = p.add(q);
            v.blend(u, UPPER_8).add(u.blend(v, UPPER_8).rearrange(SWAP_8)).intoMemorySegment(ALL,
                    partial + (long) at * BYTES, LITTLE_ENDIAN);
        }
    }
}
