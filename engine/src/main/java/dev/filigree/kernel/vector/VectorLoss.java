package dev.filigree.kernel.vector;

import static dev.filigree.kernel.FloatMath.*;
import static dev.filigree.kernel.vector.Lanes.INTS;
import static dev.filigree.kernel.vector.Lanes.LENGTH;
import static dev.filigree.kernel.vector.Lanes.SPECIES;
import static dev.filigree.memory.OffHeapMemory.ADDRESS_MASK;
import static dev.filigree.memory.OffHeapMemory.ALL;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/** Losses and their derivatives, one vector of samples at a time. */
final class VectorLoss {
    private static final IntVector COUNTING = IntVector.zero(INTS).addIndex(1);

    private VectorLoss() {}

    static void argmax(long outputs, int classes, int lanes, long best) {
        for (int lane = 0; lane < lanes; lane += LENGTH) {
            argmaxOfVector(outputs + 4L * lane, classes, 4L * lanes, best + 4L * lane);
        }
    }

    /** A method of its own, and of vectors of one kind: else C2 boxes what runs through the classes, in some runs. */
    private static void argmaxOfVector(long outputs, int classes, long rowBytes, long best) {
        FloatVector max = FloatVector.fromMemorySegment(SPECIES, ALL, outputs & ADDRESS_MASK, LITTLE_ENDIAN);
        FloatVector at = FloatVector.broadcast(SPECIES, 0f);
        for (int c = 1; c < classes; c++) {
            FloatVector o = FloatVector.fromMemorySegment(SPECIES, ALL, outputs + c * rowBytes & ADDRESS_MASK,
                    LITTLE_ENDIAN);
            VectorMask<Float> larger = o.compare(VectorOperators.GT, max);
            max = max.blend(o, larger);
            at = at.blend(FloatVector.broadcast(SPECIES, (float) c), larger);
        }
        at.convertShape(VectorOperators.F2I, INTS, 0).reinterpretAsInts().intoMemorySegment(ALL, best & ADDRESS_MASK,
                LITTLE_ENDIAN);
    }

    static void crossEntropy(long outputs, int classes, int lanes, long labels, long best, int count, long delta,
            float deltaScale, long rests, long gaps) {
        for (int lane = 0; lane < lanes; lane += LENGTH) {
            long at = 4L * lane;
            exponentials(outputs + at, classes, 4L * lanes, labels + at, best + at, delta == 0 ? 0 : delta + at,
                    rests + at, gaps + at);
            if (delta != 0) {
                derivative(classes, 4L * lanes, labels + at, count - lane, delta + at, deltaScale, rests + at);
            }
        }
    }

    /** Sums the exponentials of all classes but the best, whose own is 1, and keeps them for the derivative. */
    private static void exponentials(long outputs, int classes, long rowBytes, long labels, long best, long kept,
            long rests, long gaps) {
        FloatVector one = FloatVector.broadcast(SPECIES, 1f);
        FloatVector log2e = FloatVector.broadcast(SPECIES, LOG2_E);
        FloatVector rounding = FloatVector.broadcast(SPECIES, ROUNDING);
        FloatVector ln2High = FloatVector.broadcast(SPECIES, -LN2_HIGH);
        FloatVector ln2Low = FloatVector.broadcast(SPECIES, -LN2_LOW);
        FloatVector e2 = FloatVector.broadcast(SPECIES, E2);
        FloatVector e3 = FloatVector.broadcast(SPECIES, E3);
        FloatVector e4 = FloatVector.broadcast(SPECIES, E4);
        FloatVector e5 = FloatVector.broadcast(SPECIES, E5);
        FloatVector e6 = FloatVector.broadcast(SPECIES, E6);
        FloatVector e7 = FloatVector.broadcast(SPECIES, E7);
        IntVector label = IntVector.fromMemorySegment(INTS, ALL, labels & ADDRESS_MASK, LITTLE_ENDIAN);
        IntVector largest = IntVector.fromMemorySegment(INTS, ALL, best & ADDRESS_MASK, LITTLE_ENDIAN);
        FloatVector max = FloatVector.zero(SPECIES);
        FloatVector wanted = FloatVector.zero(SPECIES);
        for (int c = 0; c < classes; c++) {
            FloatVector o = FloatVector.fromMemorySegment(SPECIES, ALL, outputs + c * rowBytes & ADDRESS_MASK,
                    LITTLE_ENDIAN);
            max = max.blend(o, largest.compare(VectorOperators.EQ, c).cast(SPECIES));
            wanted = wanted.blend(o, label.compare(VectorOperators.EQ, c).cast(SPECIES));
        }
        FloatVector rest = FloatVector.zero(SPECIES);
        for (int c = 0; c < classes; c++) {
            FloatVector x = FloatVector.fromMemorySegment(SPECIES, ALL, outputs + c * rowBytes & ADDRESS_MASK,
                    LITTLE_ENDIAN).sub(max);
            FloatVector rounded = x.fma(log2e, rounding);
            FloatVector n = rounded.sub(rounding);
            FloatVector r = n.fma(ln2Low, n.fma(ln2High, x));
            FloatVector p = e7.fma(r, e6).fma(r, e5).fma(r, e4).fma(r, e3).fma(r, e2);
            IntVector power = rounded.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23).add(ONE_BITS);
            FloatVector e = p.fma(r.mul(r), r).add(one).mul(power.reinterpretAsFloats())
                    .blend(0f, x.compare(VectorOperators.LT, SOFTMAX_LOWEST));
            VectorMask<Float> isLargest = largest.compare(VectorOperators.EQ, c).cast(SPECIES);
            rest = rest.add(e.blend(0f, isLargest));
            if (kept != 0) {
                e.blend(1f, isLargest).intoMemorySegment(ALL, kept + c * rowBytes & ADDRESS_MASK, LITTLE_ENDIAN);
            }
        }
        rest.intoMemorySegment(ALL, rests & ADDRESS_MASK, LITTLE_ENDIAN);
        max.sub(wanted).intoMemorySegment(ALL, gaps & ADDRESS_MASK, LITTLE_ENDIAN);
    }

    private static void derivative(int classes, long rowBytes, long labels, int count, long delta, float deltaScale,
            long rests) {
        IntVector label = IntVector.fromMemorySegment(INTS, ALL, labels & ADDRESS_MASK, LITTLE_ENDIAN);
        FloatVector rest = FloatVector.fromMemorySegment(SPECIES, ALL, rests & ADDRESS_MASK, LITTLE_ENDIAN);
        FloatVector factor = FloatVector.broadcast(SPECIES, deltaScale).div(rest.add(1f));
        VectorMask<Float> padding = COUNTING.compare(VectorOperators.GE, count).cast(SPECIES);
        for (int c = 0; c < classes; c++) {
            long at = delta + c * rowBytes & ADDRESS_MASK;
            FloatVector e = FloatVector.fromMemorySegment(SPECIES, ALL, at, LITTLE_ENDIAN);
            e.blend(e.sub(1f).sub(rest), label.compare(VectorOperators.EQ, c).cast(SPECIES)).mul(factor)
                    .blend(0f, padding).intoMemorySegment(ALL, at, LITTLE_ENDIAN);
        }
    }

    static void squaredError(long outputs, int classes, int lanes, long labels, int count, long delta,
            float deltaScale, long sums) {
        long rowBytes = 4L * lanes;
        for (int lane = 0; lane < lanes; lane += LENGTH) {
            long at = 4L * lane;
            IntVector label = IntVector.fromMemorySegment(INTS, ALL, labels + at & ADDRESS_MASK, LITTLE_ENDIAN);
            VectorMask<Float> padding = COUNTING.compare(VectorOperators.GE, count - lane).cast(SPECIES);
            FloatVector sum = FloatVector.zero(SPECIES);
            for (int c = 0; c < classes; c++) {
                FloatVector o = FloatVector.fromMemorySegment(SPECIES, ALL, outputs + at + c * rowBytes & ADDRESS_MASK,
                        LITTLE_ENDIAN);
                FloatVector d = o.blend(o.sub(1f), label.compare(VectorOperators.EQ, c).cast(SPECIES));
                sum = d.fma(d, sum);
                if (delta != 0) {
                    d.mul(deltaScale).blend(0f, padding).intoMemorySegment(ALL,
                            delta + at + c * rowBytes & ADDRESS_MASK, LITTLE_ENDIAN);
                }
            }
            sum.intoMemorySegment(ALL, sums + at & ADDRESS_MASK, LITTLE_ENDIAN);
        }
    }
}
