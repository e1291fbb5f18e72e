package dev.filigree.kernel.vector;

import static dev.filigree.kernel.vector.Lanes.*;
import static dev.filigree.memory.OffHeapMemory.ADDRESS_MASK;
import static dev.filigree.memory.OffHeapMemory.ALL;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;

/**
 * Folds vectors into the sums of their lanes, as many vectors at a time as a vector has lanes: a transposition in
 * which every exchange is followed by an addition, so the work per vector does not grow with its width. The first exchange,
 * of the halves of two neighbouring vectors, needs no permutation: it is a load from between them.
 */
final class VectorFold {
    /** Kernels keep up to so many vectors before they fold them, those of one neuron always together. */
    static final int GROUP = 128;

    /** Bytes of half a vector. */
    private static final long HALF = BYTES / 2;

    /** The number of a lane with its bits in reverse order: exchanging from the halves down leaves the sums so. */
    private static final VectorShuffle<Float> REVERSED = VectorShuffle.fromOp(SPECIES,
            lane -> Integer.reverse(lane) >>> (Integer.numberOfLeadingZeros(LENGTH) + 1));

    /** The same for each half of sixteen lanes by itself. */
    private static final VectorShuffle<Float> HALVES_REVERSED = VectorShuffle.fromOp(SPECIES,
            lane -> ((lane & 8) | (Integer.reverse(lane & 7) >>> 29)) % LENGTH);

    private VectorFold() {}

    /**
     * {@code sums[k]} = sum of the lanes of vector {@code k}, or that much more.
     *
     * @param vectors address of {@code count} vectors; memory up to the next multiple of the vector length is read
     * @param sums address of {@code count} floats; memory up to a vector's length more is read
     * @param accumulate whether to add to what {@code sums} holds
     */
    static void fold(long vectors, long sums, int count, boolean accumulate) {
        if (LENGTH == 4) {
            fold4(vectors, sums, count, accumulate);
        } else if (LENGTH == 8) {
            fold8(vectors, sums, count, accumulate);
        } else {
            fold16(vectors, sums, count, accumulate);
        }
    }

    private static void fold4(long vectors, long sums, int count, boolean accumulate) {
        long first = vectors & ADDRESS_MASK;
        long result = sums & ADDRESS_MASK;
        for (int k = 0; k < count; k += 4) {
            long in = first + (long) k * BYTES;
            FloatVector v0 = FloatVector.fromMemorySegment(SPECIES, ALL, in + 0L * BYTES, LITTLE_ENDIAN)
                    .blend(FloatVector.fromMemorySegment(SPECIES, ALL, in + 1L * BYTES, LITTLE_ENDIAN), UPPER_2)
                    .add(FloatVector.fromMemorySegment(SPECIES, ALL, in + 0L * BYTES + HALF, LITTLE_ENDIAN));
            FloatVector v1 = FloatVector.fromMemorySegment(SPECIES, ALL, in + 2L * BYTES, LITTLE_ENDIAN)
                    .blend(FloatVector.fromMemorySegment(SPECIES, ALL, in + 3L * BYTES, LITTLE_ENDIAN), UPPER_2)
                    .add(FloatVector.fromMemorySegment(SPECIES, ALL, in + 2L * BYTES + HALF, LITTLE_ENDIAN));
            v0 = v0.blend(v1, UPPER_1).add(v1.blend(v0, UPPER_1).rearrange(SWAP_1));
            v0 = v0.rearrange(REVERSED);
            if (accumulate) {
                v0 = v0.add(FloatVector.fromMemorySegment(SPECIES, ALL, result + 4L * k, LITTLE_ENDIAN));
            }
            if (k > count - 4) {
                v0.intoMemorySegment(ALL, result + 4L * k, LITTLE_ENDIAN,
                        VectorMask.fromLong(SPECIES, (1L << (count - k)) - 1));
                return;
            }
            v0.intoMemorySegment(ALL, result + 4L * k, LITTLE_ENDIAN);
        }
    }

    private static void fold8(long vectors, long sums, int count, boolean accumulate) {
        long first = vectors & ADDRESS_MASK;
        long result = sums & ADDRESS_MASK;
        for (int k = 0; k < count; k += 8) {
            long in = first + (long) k * BYTES;
            FloatVector v0 = FloatVector.fromMemorySegment(SPECIES, ALL, in + 0L * BYTES, LITTLE_ENDIAN)
                    .blend(FloatVector.fromMemorySegment(SPECIES, ALL, in + 1L * BYTES, LITTLE_ENDIAN), UPPER_4)
                    .add(FloatVector.fromMemorySegment(SPECIES, ALL, in + 0L * BYTES + HALF, LITTLE_ENDIAN));
            FloatVector v1 = FloatVector.fromMemorySegment(SPECIES, ALL, in + 2L * BYTES, LITTLE_ENDIAN)
                    .blend(FloatVector.fromMemorySegment(SPECIES, ALL, in + 3L * BYTES, LITTLE_ENDIAN), UPPER_4)
                    .add(FloatVector.fromMemorySegment(SPECIES, ALL, in + 2L * BYTES + HALF, LITTLE_ENDIAN));
            v0 = v0.blend(v1, UPPER_2).add(v1.blend(v0, UPPER_2).rearrange(SWAP_2));
            FloatVector v2 = FloatVector.fromMemorySegment(SPECIES, ALL, in + 4L * BYTES, LITTLE_ENDIAN)
                    .blend(FloatVector.fromMemorySegment(SPECIES, ALL, in + 5L * BYTES, LITTLE_ENDIAN), UPPER_4)
                    .add(FloatVector.fromMemorySegment(SPECIES, ALL, in + 4L * BYTES + HALF, LITTLE_ENDIAN));
            FloatVector v3 = FloatVector.fromMemorySegment(SPECIES, ALL, in + 6L * BYTES, LITTLE_ENDIAN)
                    .blend(FloatVector.fromMemorySegment(SPECIES, ALL, in + 7L * BYTES, LITTLE_ENDIAN), UPPER_4)
                    .add(FloatVector.fromMemorySegment(SPECIES, ALL, in + 6L * BYTES + HALF, LITTLE_ENDIAN));
            v2 = v2.blend(v3, UPPER_2).add(v3.blend(v2, UPPER_2).rearrange(SWAP_2));
            v0 = v0.blend(v2, UPPER_1).add(v2.blend(v0, UPPER_1).rearrange(SWAP_1));
            v0 = v0.rearrange(REVERSED);
            if (accumulate) {
                v0 = v0.add(FloatVector.fromMemorySegment(SPECIES, ALL, result + 4L * k, LITTLE_ENDIAN));
            }
            if (k > count - 8) {
                v0.intoMemorySegment(ALL, result + 4L * k, LITTLE_ENDIAN,
                        VectorMask.fromLong(SPECIES, (1L << (count - k)) - 1));
                return;
            }
            v0.intoMemorySegment(ALL, result + 4L * k, LITTLE_ENDIAN);
        }
    }

    private static void fold16(long vectors, long sums, int count, boolean accumulate) {
        long first = vectors & ADDRESS_MASK;
        long result = sums & ADDRESS_MASK;
        for (int k = 0; k < count; k += 16) {
            long in = first + (long) k * BYTES;
            FloatVector v0 = FloatVector.fromMemorySegment(SPECIES, ALL, in + 0L * BYTES, LITTLE_ENDIAN)
                    .blend(FloatVector.fromMemorySegment(SPECIES, ALL, in + 1L * BYTES, LITTLE_ENDIAN), UPPER_8)
                    .add(FloatVector.fromMemorySegment(SPECIES, ALL, in + 0L * BYTES + HALF, LITTLE_ENDIAN));
            FloatVector v1 = FloatVector.fromMemorySegment(SPECIES, ALL, in + 2L * BYTES, LITTLE_ENDIAN)
                    .blend(FloatVector.fromMemorySegment(SPECIES, ALL, in + 3L * BYTES, LITTLE_ENDIAN), UPPER_8)
                    .add(FloatVector.fromMemorySegment(SPECIES, ALL, in + 2L * BYTES + HALF, LITTLE_ENDIAN));
            v0 = v0.blend(v1, UPPER_4).add(v1.blend(v0, UPPER_4).rearrange(SWAP_4));
            FloatVector v2 = FloatVector.fromMemorySegment(SPECIES, ALL, in + 4L * BYTES, LITTLE_ENDIAN)
                    .blend(FloatVector.fromMemorySegment(SPECIES, ALL, in + 5L * BYTES, LITTLE_ENDIAN), UPPER_8)
                    .add(FloatVector.fromMemorySegment(SPECIES, ALL, in + 4L * BYTES + HALF, LITTLE_ENDIAN));
            FloatVector v3 = FloatVector.fromMemorySegment(SPECIES, ALL, in + 6L * BYTES, LITTLE_ENDIAN)
                    .blend(FloatVector.fromMemorySegment(SPECIES, ALL, in + 7L * BYTES, LITTLE_ENDIAN), UPPER_8)
                    .add(FloatVector.fromMemorySegment(SPECIES, ALL, in + 6L * BYTES + HALF, LITTLE_ENDIAN));
            v2 = v2.blend(v3, UPPER_4).add(v3.blend(v2, UPPER_4).rearrange(SWAP_4));
            v0 = v0.blend(v2, UPPER_2).add(v2.blend(v0, UPPER_2).rearrange(SWAP_2));
            FloatVector v4 = FloatVector.fromMemorySegment(SPECIES, ALL, in + 8L * BYTES, LITTLE_ENDIAN)
                    .blend(FloatVector.fromMemorySegment(SPECIES, ALL, in + 9L * BYTES, LITTLE_ENDIAN), UPPER_8)
                    .add(FloatVector.fromMemorySegment(SPECIES, ALL, in + 8L * BYTES + HALF, LITTLE_ENDIAN));
            FloatVector v5 = FloatVector.fromMemorySegment(SPECIES, ALL, in + 10L * BYTES, LITTLE_ENDIAN)
                    .blend(FloatVector.fromMemorySegment(SPECIES, ALL, in + 11L * BYTES, LITTLE_ENDIAN), UPPER_8)
                    .add(FloatVector.fromMemorySegment(SPECIES, ALL, in + 10L * BYTES + HALF, LITTLE_ENDIAN));
            v4 = v4.blend(v5, UPPER_4).add(v5.blend(v4, UPPER_4).rearrange(SWAP_4));
            FloatVector v6 = FloatVector.fromMemorySegment(SPECIES, ALL, in + 12L * BYTES, LITTLE_ENDIAN)
                    .blend(FloatVector.fromMemorySegment(SPECIES, ALL, in + 13L * BYTES, LITTLE_ENDIAN), UPPER_8)
                    .add(FloatVector.fromMemorySegment(SPECIES, ALL, in + 12L * BYTES + HALF, LITTLE_ENDIAN));
            FloatVector v7 = FloatVector.fromMemorySegment(SPECIES, ALL, in + 14L * BYTES, LITTLE_ENDIAN)
                    .blend(FloatVector.fromMemorySegment(SPECIES, ALL, in + 15L * BYTES, LITTLE_ENDIAN), UPPER_8)
                    .add(FloatVector.fromMemorySegment(SPECIES, ALL, in + 14L * BYTES + HALF, LITTLE_ENDIAN));
            v6 = v6.blend(v7, UPPER_4).add(v7.blend(v6, UPPER_4).rearrange(SWAP_4));
            v4 = v4.blend(v6, UPPER_2).add(v6.blend(v4, UPPER_2).rearrange(SWAP_2));
            v0 = v0.blend(v4, UPPER_1).add(v4.blend(v0, UPPER_1).rearrange(SWAP_1));
            v0 = v0.rearrange(REVERSED);
            if (accumulate) {
                v0 = v0.add(FloatVector.fromMemorySegment(SPECIES, ALL, result + 4L * k, LITTLE_ENDIAN));
            }
            if (k > count - 16) {
                v0.intoMemorySegment(ALL, result + 4L * k, LITTLE_ENDIAN,
                        VectorMask.fromLong(SPECIES, (1L << (count - k)) - 1));
                return;
            }
            v0.intoMemorySegment(ALL, result + 4L * k, LITTLE_ENDIAN);
        }
    }

    /**
     * As {@link #fold} for two tiles at a time, with vectors of sixteen lanes: {@code sums[k]} = sum of the lower half of
     * vector {@code k}, which is of one tile, plus that of the upper half, of the other; or that much more, added in this
     * order.
     *
     * @param vectors address of {@code count} vectors; memory up to the next multiple of sixteen is read
     * @param sums address of {@code count} floats; memory up to a vector's length more is read
     * @param accumulate whether to add to what {@code sums} holds
     */
    static void foldPairs(long vectors, long sums, int count, boolean accumulate) {
        long first = vectors & ADDRESS_MASK;
        long result = sums & ADDRESS_MASK;
        for (int k = 0; k < count; k += 16) {
            long in = first + (long) k * BYTES;
            FloatVector v0 = FloatVector.fromMemorySegment(SPECIES, ALL, in + 0L * BYTES, LITTLE_ENDIAN);
            FloatVector v1 = FloatVector.fromMemorySegment(SPECIES, ALL, in + 1L * BYTES, LITTLE_ENDIAN);
            v0 = v0.blend(v1, UPPER_4).add(v1.blend(v0, UPPER_4).rearrange(SWAP_4));
            FloatVector v2 = FloatVector.fromMemorySegment(SPECIES, ALL, in + 2L * BYTES, LITTLE_ENDIAN);
            FloatVector v3 = FloatVector.fromMemorySegment(SPECIES, ALL, in + 3L * BYTES, LITTLE_ENDIAN);
            v2 = v2.blend(v3, UPPER_4).add(v3.blend(v2, UPPER_4).rearrange(SWAP_4));
            v0 = v0.blend(v2, UPPER_2).add(v2.blend(v0, UPPER_2).rearrange(SWAP_2));
            FloatVector v4 = FloatVector.fromMemorySegment(SPECIES, ALL, in + 4L * BYTES, LITTLE_ENDIAN);
            FloatVector v5 = FloatVector.fromMemorySegment(SPECIES, ALL, in + 5L * BYTES, LITTLE_ENDIAN);
            v4 = v4.blend(v5, UPPER_4).add(v5.blend(v4, UPPER_4).rearrange(SWAP_4));
            FloatVector v6 = FloatVector.fromMemorySegment(SPECIES, ALL, in + 6L * BYTES, LITTLE_ENDIAN);
            FloatVector v7 = FloatVector.fromMemorySegment(SPECIES, ALL, in + 7L * BYTES, LITTLE_ENDIAN);
            v6 = v6.blend(v7, UPPER_4).add(v7.blend(v6, UPPER_4).rearrange(SWAP_4));
            v4 = v4.blend(v6, UPPER_2).add(v6.blend(v4, UPPER_2).rearrange(SWAP_2));
            v0 = v0.blend(v4, UPPER_1).add(v4.blend(v0, UPPER_1).rearrange(SWAP_1));
            FloatVector v8 = FloatVector.fromMemorySegment(SPECIES, ALL, in + 8L * BYTES, LITTLE_ENDIAN);
            FloatVector v9 = FloatVector.fromMemorySegment(SPECIES, ALL, in + 9L * BYTES, LITTLE_ENDIAN);
            v8 = v8.blend(v9, UPPER_4).add(v9.blend(v8, UPPER_4).rearrange(SWAP_4));
            FloatVector v10 = FloatVector.fromMemorySegment(SPECIES, ALL, in + 10L * BYTES, LITTLE_ENDIAN);
            FloatVector v11 = FloatVector.fromMemorySegment(SPECIES, ALL, in + 11L * BYTES, LITTLE_ENDIAN);
            v10 = v10.blend(v11, UPPER_4).add(v11.blend(v10, UPPER_4).rearrange(SWAP_4));
            v8 = v8.blend(v10, UPPER_2).add(v10.blend(v8, UPPER_2).rearrange(SWAP_2));
            FloatVector v12 = FloatVector.fromMemorySegment(SPECIES, ALL, in + 12L * BYTES, LITTLE_ENDIAN);
            FloatVector v13 = FloatVector.fromMemorySegment(SPECIES, ALL, in + 13L * BYTES, LITTLE_ENDIAN);
            v12 = v12.blend(v13, UPPER_4).add(v13.blend(v12, UPPER_4).rearrange(SWAP_4));
            FloatVector v14 = FloatVector.fromMemorySegment(SPECIES, ALL, in + 14L * BYTES, LITTLE_ENDIAN);
            FloatVector v15 = FloatVector.fromMemorySegment(SPECIES, ALL, in + 15L * BYTES, LITTLE_ENDIAN);
            v14 = v14.blend(v15, UPPER_4).add(v15.blend(v14, UPPER_4).rearrange(SWAP_4));
            v12 = v12.blend(v14, UPPER_2).add(v14.blend(v12, UPPER_2).rearrange(SWAP_2));
            v8 = v8.blend(v12, UPPER_1).add(v12.blend(v8, UPPER_1).rearrange(SWAP_1));
            v0 = v0.rearrange(HALVES_REVERSED);
            v8 = v8.rearrange(HALVES_REVERSED);
            FloatVector one = v0.blend(v8.rearrange(SWAP_8), UPPER_8);
            FloatVector other = v0.rearrange(SWAP_8).blend(v8, UPPER_8);
            if (accumulate) {
                one = one.add(FloatVector.fromMemorySegment(SPECIES, ALL, result + 4L * k, LITTLE_ENDIAN));
            }
            one = one.add(other);
            if (k > count - 16) {
                one.intoMemorySegment(ALL, result + 4L * k, LITTLE_ENDIAN,
                        VectorMask.fromLong(SPECIES, (1L << (count - k)) - 1));
                return;
            }
            one.intoMemorySegment(ALL, result + 4L * k, LITTLE_ENDIAN);
        }
    }
}
