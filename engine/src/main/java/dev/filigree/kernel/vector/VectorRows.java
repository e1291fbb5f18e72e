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

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/** Sweeps over rows of lanes: what a dense layer needs beside its matrix product, and sums over a batch. */
final class VectorRows {
    private VectorRows() {}

    static void biasActivation(long y, long z, long bias, int lanes, int fromRow, int toRow, float slope) {
        long rowBytes = 4L * lanes;
        for (int row = fromRow; row < toRow; row++) {
            FloatVector b = FloatVector.broadcast(SPECIES, ALL.get(JAVA_FLOAT, bias + 4L * row & ADDRESS_MASK_4));
            long at = row * rowBytes;
            for (long end = at + rowBytes; at < end; at += BYTES) {
                FloatVector a = FloatVector.fromMemorySegment(SPECIES, ALL, y + at & ADDRESS_MASK, LITTLE_ENDIAN)
                        .add(b);
                if (z != 0) {
                    a.intoMemorySegment(ALL, z + at & ADDRESS_MASK, LITTLE_ENDIAN);
                }
                a.mul(slope).blend(a, a.compare(VectorOperators.GT, 0f)).intoMemorySegment(ALL, y + at & ADDRESS_MASK,
                        LITTLE_ENDIAN);
            }
        }
    }

    static void gate(long delta, long gate, int lanes, int fromRow, int toRow, float slope) {
        long end = 4L * lanes * toRow;
        for (long at = 4L * lanes * fromRow; at < end; at += BYTES) {
            FloatVector d = FloatVector.fromMemorySegment(SPECIES, ALL, delta + at & ADDRESS_MASK, LITTLE_ENDIAN);
            FloatVector sign = FloatVector.fromMemorySegment(SPECIES, ALL, gate + at & ADDRESS_MASK, LITTLE_ENDIAN);
            d.mul(slope).blend(d, sign.compare(VectorOperators.GT, 0f)).intoMemorySegment(ALL,
                    delta + at & ADDRESS_MASK, LITTLE_ENDIAN);
        }
    }

    static void rowSums(long matrix, int lanes, long sums, int fromRow, int toRow) {
        long rowBytes = 4L * lanes;
        for (int row = fromRow; row < toRow; row++) {
            FloatVector a = FloatVector.zero(SPECIES);
            long at = matrix + row * rowBytes;
            for (long end = at + rowBytes; at < end; at += BYTES) {
                a = a.add(FloatVector.fromMemorySegment(SPECIES, ALL, at & ADDRESS_MASK, LITTLE_ENDIAN));
            }
            if (LENGTH >= 16) {
                a = a.add(a.rearrange(SWAP_8));
            }
            if (LENGTH >= 8) {
                a = a.add(a.rearrange(SWAP_4));
            }
            a = a.add(a.rearrange(SWAP_2));
            a = a.add(a.rearrange(SWAP_1));
            ALL.set(JAVA_FLOAT, sums + 4L * row & ADDRESS_MASK_4, a.lane(0));
        }
    }
}
