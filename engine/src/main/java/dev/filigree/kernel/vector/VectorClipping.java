package dev.filigree.kernel.vector;

import static dev.filigree.kernel.vector.Lanes.BYTES;
import static dev.filigree.kernel.vector.Lanes.INTS;
import static dev.filigree.kernel.vector.Lanes.SPECIES;
import static dev.filigree.memory.OffHeapMemory.ADDRESS_MASK;
import static dev.filigree.memory.OffHeapMemory.ALL;
import static dev.filigree.memory.OffHeapMemory.getFloat;
import static dev.filigree.memory.OffHeapMemory.setFloat;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

/** What gradients are limited by; each on its own, so a value's bits do not depend on where a range begins or ends. */
final class VectorClipping {
    private VectorClipping() {}

    static boolean clamp(long values, long from, long to, float limit) {
        IntVector largest = IntVector.zero(INTS);
        long at = values + 4 * from;
        long end = values + 4 * to;
        for (; at + BYTES <= end; at += BYTES) {
            FloatVector value = FloatVector.fromMemorySegment(SPECIES, ALL, at & ADDRESS_MASK, LITTLE_ENDIAN);
            largest = Magnitudes.larger(largest, value);
            value.max(-limit).min(limit).intoMemorySegment(ALL, at & ADDRESS_MASK, LITTLE_ENDIAN);
        }
        int rest = 0;
        for (; at < end; at += 4) {
            float value = getFloat(at);
            rest = Magnitudes.larger(rest, value);
            setFloat(at, Math.min(Math.max(value, -limit), limit));
        }
        return Magnitudes.areFinite(largest, rest);
    }

    static void scale(long values, long from, long to, float factor) {
        long at = values + 4 * from;
        long end = values + 4 * to;
        for (; at + BYTES <= end; at += BYTES) {
            FloatVector.fromMemorySegment(SPECIES, ALL, at & ADDRESS_MASK, LITTLE_ENDIAN).mul(factor)
                    .intoMemorySegment(ALL, at & ADDRESS_MASK, LITTLE_ENDIAN);
        }
        for (; at < end; at += 4) {
            setFloat(at, factor * getFloat(at));
        }
    }
}
