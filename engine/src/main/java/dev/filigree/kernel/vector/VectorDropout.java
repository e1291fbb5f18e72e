package dev.filigree.kernel.vector;

import static dev.filigree.kernel.vector.Lanes.INTS;
import static dev.filigree.kernel.vector.Lanes.LENGTH;
import static dev.filigree.kernel.vector.Lanes.SPECIES;
import static dev.filigree.memory.OffHeapMemory.ADDRESS_MASK;
import static dev.filigree.memory.OffHeapMemory.ALL;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import dev.filigree.kernel.MaskHash;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/** Dropout: goes down the rows one vector of samples at a time, whose part of the hash it makes once. */
final class VectorDropout {
    private static final IntVector COUNTING = IntVector.zero(INTS).addIndex(1);

    private VectorDropout() {}

    static void dropout(long matrix, int lanes, int firstSample, int fromRow, int toRow, long key, int threshold,
            float scale) {
        for (int lane = 0; lane < lanes; lane += LENGTH) {
            column(matrix + 4L * lane, 4L * lanes, firstSample + lane, fromRow, toRow, key, threshold, scale);
        }
    }

    private static void column(long matrix, long rowBytes, int firstSample, int fromRow, int toRow, long key,
            int threshold, float scale) {
        IntVector column = COUNTING.add((int) key + firstSample);
        column = column.lanewise(VectorOperators.XOR, column.lanewise(VectorOperators.LSHR, 16))
                .mul(MaskHash.FACTOR_1);
        column = column.lanewise(VectorOperators.XOR, column.lanewise(VectorOperators.LSHR, 15))
                .mul(MaskHash.FACTOR_2);
        column = column.lanewise(VectorOperators.XOR, column.lanewise(VectorOperators.LSHR, 15));
        for (int row = fromRow; row < toRow; row++) {
            IntVector h = column.lanewise(VectorOperators.XOR, MaskHash.row(key, row));
            h = h.lanewise(VectorOperators.XOR, h.lanewise(VectorOperators.LSHR, 16)).mul(MaskHash.FACTOR_1);
            h = h.lanewise(VectorOperators.XOR, h.lanewise(VectorOperators.LSHR, 15)).mul(MaskHash.FACTOR_2);
            h = h.lanewise(VectorOperators.XOR, h.lanewise(VectorOperators.LSHR, 15));
            long at = matrix + row * rowBytes & ADDRESS_MASK;
            FloatVector.fromMemorySegment(SPECIES, ALL, at, LITTLE_ENDIAN).mul(scale)
                    .blend(0f, h.compare(VectorOperators.LT, threshold).cast(SPECIES))
                    .intoMemorySegment(ALL, at, LITTLE_ENDIAN);
        }
    }
}
