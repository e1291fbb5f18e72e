package dev.filigree.kernel.vector;

import static dev.filigree.kernel.vector.Lanes.BYTES;
import static dev.filigree.kernel.vector.Lanes.INTS;
import static dev.filigree.kernel.vector.Lanes.LENGTH;
import static dev.filigree.kernel.vector.Lanes.SPECIES;
import static dev.filigree.memory.OffHeapMemory.ADDRESS_MASK;
import static dev.filigree.memory.OffHeapMemory.ADDRESS_MASK_4;
import static dev.filigree.memory.OffHeapMemory.ADDRESS_MASK_8;
import static dev.filigree.memory.OffHeapMemory.ALL;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/** Moves the values of a row's connections into its full row, out of it and within it, by the bits of what exists. */
final class VectorPlaces {
    private static final long LANES = (1L << LENGTH) - 1;

    /** By how much a lane shifts for its bit to become the sign. */
    private static final IntVector TO_SIGN = IntVector.broadcast(INTS, 31).sub(IntVector.zero(INTS).addIndex(1));

    private VectorPlaces() {}

    /** Zeros go to the places without a connection. */
    static void expand(long values, long places, long full, int inputs) {
        long from = values;
        long to = full;
        int whole = inputs / LENGTH * LENGTH;
        for (int i = 0; i < whole; i += LENGTH) {
            long bits = ALL.get(JAVA_LONG, places + i / Long.SIZE * 8L & ADDRESS_MASK_8) >>> i & LANES;
            FloatVector.fromMemorySegment(SPECIES, ALL, from & ADDRESS_MASK, LITTLE_ENDIAN)
                    .expand(VectorMask.fromLong(SPECIES, bits))
                    .intoMemorySegment(ALL, to & ADDRESS_MASK, LITTLE_ENDIAN);
            from += 4L * Long.bitCount(bits);
            to += BYTES;
        }
        if (whole < inputs) {
            // The next row begins within the last vector.
            long bits = ALL.get(JAVA_LONG, places + whole / Long.SIZE * 8L & ADDRESS_MASK_8) >>> whole & LANES;
            FloatVector.fromMemorySegment(SPECIES, ALL, from & ADDRESS_MASK, LITTLE_ENDIAN)
                    .expand(VectorMask.fromLong(SPECIES, bits)).intoMemorySegment(ALL, to & ADDRESS_MASK, LITTLE_ENDIAN,
                            VectorMask.fromLong(SPECIES, (1L << (inputs - whole)) - 1));
        }
    }

    static void pick(long full, long places, long values, int inputs) {
        long from = full;
        long to = values;
        for (int i = 0; i < inputs; i += LENGTH) {
            long bits = ALL.get(JAVA_LONG, places + i / Long.SIZE * 8L & ADDRESS_MASK_8) >>> i & LANES;
            int count = Long.bitCount(bits);
            // No lane more than it has: another worker may be at the next row.
            FloatVector.fromMemorySegment(SPECIES, ALL, from & ADDRESS_MASK, LITTLE_ENDIAN)
                    .compress(VectorMask.fromLong(SPECIES, bits)).intoMemorySegment(ALL, to & ADDRESS_MASK,
                            LITTLE_ENDIAN, VectorMask.fromLong(SPECIES, (1L << count) - 1));
            from += BYTES;
            to += 4L * count;
        }
    }

    /**
     * Zeros where there is no connection. A place's bit is shifted to be the sign of its lane and spread over it: where masks
     * are vectors too, to make one of bits takes twice as long as all of this.
     */
    static void keepExisting(long full, long places, int inputs) {
        int i = 0;
        for (; i + Integer.SIZE <= inputs; i += Integer.SIZE) {
            IntVector bits = bits(places, i);
            for (int k = 0; k < Integer.SIZE; k += LENGTH) {
                keep(full + 4L * (i + k) & ADDRESS_MASK, bits, k);
            }
        }
        int word = i;
        for (; i + LENGTH <= inputs; i += LENGTH) {
            keep(full + 4L * i & ADDRESS_MASK, bits(places, word), i - word);
        }
        if (i < inputs) {
            // The next row begins within the last vector: of this row's places those without a connection are written.
            long bits = ALL.get(JAVA_LONG, places + i / Long.SIZE * 8L & ADDRESS_MASK_8) >>> i & LANES;
            FloatVector.zero(SPECIES).intoMemorySegment(ALL, full + 4L * i & ADDRESS_MASK, LITTLE_ENDIAN,
                    VectorMask.fromLong(SPECIES, ~bits & (1L << (inputs - i)) - 1));
        }
    }

    /** The bits of as many places as an {@code int} has, in every lane. */
    private static IntVector bits(long places, int first) {
        return IntVector.broadcast(INTS, ALL.get(JAVA_INT, places + first / Byte.SIZE & ADDRESS_MASK_4));
    }

    private static void keep(long at, IntVector bits, int first) {
        IntVector exists = bits.lanewise(VectorOperators.LSHL, TO_SIGN.sub(first)).lanewise(VectorOperators.ASHR, 31);
        IntVector.fromMemorySegment(INTS, ALL, at, LITTLE_ENDIAN).and(exists).intoMemorySegment(ALL, at, LITTLE_ENDIAN);
    }
}
