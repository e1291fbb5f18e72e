package dev.filigree.kernel.scalar;

import static dev.filigree.memory.OffHeapMemory.getInt;
import static dev.filigree.memory.OffHeapMemory.getLong;
import static dev.filigree.memory.OffHeapMemory.setInt;
import static dev.filigree.memory.OffHeapMemory.setLong;

import dev.filigree.kernel.PruningLimits;
import dev.filigree.kernel.RewiringKernels;

/** The reference of {@link RewiringKernels}. */
public final class ScalarRewiring implements RewiringKernels {
    private static final int DIGIT = (1 << DIGIT_BITS) - 1;

    /** The provider. */
    public ScalarRewiring() {}

    @Override
    public void countDigits(long weights, long count, int positive, int negative, int shift, long[] positiveCounts,
            long[] negativeCounts) {
        for (long at = weights; at < weights + 4 * count; at += 4) {
            int bits = getInt(at);
            int prefix = bits >>> shift >>> DIGIT_BITS;
            if (prefix == positive) {
                positiveCounts[bits >>> shift & DIGIT]++;
            } else if (prefix == negative) {
                negativeCounts[bits >>> shift & DIGIT]++;
            }
        }
    }

    @Override
    public int keep(long weights, int count, PruningLimits limits, long kept) {
        int sum = 0;
        for (int from = 0; from < count; from += Long.SIZE) {
            long word = 0;
            for (int k = from; k < Math.min(count, from + Long.SIZE); k++) {
                int bits = getInt(weights + 4L * k);
                int magnitude = bits & Integer.MAX_VALUE;
                int limit = bits < 0 ? limits.negative() : limits.positive();
                boolean stays = magnitude == limit
                        ? limits.takeTies(1, bits >>> 31) == 0
                        : magnitude > limit;
                word |= (stays ? 1L : 0) << k;
            }
            setLong(kept + from / Byte.SIZE, word);
            sum += Long.bitCount(word);
        }
        return sum;
    }

    @Override
    public void pack(long values, long bits, int count, long packed) {
        long to = packed;
        for (int from = 0; from < count; from += Long.SIZE) {
            for (long word = getLong(bits + from / Byte.SIZE); word != 0; word &= word - 1) {
                setInt(to, getInt(values + 4L * (from + Long.numberOfTrailingZeros(word))));
                to += 4;
            }
        }
    }

    @Override
    public void place(long kept, int keptCount, long places, int grownCount, long firstPlace, long neighbours,
            long grown) {
        int before = 0;
        for (int k = 0; k < grownCount; k++) {
            int place = (int) (getLong(places + 8L * k) - firstPlace);
            while (before < keptCount && getInt(kept + 4L * before) - before <= place) {
                before++;
            }
            setInt(neighbours + 4L * k, place + before);
            mark(grown, before + k);
        }
    }

    private static void mark(long bits, int index) {
        long word = bits + 8L * (index / Long.SIZE);
        setLong(word, getLong(word) | 1L << index);
    }

    @Override
    public void merge(long kept, long fresh, long grown, int count, long merged) {
        long stays = kept;
        long grows = fresh;
        for (int k = 0; k < count; k++) {
            if ((getLong(grown + 8L * (k / Long.SIZE)) >>> k & 1) == 0) {
                setInt(merged + 4L * k, getInt(stays));
                stays += 4;
            } else {
                setInt(merged + 4L * k, fresh == 0 ? 0 : getInt(grows));
                grows += 4;
            }
        }
    }
}
