package dev.filigree.kernel.vector;

import static dev.filigree.kernel.FloatMath.*;
import static dev.filigree.kernel.vector.Lanes.BYTES;
import static dev.filigree.kernel.vector.Lanes.SPECIES;
import static dev.filigree.memory.OffHeapMemory.ADDRESS_MASK;
import static dev.filigree.memory.OffHeapMemory.ALL;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/** Smooth activations and their derivatives: the steps, and so the bits, of {@link dev.filigree.kernel.FloatMath}. */
final class VectorSmooth {
    private VectorSmooth() {}

    static void tanh(long matrix, int lanes, int fromRow, int toRow) {
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
        FloatVector t3 = FloatVector.broadcast(SPECIES, T3);
        FloatVector t5 = FloatVector.broadcast(SPECIES, T5);
        FloatVector t7 = FloatVector.broadcast(SPECIES, T7);
        FloatVector t9 = FloatVector.broadcast(SPECIES, T9);
        FloatVector t11 = FloatVector.broadcast(SPECIES, T11);
        long end = matrix + 4L * lanes * toRow;
        for (long at = matrix + 4L * lanes * fromRow; at < end; at += BYTES) {
            FloatVector z = FloatVector.fromMemorySegment(SPECIES, ALL, at & ADDRESS_MASK, LITTLE_ENDIAN);
            FloatVector s = z.mul(z);
            FloatVector q = t11.fma(s, t9).fma(s, t7).fma(s, t5).fma(s, t3);
            FloatVector small = q.mul(s).fma(z, z);
            FloatVector magnitude = z.abs();
            FloatVector x = magnitude.mul(-2f);
            FloatVector rounded = x.fma(log2e, rounding);
            FloatVector n = rounded.sub(rounding);
            FloatVector r = n.fma(ln2Low, n.fma(ln2High, x));
            FloatVector p = e7.fma(r, e6).fma(r, e5).fma(r, e4).fma(r, e3).fma(r, e2);
            IntVector power = rounded.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23).add(ONE_BITS);
            FloatVector e = p.fma(r.mul(r), r).add(one).mul(power.reinterpretAsFloats())
                    .blend(0f, x.compare(VectorOperators.LT, EXP_LOWEST));
            FloatVector large = one.sub(e.mul(2f).div(e.add(one)));
            large.blend(large.neg(), z.compare(VectorOperators.LT, 0f))
                    .blend(small, magnitude.compare(VectorOperators.LT, TANH_LARGE))
                    .intoMemorySegment(ALL, at & ADDRESS_MASK, LITTLE_ENDIAN);
        }
    }

    static void sigmoid(long matrix, int lanes, int fromRow, int toRow) {
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
        long end = matrix + 4L * lanes * toRow;
        for (long at = matrix + 4L * lanes * fromRow; at < end; at += BYTES) {
            FloatVector z = FloatVector.fromMemorySegment(SPECIES, ALL, at & ADDRESS_MASK, LITTLE_ENDIAN);
            FloatVector x = z.abs().neg();
            FloatVector rounded = x.fma(log2e, rounding);
            FloatVector n = rounded.sub(rounding);
            FloatVector r = n.fma(ln2Low, n.fma(ln2High, x));
            FloatVector p = e7.fma(r, e6).fma(r, e5).fma(r, e4).fma(r, e3).fma(r, e2);
            IntVector power = rounded.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23).add(ONE_BITS);
            FloatVector e = p.fma(r.mul(r), r).add(one).mul(power.reinterpretAsFloats())
                    .blend(0f, x.compare(VectorOperators.LT, EXP_LOWEST));
            one.blend(e, z.compare(VectorOperators.LT, 0f)).div(e.add(one)).intoMemorySegment(ALL, at & ADDRESS_MASK,
                    LITTLE_ENDIAN);
        }
    }

    static void tanhDerivative(long delta, long y, int lanes, int fromRow, int toRow, float yFactor) {
        FloatVector one = FloatVector.broadcast(SPECIES, 1f);
        long end = 4L * lanes * toRow;
        for (long at = 4L * lanes * fromRow; at < end; at += BYTES) {
            FloatVector f = FloatVector.fromMemorySegment(SPECIES, ALL, y + at & ADDRESS_MASK, LITTLE_ENDIAN)
                    .mul(yFactor);
            FloatVector d = FloatVector.fromMemorySegment(SPECIES, ALL, delta + at & ADDRESS_MASK, LITTLE_ENDIAN);
            d.mul(f.neg().fma(f, one)).intoMemorySegment(ALL, delta + at & ADDRESS_MASK, LITTLE_ENDIAN);
        }
    }

    static void sigmoidDerivative(long delta, long y, int lanes, int fromRow, int toRow, float yFactor) {
        long end = 4L * lanes * toRow;
        for (long at = 4L * lanes * fromRow; at < end; at += BYTES) {
            FloatVector f = FloatVector.fromMemorySegment(SPECIES, ALL, y + at & ADDRESS_MASK, LITTLE_ENDIAN)
                    .mul(yFactor);
            FloatVector d = FloatVector.fromMemorySegment(SPECIES, ALL, delta + at & ADDRESS_MASK, LITTLE_ENDIAN);
            d.mul(f.neg().fma(f, f)).intoMemorySegment(ALL, delta + at & ADDRESS_MASK, LITTLE_ENDIAN);
        }
    }
}
