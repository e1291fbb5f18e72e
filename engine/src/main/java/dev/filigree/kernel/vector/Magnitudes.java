package dev.filigree.kernel.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/**
 * The largest magnitude of some floats, as bits: infinities and what is no number have the largest. Two operations per
 * vector, and none that waits for the one before longer than a cycle.
 */
final class Magnitudes {
    private static final int WITHOUT_SIGN = 0x7FFF_FFFF;
    private static final int INFINITE = Float.floatToRawIntBits(Float.POSITIVE_INFINITY);

    private Magnitudes() {}

    static IntVector larger(IntVector largest, FloatVector values) {
        return largest.max(values.reinterpretAsInts().and(WITHOUT_SIGN));
    }

    static int larger(int largest, float value) {
        return Math.max(largest, Float.floatToRawIntBits(value) & WITHOUT_SIGN);
    }

    static boolean areFinite(IntVector largest, int rest) {
        return Math.max(largest.reduceLanes(VectorOperators.MAX), rest) < INFINITE;
    }
}
