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
 * The step of Adam. The last few values that fill no vector take the same operations one by one, so a value's bits
 * do not depend on where a range begins or ends: root and quotient are correctly rounded in vectors too.
 */
final class VectorAdam {
    private VectorAdam() {}

    static boolean adam(long weights, long moment, long secondMoment, long gradient, long from, long to, float rate,
            float share, float secondShare, float rootScale, float epsilon, float l2, float decay) {
        float kept = 1 - decay;
        IntVector largest = IntVector.zero(INTS);
        long at = 4 * from;
        long end = 4 * to;
        for (; at + BYTES <= end; at += BYTES) {
            FloatVector w = FloatVector.fromMemorySegment(SPECIES, ALL, weights + at & ADDRESS_MASK, LITTLE_ENDIAN);
            FloatVector m = FloatVector.fromMemorySegment(SPECIES, ALL, moment + at & ADDRESS_MASK, LITTLE_ENDIAN);
            FloatVector v = FloatVector.fromMemorySegment(SPECIES, ALL, secondMoment + at & ADDRESS_MASK,
                    LITTLE_ENDIAN);
            FloatVector g = FloatVector.fromMemorySegment(SPECIES, ALL, gradient + at & ADDRESS_MASK, LITTLE_ENDIAN);
            FloatVector d = w.fma(FloatVector.broadcast(SPECIES, l2), g);
            m = d.sub(m).fma(FloatVector.broadcast(SPECIES, share), m);
            m.intoMemorySegment(ALL, moment + at & ADDRESS_MASK, LITTLE_ENDIAN);
            v = d.mul(d).sub(v).fma(FloatVector.broadcast(SPECIES, secondShare), v);
            v.intoMemorySegment(ALL, secondMoment + at & ADDRESS_MASK, LITTLE_ENDIAN);
            FloatVector root = v.sqrt().fma(FloatVector.broadcast(SPECIES, rootScale),
                    FloatVector.broadcast(SPECIES, epsilon));
            w = w.fma(FloatVector.broadcast(SPECIES, kept), m.mul(-rate).div(root));
            w.intoMemorySegment(ALL, weights + at & ADDRESS_MASK, LITTLE_ENDIAN);
            largest = Magnitudes.larger(Magnitudes.larger(largest, w), v);
        }
        int rest = 0;
        for (; at < end; at += 4) {
            float w = ALL.get(JAVA_FLOAT, weights + at & ADDRESS_MASK_4);
            float m = ALL.get(JAVA_FLOAT, moment + at & ADDRESS_MASK_4);
            float v = ALL.get(JAVA_FLOAT, secondMoment + at & ADDRESS_MASK_4);
            float g = ALL.get(JAVA_FLOAT, gradient + at & ADDRESS_MASK_4);
            float d = Math.fma(w, l2, g);
            m = Math.fma(d - m, share, m);
            ALL.set(JAVA_FLOAT, moment + at & ADDRESS_MASK_4, m);
            v = Math.fma(d * d - v, secondShare, v);
            ALL.set(JAVA_FLOAT, secondMoment + at & ADDRESS_MASK_4, v);
            float root = Math.fma((float) Math.sqrt(v), rootScale, epsilon);
            w = Math.fma(w, kept, m * -rate / root);
            ALL.set(JAVA_FLOAT, weights + at & ADDRESS_MASK_4, w);
            rest = Magnitudes.larger(Magnitudes.larger(rest, w), v);
        }
        return Magnitudes.areFinite(largest, rest);
    }
}
