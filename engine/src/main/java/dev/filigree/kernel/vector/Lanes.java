package dev.filigree.kernel.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * The vector species all kernels share and the constants derived from it. A tile row is two, four or eight vectors.
 *
 * <p>The width is the widest the CPU has; the system property {@code filigree.vector.bits} (128, 256, 512) forces
 * one.
 */
final class Lanes {
    static final VectorSpecies<Float> SPECIES = species();

    /** Vectors of as many ints. */
    static final VectorSpecies<Integer> INTS = SPECIES.withLanes(int.class).check(int.class);

    /** Floats per vector. */
    static final int LENGTH = SPECIES.length();

    /** Bytes per vector. */
    static final int BYTES = LENGTH * Float.BYTES;

    /** Byte offsets of the second to eighth vector of a tile row. */
    static final long VECTOR_1 = BYTES;

    static final long VECTOR_2 = 2L * BYTES;
    static final long VECTOR_3 = 3L * BYTES;
    static final long VECTOR_4 = 4L * BYTES;
    static final long VECTOR_5 = 5L * BYTES;
    static final long VECTOR_6 = 6L * BYTES;
    static final long VECTOR_7 = 7L * BYTES;

    /** Bytes per row of tiles of two vectors. */
    static final int TWO_BYTES = 2 * BYTES;

    /** Bytes per row of tiles of four vectors. */
    static final int FOUR_BYTES = 4 * BYTES;

    /** Bytes per row of tiles of eight vectors. */
    static final int EIGHT_BYTES = 8 * BYTES;

    // reduceLanes leaves the order of a sum to the JIT, so its bits change when a method gets compiled. Folding
    // halves with these fixed exchanges always gives the same bits.
    static final VectorShuffle<Float> SWAP_8 = VectorShuffle.fromOp(SPECIES, i -> (i ^ 8) % LENGTH);
    static final VectorShuffle<Float> SWAP_4 = VectorShuffle.fromOp(SPECIES, i -> (i ^ 4) % LENGTH);
    static final VectorShuffle<Float> SWAP_2 = VectorShuffle.fromOp(SPECIES, i -> i ^ 2);
    static final VectorShuffle<Float> SWAP_1 = VectorShuffle.fromOp(SPECIES, i -> i ^ 1);

    // Lanes whose number has the given bit set.
    static final VectorMask<Float> UPPER_1 = VectorMask.fromLong(SPECIES, 0xAAAA);
    static final VectorMask<Float> UPPER_2 = VectorMask.fromLong(SPECIES, 0xCCCC);
    static final VectorMask<Float> UPPER_4 = VectorMask.fromLong(SPECIES, 0xF0F0);
    static final VectorMask<Float> UPPER_8 = VectorMask.fromLong(SPECIES, 0xFF00);

    private Lanes() {}

    private static VectorSpecies<Float> species() {
        String bits = System.getProperty("filigree.vector.bits", "");
        return switch (bits) {
            case "" -> FloatVector.SPECIES_PREFERRED.length() < 4
                    ? FloatVector.SPECIES_128
                    : FloatVector.SPECIES_PREFERRED;
            case "128" -> FloatVector.SPECIES_128;
            case "256" -> FloatVector.SPECIES_256;
            case "512" -> FloatVector.SPECIES_512;
            default -> throw new IllegalArgumentException(
                    "filigree.vector.bits is '%s', expected 128, 256 or 512".formatted(bits));
        };
    }
}
