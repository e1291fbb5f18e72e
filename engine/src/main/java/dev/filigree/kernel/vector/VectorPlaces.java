package dev.filigree.kernel.vector;

import static dev.filigree.kernel.vector.Lanes.BYTES;
import static dev.filigree.kernel.vector.Lanes.LENGTH;
import static dev.filigree.kernel.vector.Lanes.SPECIES;
import static dev.filigree.memory.OffHeapMemory.ADDRESS_MASK;
import static dev.filigree.memory.OffHeapMemory.ADDRESS_MASK_8;
import static dev.filigree.memory.OffHeapMemory.ALL;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/** Moves the values of a row's connections into its full row and out of it, by the bits of the places that exist. */
final class VectorPlaces {
    private static final long LANES = (1L << LENGTH) - 1;

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

    /** Writes up to a vector's length past the row's last value. */
    static void pick(long full, long places, long values, int inputs) {
        long from = full;
        long to = values;
        for (int i = 0; i < inputs; i += LENGTH) {
            long bits = ALL.get(JAVA_LONG, places + i / Long.SIZE * 8L & ADDRESS_MASK_8) >>> i & LANES;
            FloatVector.fromMemorySegment(SPECIES, ALL, from & ADDRESS_MASK, LITTLE_ENDIAN)
                    .compress(VectorMask.fromLong(SPECIES, bits))
                    .intoMemorySegment(ALL, to & ADDRESS_MASK, LITTLE_ENDIAN);
            from += BYTES;
            to += 4L * Long.bitCount(bits);
        }
    }
}
