package dev.filigree.kernel.vector;

import static dev.filigree.kernel.vector.Lanes.BYTES;
import static dev.filigree.kernel.vector.Lanes.INTS;
import static dev.filigree.kernel.vector.Lanes.LENGTH;
import static dev.filigree.memory.OffHeapMemory.ADDRESS_MASK;
import static dev.filigree.memory.OffHeapMemory.ADDRESS_MASK_8;
import static dev.filigree.memory.OffHeapMemory.ALL;
import static dev.filigree.memory.OffHeapMemory.getInt;
import static dev.filigree.memory.OffHeapMemory.getLong;
import static dev.filigree.memory.OffHeapMemory.setInt;
import static dev.filigree.memory.OffHeapMemory.setLong;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.LE;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.LT;

import dev.filigree.kernel.PruningLimits;
import dev.filigree.kernel.RewiringKernels;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;

/** {@link RewiringKernels} that compress and expand vectors. */
public final class VectorRewiring implements RewiringKernels {
    private static final int DIGIT = (1 << DIGIT_BITS) - 1;
    private static final long LANES = (1L << LENGTH) - 1;
    private static final IntVector INDICES = IntVector.zero(INTS).addIndex(1);

    /** The provider. */
    public VectorRewiring() {}

    /** Whether the processor compresses and expands vectors; those of 128 bits do so in software. */
    public static boolean isFast() {
        return LENGTH > 4;
    }

    @Override
    public void countDigits(long weights, long count, int positive, int negative, int shift, long[] positiveCounts,
            long[] negativeCounts) {
        int prefixShift = shift + DIGIT_BITS;
        long whole = count / LENGTH * LENGTH;
        for (long k = 0; k < whole; k += LENGTH) {
            IntVector prefixes = load(weights + 4 * k).lanewise(LSHR, prefixShift);
            VectorMask<Integer> positives = prefixes.compare(EQ, positive);
            VectorMask<Integer> negatives = prefixes.compare(EQ, negative);
            for (long hits = positives.toLong(); hits != 0; hits &= hits - 1) {
                positiveCounts[digit(weights + 4 * (k + Long.numberOfTrailingZeros(hits)), shift)]++;
            }
            for (long hits = negatives.toLong(); hits != 0; hits &= hits - 1) {
                negativeCounts[digit(weights + 4 * (k + Long.numberOfTrailingZeros(hits)), shift)]++;
            }
        }
        for (long k = whole; k < count; k++) {
            int prefix = getInt(weights + 4 * k) >>> prefixShift;
            if (prefix == positive) {
                positiveCounts[digit(weights + 4 * k, shift)]++;
            } else if (prefix == negative) {
                negativeCounts[digit(weights + 4 * k, shift)]++;
            }
        }
    }

    private static int digit(long weight, int shift) {
        return getInt(weight) >>> shift & DIGIT;
    }

    @Override
    public int keep(long weights, int count, PruningLimits limits, long kept) {
        IntVector positive = IntVector.broadcast(INTS, limits.positive());
        IntVector negative = IntVector.broadcast(INTS, limits.negative());
        int sum = 0;
        for (int from = 0; from < count; from += Long.SIZE) {
            long word = 0;
            int to = Math.min(count, from + Long.SIZE);
            for (int k = from; k < to; k += LENGTH) {
                IntVector bits = load(weights + 4L * k);
                VectorMask<Integer> negatives = bits.compare(LT, 0);
                IntVector magnitudes = bits.and(Integer.MAX_VALUE);
                IntVector limit = positive.blend(negative, negatives);
                long stay = ~magnitudes.compare(LT, limit).toLong() & inRow(to - k);
                long ties = magnitudes.compare(EQ, limit).toLong() & inRow(to - k);
                if (ties != 0) {
                    stay &= ~limits.takeTies(ties, negatives.toLong());
                }
                word |= stay << k;
            }
            setLong(kept + from / Byte.SIZE, word);
            sum += Long.bitCount(word);
        }
        return sum;
    }

    /** Bits of the lanes of a vector that belong to a row of which so many elements are left. */
    private static long inRow(int left) {
        return left >= LENGTH ? LANES : (1L << left) - 1;
    }

    @Override
    public void pack(long values, long bits, int count, long packed) {
        long to = packed;
        for (int k = 0; k < count; k += LENGTH) {
            long lanes = lanes(bits, k);
            int number = Long.bitCount(lanes);
            load(values + 4L * k).compress(VectorMask.fromLong(INTS, lanes)).intoMemorySegment(ALL, to & ADDRESS_MASK,
                    LITTLE_ENDIAN, VectorMask.fromLong(INTS, (1L << number) - 1));
            to += 4L * number;
        }
    }

    /** The bits of the vector that begins with an element. */
    private static long lanes(long bits, int first) {
        return ALL.get(JAVA_LONG, bits + first / Long.SIZE * 8L & ADDRESS_MASK_8) >>> first & LANES;
    }

    /** A vector of keys, the free places before each connection, ascends: those that are not larger come before a place. */
    @Override
    public void place(long kept, int keptCount, long places, int grownCount, long firstPlace, long neighbours,
            long grown) {
        IntVector.broadcast(INTS, Integer.MAX_VALUE).intoMemorySegment(ALL, kept + 4L * keptCount & ADDRESS_MASK,
                LITTLE_ENDIAN);
        int first = 0;
        IntVector keys = keys(kept, 0);
        for (int k = 0; k < grownCount; k++) {
            int place = (int) (getLong(places + 8L * k) - firstPlace);
            int smaller = keys.compare(LE, place).trueCount();
            while (smaller == LENGTH) {
                first += LENGTH;
                keys = keys(kept, first);
                smaller = keys.compare(LE, place).trueCount();
            }
            int before = first + smaller;
            setInt(neighbours + 4L * k, place + before);
            int index = before + k;
            long word = grown + 8L * (index / Long.SIZE);
            setLong(word, getLong(word) | 1L << index);
        }
    }

    private static IntVector keys(long kept, int first) {
        return load(kept + 4L * first).sub(INDICES).sub(first);
    }

    @Override
    public void merge(long kept, long fresh, long grown, int count, long merged) {
        int whole = count / LENGTH * LENGTH;
        long stays = kept;
        long grows = fresh;
        for (int k = 0; k < whole; k += LENGTH) {
            long lanes = lanes(grown, k);
            int number = Long.bitCount(lanes);
            merged(stays, grows, lanes).intoMemorySegment(ALL, merged + 4L * k & ADDRESS_MASK, LITTLE_ENDIAN);
            stays += BYTES - 4L * number;
            grows += fresh == 0 ? 0 : 4L * number;
        }
        if (whole < count) {
            // The next row begins within the last vector.
            merged(stays, grows, lanes(grown, whole)).intoMemorySegment(ALL, merged + 4L * whole & ADDRESS_MASK,
                    LITTLE_ENDIAN, VectorMask.fromLong(INTS, (1L << (count - whole)) - 1));
        }
    }

    private static IntVector merged(long stays, long grows, long lanes) {
        IntVector old = load(stays).expand(VectorMask.fromLong(INTS, ~lanes & LANES));
        return grows == 0 ? old : old.or(load(grows).expand(VectorMask.fromLong(INTS, lanes)));
    }

    private static IntVector load(long address) {
        return IntVector.fromMemorySegment(INTS, ALL, address & ADDRESS_MASK, LITTLE_ENDIAN);
    }
}
