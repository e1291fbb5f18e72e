package dev.filigree.kernel.vector;

import static dev.filigree.kernel.vector.Lanes.BYTES;
import static dev.filigree.kernel.vector.Lanes.INTS;
import static dev.filigree.kernel.vector.Lanes.SPECIES;
import static dev.filigree.memory.OffHeapMemory.ADDRESS_MASK;
import static dev.filigree.memory.OffHeapMemory.ADDRESS_MASK_4;
import static dev.filigree.memory.OffHeapMemory.ALL;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

/**
 * The optimizer step. The last few values that fill no vector take the same operations one by one, so a value's
 * bits do not depend on where a range begins or ends.
 */
final class VectorUpdate {
    private VectorUpdate() {}

    static void clear(long values, long from, long to) {
        FloatVector nothing = FloatVector.zero(SPECIES);
        long at = 4 * from;
        long end = 4 * to;
        for (; at + BYTES <= end; at += BYTES) {
            nothing.intoMemorySegment(ALL, values + at & ADDRESS_MASK, LITTLE_ENDIAN);
        }
        for (; at < end; at += 4) {
            ALL.set(JAVA_FLOAT, values + at & ADDRESS_MASK_4, 0f);
        }
    }

    static void add(long sum, long values, long from, long to) {
        long at = 4 * from;
        long end = 4 * to;
        for (; at + BYTES <= end; at += BYTES) {
            FloatVector.fromMemorySegment(SPECIES, ALL, sum + at & ADDRESS_MASK, LITTLE_ENDIAN)
                    .add(FloatVector.fromMemorySegment(SPECIES, ALL, values + at & ADDRESS_MASK, LITTLE_ENDIAN))
                    .intoMemorySegment(ALL, sum + at & ADDRESS_MASK, LITTLE_ENDIAN);
        }
        for (; at < end; at += 4) {
            ALL.set(JAVA_FLOAT, sum + at & ADDRESS_MASK_4, ALL.get(JAVA_FLOAT, sum + at & ADDRESS_MASK_4)
                    + ALL.get(JAVA_FLOAT, values + at & ADDRESS_MASK_4));
        }
    }

    static boolean momentum(long weights, long velocity, long gradient, long from, long to, float rate, float momentum,
            float l2, float decay, boolean nesterov) {
        float kept = 1 - decay;
        IntVector largest = IntVector.zero(INTS);
        long at = 4 * from;
        long end = 4 * to;
        for (; at + BYTES <= end; at += BYTES) {
            FloatVector w = FloatVector.fromMemorySegment(SPECIES, ALL, weights + at & ADDRESS_MASK, LITTLE_ENDIAN);
            FloatVector v = FloatVector.fromMemorySegment(SPECIES, ALL, velocity + at & ADDRESS_MASK, LITTLE_ENDIAN);
            FloatVector g = FloatVector.fromMemorySegment(SPECIES, ALL, gradient + at & ADDRESS_MASK, LITTLE_ENDIAN);
            FloatVector step = w.fma(FloatVector.broadcast(SPECIES, l2), g).mul(-rate);
            v = v.fma(FloatVector.broadcast(SPECIES, momentum), step);
            v.intoMemorySegment(ALL, velocity + at & ADDRESS_MASK, LITTLE_ENDIAN);
            FloatVector move = nesterov ? v.fma(FloatVector.broadcast(SPECIES, momentum), step) : v;
            w = w.fma(FloatVector.broadcast(SPECIES, kept), move);
            w.intoMemorySegment(ALL, weights + at & ADDRESS_MASK, LITTLE_ENDIAN);
            largest = Magnitudes.larger(largest, w);
        }
        int rest = 0;
        for (; at < end; at += 4) {
            float w = ALL.get(JAVA_FLOAT, weights + at & ADDRESS_MASK_4);
            float v = ALL.get(JAVA_FLOAT, velocity + at & ADDRESS_MASK_4);
            float g = ALL.get(JAVA_FLOAT, gradient + at & ADDRESS_MASK_4);
            float step = Math.fma(w, l2, g) * -rate;
            v = Math.fma(v, momentum, step);
            ALL.set(JAVA_FLOAT, velocity + at & ADDRESS_MASK_4, v);
            float move = nesterov ? Math.fma(v, momentum, step) : v;
            w = Math.fma(w, kept, move);
            ALL.set(JAVA_FLOAT, weights + at & ADDRESS_MASK_4, w);
            rest = Magnitudes.larger(rest, w);
        }
        return Magnitudes.areFinite(largest, rest);
    }
}
