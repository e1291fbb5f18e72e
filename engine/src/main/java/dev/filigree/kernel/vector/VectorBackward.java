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
 * Backward sweep over outgoing connections: one load of the output delta feeds the input delta and the weight
 * gradient. Two tiles at once halve the cost of folding the gradient's lanes into one number.
 */
final class VectorBackward {
    private VectorBackward() {}

    /** Two tiles; adds to the gradients if {@code accumulate}. */
    static void twoTiles(long columnStarts, long targets, long weights, long gradient, long x, long gate,
            long inputDelta, long xStride, long delta, long deltaStride, int fromColumn, int toColumn, float slope,
            boolean accumulate) {
        for (int column = fromColumn; column < toColumn; column++) {
            long start = ALL.get(JAVA_LONG, columnStarts + 8L * column & ADDRESS_MASK_8);
            int count = (int) (ALL.get(JAVA_LONG, columnStarts + 8L * column + 8 & ADDRESS_MASK_8) - start);
            long target = targets + 4 * start & ADDRESS_MASK_4;
            long weight = weights + 4 * start & ADDRESS_MASK_4;
            long result = gradient + 4 * start & ADDRESS_MASK_4;
            long input = x + (long) column * ROW_BYTES & ADDRESS_MASK;
            long input2 = input + xStride & ADDRESS_MASK;
            FloatVector a0 = FloatVector.zero(SPECIES);
            FloatVector a1 = a0;
            FloatVector a2 = a0;
            FloatVector a3 = a0;
            FloatVector a4 = a0;
            FloatVector a5 = a0;
            FloatVector a6 = a0;
            FloatVector a7 = a0;
            for (int k = 0; k < count; k++) {
                long d = delta + (long) ALL.get(JAVA_INT, target + 4L * k) * ROW_BYTES & ADDRESS_MASK;
                long d2 = d + deltaStride & ADDRESS_MASK;
                FloatVector w = FloatVector.broadcast(SPECIES, ALL.get(JAVA_FLOAT, weight + 4L * k));
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
                t = FloatVector.fromMemorySegment(SPECIES, ALL, d2, LITTLE_ENDIAN);
                p = t.fma(FloatVector.fromMemorySegment(SPECIES, ALL, input2, LITTLE_ENDIAN), p);
                a4 = w.fma(t, a4);
                t = FloatVector.fromMemorySegment(SPECIES, ALL, d2 + VECTOR_1, LITTLE_ENDIAN);
                q = t.fma(FloatVector.fromMemorySegment(SPECIES, ALL, input2 + VECTOR_1, LITTLE_ENDIAN), q);
                a5 = w.fma(t, a5);
                t = FloatVector.fromMemorySegment(SPECIES, ALL, d2 + VECTOR_2, LITTLE_ENDIAN);
                p = t.fma(FloatVector.fromMemorySegment(SPECIES, ALL, input2 + VECTOR_2, LITTLE_ENDIAN), p);
                a6 = w.fma(t, a6);
                t = FloatVector.fromMemorySegment(SPECIES, ALL, d2 + VECTOR_3, LITTLE_ENDIAN);
                q = t.fma(FloatVector.fromMemorySegment(SPECIES, ALL, input2 + VECTOR_3, LITTLE_ENDIAN), q);
                a7 = w.fma(t, a7);
                p = p.add(q);
                if (LENGTH >= 16) {
                    p = p.add(p.rearrange(SWAP_8));
                }
                if (LENGTH >= 8) {
                    p = p.add(p.rearrange(SWAP_4));
                }
                p = p.add(p.rearrange(SWAP_2));
                p = p.add(p.rearrange(SWAP_1));
                long at = result + 4L * k;
                ALL.set(JAVA_FLOAT, at, accumulate ? ALL.get(JAVA_FLOAT, at) + p.lane(0) : p.lane(0));
            }
            long sign = gate + (long) column * ROW_BYTES & ADDRESS_MASK;
            long out = inputDelta + (long) column * ROW_BYTES & ADDRESS_MASK;
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
            long sign2 = gate + (long) column * ROW_BYTES + xStride & ADDRESS_MASK;
            long out2 = inputDelta + (long) column * ROW_BYTES + xStride & ADDRESS_MASK;
            a4.mul(slope).blend(a4,
                    FloatVector.fromMemorySegment(SPECIES, ALL, sign2, LITTLE_ENDIAN).compare(VectorOperators.GT, 0f))
                    .intoMemorySegment(ALL, out2, LITTLE_ENDIAN);
            a5.mul(slope)
                    .blend(a5,
                            FloatVector.fromMemorySegment(SPECIES, ALL, sign2 + VECTOR_1, LITTLE_ENDIAN)
                                    .compare(VectorOperators.GT, 0f))
                    .intoMemorySegment(ALL, out2 + VECTOR_1, LITTLE_ENDIAN);
            a6.mul(slope)
                    .blend(a6,
                            FloatVector.fromMemorySegment(SPECIES, ALL, sign2 + VECTOR_2, LITTLE_ENDIAN)
                                    .compare(VectorOperators.GT, 0f))
                    .intoMemorySegment(ALL, out2 + VECTOR_2, LITTLE_ENDIAN);
            a7.mul(slope)
                    .blend(a7,
                            FloatVector.fromMemorySegment(SPECIES, ALL, sign2 + VECTOR_3, LITTLE_ENDIAN)
                                    .compare(VectorOperators.GT, 0f))
                    .intoMemorySegment(ALL, out2 + VECTOR_3, LITTLE_ENDIAN);
        }
    }

    /** One tile; adds to the gradients if {@code accumulate}. */
    static void oneTile(long columnStarts, long targets, long weights, long gradient, long x, long gate,
            long inputDelta, long delta, int fromColumn, int toColumn, float slope, boolean accumulate) {
        for (int column = fromColumn; column < toColumn; column++) {
            long start = ALL.get(JAVA_LONG, columnStarts + 8L * column & ADDRESS_MASK_8);
            int count = (int) (ALL.get(JAVA_LONG, columnStarts + 8L * column + 8 & ADDRESS_MASK_8) - start);
            long target = targets + 4 * start & ADDRESS_MASK_4;
            long weight = weights + 4 * start & ADDRESS_MASK_4;
            long result = gradient + 4 * start & ADDRESS_MASK_4;
            long input = x + (long) column * ROW_BYTES & ADDRESS_MASK;
            FloatVector a0 = FloatVector.zero(SPECIES);
            FloatVector a1 = a0;
            FloatVector a2 = a0;
            FloatVector a3 = a0;
            FloatVector x0 = FloatVector.fromMemorySegment(SPECIES, ALL, input, LITTLE_ENDIAN);
            FloatVector x1 = FloatVector.fromMemorySegment(SPECIES, ALL, input + VECTOR_1, LITTLE_ENDIAN);
            FloatVector x2 = FloatVector.fromMemorySegment(SPECIES, ALL, input + VECTOR_2, LITTLE_ENDIAN);
            FloatVector x3 = FloatVector.fromMemorySegment(SPECIES, ALL, input + VECTOR_3, LITTLE_ENDIAN);
            for (int k = 0; k < count; k++) {
                long d = delta + (long) ALL.get(JAVA_INT, target + 4L * k) * ROW_BYTES & ADDRESS_MASK;
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
                if (LENGTH >= 16) {
                    p = p.add(p.rearrange(SWAP_8));
                }
                if (LENGTH >= 8) {
                    p = p.add(p.rearrange(SWAP_4));
                }
                p = p.add(p.rearrange(SWAP_2));
                p = p.add(p.rearrange(SWAP_1));
                long at = result + 4L * k;
                ALL.set(JAVA_FLOAT, at, accumulate ? ALL.get(JAVA_FLOAT, at) + p.lane(0) : p.lane(0));
            }
            long sign = gate + (long) column * ROW_BYTES & ADDRESS_MASK;
            long out = inputDelta + (long) column * ROW_BYTES & ADDRESS_MASK;
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
    }
}
