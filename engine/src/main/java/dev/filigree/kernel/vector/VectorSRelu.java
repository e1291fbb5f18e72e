package dev.filigree.kernel.vector;

import static dev.filigree.kernel.vector.Lanes.BYTES;
import static dev.filigree.kernel.vector.Lanes.LENGTH;
import static dev.filigree.kernel.vector.Lanes.SPECIES;
import static dev.filigree.kernel.vector.Lanes.SWAP_1;
import static dev.filigree.kernel.vector.Lanes.SWAP_2;
import static dev.filigree.kernel.vector.Lanes.SWAP_4;
import static dev.filigree.kernel.vector.Lanes.SWAP_8;
import static dev.filigree.memory.OffHeapMemory.ADDRESS_MASK;
import static dev.filigree.memory.OffHeapMemory.ADDRESS_MASK_4;
import static dev.filigree.memory.OffHeapMemory.ALL;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import dev.filigree.kernel.SRelu;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/** S-shaped rectified linear units: forward with the steps, and so the bits, of {@link SRelu}. */
final class VectorSRelu {
    private static final long NEURON_BYTES = 4L * SRelu.PARAMETERS;

    private VectorSRelu() {}

    static void srelu(long z, long y, long parameters, int lanes, int fromRow, int toRow) {
        long rowBytes = 4L * lanes;
        for (int row = fromRow; row < toRow; row++) {
            long p = parameters + NEURON_BYTES * row & ADDRESS_MASK_4;
            float leftThreshold = ALL.get(JAVA_FLOAT, p);
            float rightThreshold = leftThreshold + Math.abs(ALL.get(JAVA_FLOAT, p + 8 & ADDRESS_MASK_4));
            FloatVector tl = FloatVector.broadcast(SPECIES, leftThreshold);
            FloatVector tr = FloatVector.broadcast(SPECIES, rightThreshold);
            FloatVector al = FloatVector.broadcast(SPECIES, ALL.get(JAVA_FLOAT, p + 4 & ADDRESS_MASK_4));
            FloatVector ar = FloatVector.broadcast(SPECIES, ALL.get(JAVA_FLOAT, p + 12 & ADDRESS_MASK_4));
            long at = row * rowBytes;
            for (long end = at + rowBytes; at < end; at += BYTES) {
                FloatVector v = FloatVector.fromMemorySegment(SPECIES, ALL, z + at & ADDRESS_MASK, LITTLE_ENDIAN);
                v.blend(ar.fma(v.sub(tr), tr), v.compare(VectorOperators.GT, tr))
                        .blend(al.fma(v.sub(tl), tl), v.compare(VectorOperators.LE, tl))
                        .intoMemorySegment(ALL, y + at & ADDRESS_MASK, LITTLE_ENDIAN);
            }
        }
    }

    static void backward(long delta, long z, long stride, int tiles, int lanes, long parameters, long gradient,
            int fromRow, int toRow) {
        long rowBytes = 4L * lanes;
        FloatVector zero = FloatVector.zero(SPECIES);
        FloatVector one = FloatVector.broadcast(SPECIES, 1f);
        for (int row = fromRow; row < toRow; row++) {
            long p = parameters + NEURON_BYTES * row & ADDRESS_MASK_4;
            float leftThreshold = ALL.get(JAVA_FLOAT, p);
            float leftSlope = ALL.get(JAVA_FLOAT, p + 4 & ADDRESS_MASK_4);
            float distance = ALL.get(JAVA_FLOAT, p + 8 & ADDRESS_MASK_4);
            float rightSlope = ALL.get(JAVA_FLOAT, p + 12 & ADDRESS_MASK_4);
            FloatVector tl = FloatVector.broadcast(SPECIES, leftThreshold);
            FloatVector tr = FloatVector.broadcast(SPECIES, leftThreshold + Math.abs(distance));
            FloatVector al = FloatVector.broadcast(SPECIES, leftSlope);
            FloatVector ar = FloatVector.broadcast(SPECIES, rightSlope);
            FloatVector left = zero;
            FloatVector leftProducts = zero;
            FloatVector right = zero;
            FloatVector rightProducts = zero;
            for (int tile = 0; tile < tiles; tile++) {
                long at = tile * stride + row * rowBytes;
                for (long end = at + rowBytes; at < end; at += BYTES) {
                    FloatVector d = FloatVector.fromMemorySegment(SPECIES, ALL, delta + at & ADDRESS_MASK,
                            LITTLE_ENDIAN);
                    FloatVector v = FloatVector.fromMemorySegment(SPECIES, ALL, z + at & ADDRESS_MASK, LITTLE_ENDIAN);
                    VectorMask<Float> isLeft = v.compare(VectorOperators.LE, tl);
                    VectorMask<Float> isRight = v.compare(VectorOperators.GT, tr);
                    d.mul(one.blend(ar, isRight).blend(al, isLeft)).intoMemorySegment(ALL, delta + at & ADDRESS_MASK,
                            LITTLE_ENDIAN);
                    FloatVector dl = zero.blend(d, isLeft);
                    FloatVector dr = zero.blend(d, isRight);
                    left = left.add(dl);
                    leftProducts = dl.fma(v.sub(tl), leftProducts);
                    right = right.add(dr);
                    rightProducts = dr.fma(v.sub(tr), rightProducts);
                }
            }
            if (LENGTH >= 16) {
                left = left.add(left.rearrange(SWAP_8));
                leftProducts = leftProducts.add(leftProducts.rearrange(SWAP_8));
                right = right.add(right.rearrange(SWAP_8));
                rightProducts = rightProducts.add(rightProducts.rearrange(SWAP_8));
            }
            if (LENGTH >= 8) {
                left = left.add(left.rearrange(SWAP_4));
                leftProducts = leftProducts.add(leftProducts.rearrange(SWAP_4));
                right = right.add(right.rearrange(SWAP_4));
                rightProducts = rightProducts.add(rightProducts.rearrange(SWAP_4));
            }
            left = left.add(left.rearrange(SWAP_2));
            leftProducts = leftProducts.add(leftProducts.rearrange(SWAP_2));
            right = right.add(right.rearrange(SWAP_2));
            rightProducts = rightProducts.add(rightProducts.rearrange(SWAP_2));
            left = left.add(left.rearrange(SWAP_1));
            leftProducts = leftProducts.add(leftProducts.rearrange(SWAP_1));
            right = right.add(right.rearrange(SWAP_1));
            rightProducts = rightProducts.add(rightProducts.rearrange(SWAP_1));
            long g = gradient + NEURON_BYTES * row & ADDRESS_MASK_4;
            float beyond = right.lane(0);
            ALL.set(JAVA_FLOAT, g, (1 - leftSlope) * left.lane(0) + (1 - rightSlope) * beyond);
            ALL.set(JAVA_FLOAT, g + 4 & ADDRESS_MASK_4, leftProducts.lane(0));
            ALL.set(JAVA_FLOAT, g + 8 & ADDRESS_MASK_4, (distance < 0 ? rightSlope - 1 : 1 - rightSlope) * beyond);
            ALL.set(JAVA_FLOAT, g + 12 & ADDRESS_MASK_4, rightProducts.lane(0));
        }
    }
}
