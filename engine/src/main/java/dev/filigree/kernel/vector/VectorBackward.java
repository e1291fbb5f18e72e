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
import jdk.incubator.vector.VectorOperators;

/**
 * Backward sweep over outgoing connections: one load of the output delta feeds the input delta and the
 * weight gradient. The gradients leave the sweep as vectors, which are
 * folded into numbers column by column; two tiles share one fold.
 */
final class VectorBackward {
    private VectorBackward() {}

    /** One or two tiles; adds to the gradients if {@code accumulate}. */
    static void tiles(int tiles, long columnStarts, long targets, long weights, long gradient, long x, long gate,
            long inputDelta, long xStride, long delta, long deltaStride, long scratch, int fromColumn, int toColumn,
            float slope, boolean accumulate) {
        for (int column = fromColumn; column < toColumn; column++) {
            long start = ALL.get(JAVA_LONG, columnStarts + 8L * column & ADDRESS_MASK_8);
            int count = (int) (ALL.get(JAVA_LONG, columnStarts + 8L * column + 8 & ADDRESS_MASK_8) - start);
            long target = targets + 4 * start & ADDRESS_MASK_4;
            long weight = weights + 4 * start & ADDRESS_MASK_4;
            long partial = scratch & ADDRESS_MASK;
            for (int tile = 0; tile < tiles; tile++) {
                long deltas = delta + tile * deltaStride;
                long offset = tile * xStride + (long) column * ROW_BYTES;
                long input = x + offset & ADDRESS_MASK;
                FloatVector x0 = FloatVector.fromMemorySegment(SPECIES, ALL, input, LITTLE_ENDIAN);
                FloatVector x1 = FloatVector.fromMemorySegment(SPECIES, ALL, input + VECTOR_1, LITTLE_ENDIAN);
                FloatVector x2 = FloatVector.fromMemorySegment(SPECIES, ALL, input + VECTOR_2, LITTLE_ENDIAN);
                FloatVector x3 = FloatVector.fromMemorySegment(SPECIES, ALL, input + VECTOR_3, LITTLE_ENDIAN);
                FloatVector a0 = FloatVector.zero(SPECIES);
                FloatVector a1 = a0;
                FloatVector a2 = a0;
                FloatVector a3 = a0;
                for (int k = 0; k < count; k++) {
                    long d = deltas + (long) ALL.get(JAVA_INT, target + 4L * k) * ROW_BYTES & ADDRESS_MASK;
                    FloatVector w = FloatVector.broadcast(SPECIES, ALL.get(JAVA_FLOAT, weight + 4L * k));
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
                    p = p.add(q);
                    if (tile > 0) {
                        p = p.add(
                                FloatVector.fromMemorySegment(SPECIES, ALL, partial + (long) k * BYTES, LITTLE_ENDIAN));
                    }
                    p.intoMemorySegment(ALL, partial + (long) k * BYTES, LITTLE_ENDIAN);
                }
                long sign = gate + offset & ADDRESS_MASK;
                long out = inputDelta + offset & ADDRESS_MASK;
                a0.mul(slope).blend(a0, FloatVector.fromMemorySegment(SPECIES, ALL, sign, LITTLE_ENDIAN)
                        .compare(VectorOperators.GT, 0f)).intoMemorySegment(ALL, out, LITTLE_ENDIAN);
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
            VectorFold.fold(scratch, gradient + 4 * start, count, accumulate);
        }
    }
}
