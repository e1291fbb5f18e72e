package dev.filigree.evolution.rewiring;

import static dev.filigree.memory.OffHeapMemory.getInt;
import static dev.filigree.memory.OffHeapMemory.setInt;
import static dev.filigree.memory.OffHeapMemory.setLong;

import dev.filigree.memory.IntArray;
import dev.filigree.memory.LongArray;
import dev.filigree.parallel.WorkerPool;
import dev.filigree.random.RandomStreams;
import java.util.Arrays;

/**
 * Draws {@code n} distinct numbers of {@code 0 … size - 1}, every subset equally likely, in ascending order, in
 * parallel, with time and memory proportional to {@code n}.
 *
 * <p>Drawing numbers one by one and dropping those drawn before gives every subset the same chance. How many of them
 * fall into each of many small ranges, the buckets, is settled first: a draw hits a bucket in proportion to its size
 * and is new with the probability that one of the bucket's numbers has not been drawn before, so counters suffice.
 * Given its count, a bucket's numbers are a subset drawn from it alone. To draw in parallel, buckets form blocks: the
 * draws are first dealt to the blocks, then each block deals its own to its buckets, and those that were not new are
 * dealt again in another round. All draws hash a counter, so that nothing depends on who makes them.
 */
public final class RandomSubset {
    /** As many numbers are drawn per bucket, or up to half as many: they are sorted in the first-level cache. */
    private static final double PER_BUCKET = 256;

    /** Up to as many blocks are counters a worker keeps in the first-level cache. */
    private static final int BLOCKS = 256;

    private static final long GOLDEN = 0x9E37_79B9_7F4A_7C15L;
    private static final long EMPTY = Long.MAX_VALUE;

    private final long size;
    private final long n;
    private final long dealKey;
    private final long blockKey;
    private final long bucketKey;
    private final WorkerPool pool;
    private final int workers;
    /** Whether those drawn are the numbers that are not in the subset, as they are fewer. */
    private final boolean complement;
    private final int bucketShift;
    private final int blockShift;
    private final int buckets;
    private final int blocks;

    private RandomSubset(long size, long n, long key, WorkerPool pool) {
        if (n < 0 || n > size) {
            throw new IllegalArgumentException("cannot draw %d distinct numbers of %d".formatted(n, size));
        }
        this.size = size;
        this.n = n;
        this.dealKey = key;
        this.blockKey = RandomStreams.mix(key + GOLDEN);
        this.bucketKey = RandomStreams.mix(blockKey + GOLDEN);
        this.pool = pool;
        this.workers = pool.threads();
        this.complement = n > size - n;
        this.bucketShift = Math.max(0, Math.getExponent(PER_BUCKET * size / Math.max(1, n)));
        this.buckets = (int) (Math.max(0, size - 1) >> bucketShift) + 1;
        this.blockShift = bucketShift + 32 - Integer.numberOfLeadingZeros((buckets - 1) / BLOCKS);
        this.blocks = (int) (Math.max(0, size - 1) >> blockShift) + 1;
    }

    /**
     * Draws.
     *
     * @param size numbers to choose from, 0 or more
     * @param n how many to draw, at most {@code size}
     * @param key the same key gives the same numbers, whatever the number of workers
     * @return the numbers in ascending order, and {@link Long#MAX_VALUE} behind the last; the caller closes it
     */
    public static LongArray draw(long size, long n, long key, WorkerPool pool) {
        RandomSubset subset = new RandomSubset(size, n, key, pool);
        LongArray drawn = LongArray.allocate(n + 1, "random subset");
        try (IntArray counts = IntArray.allocate(subset.buckets, "random subset (counts)")) {
            subset.count(counts.address());
            subset.fill(counts.address(), drawn.address());
            drawn.set(n, Long.MAX_VALUE);
            return drawn;
        } catch (RuntimeException | Error e) {
            drawn.close();
            throw e;
        }
    }

    /** Settles how many distinct numbers are drawn from every bucket. */
    private void count(long counts) {
        long[] dealt = new long[blocks];
        long[] lost = new long[blocks];
        long toDeal = complement ? size - n : n;
        long before = 0;
        while (toDeal > 0) {
            long from = before;
            long these = toDeal;
            long[][] hits = new long[workers][blocks];
            pool.run(w -> deal(from + these * w / workers, from + these * (w + 1) / workers, hits[w]));
            pool.run(w -> {
                for (int block = blocks * w / workers; block < blocks * (w + 1) / workers; block++) {
                    long more = 0;
                    for (long[] ofWorker : hits) {
                        more += ofWorker[block];
                    }
                    lost[block] = countInBlock(block, dealt[block], dealt[block] + more, counts);
                    dealt[block] += more;
                }
            });
            before += these;
            toDeal = Arrays.stream(lost).sum();
        }
    }

    private void deal(long from, long to, long[] hits) {
        for (long draw = from; draw < to; draw++) {
            hits[(int) (below(size, dealKey, draw) >>> blockShift)]++;
        }
    }

    /** Makes a block's draws {@code from … to - 1}; returns how many of them had been drawn before. */
    private long countInBlock(int block, long from, long to, long counts) {
        long start = (long) block << blockShift;
        long range = Math.min(size - start, 1L << blockShift);
        long key = RandomStreams.mix(blockKey + block * GOLDEN);
        long ofBlock = counts + 4 * (start >>> bucketShift);
        long inBucket = (1L << bucketShift) - 1;
        long lost = 0;
        for (long draw = from; draw < to; draw++) {
            long number = below(range, key, draw);
            long counter = ofBlock + 4 * (number >>> bucketShift);
            int count = getInt(counter);
            // Of the bucket's numbers take those drawn before to be the lowest.
            int known = (int) (((number & inBucket) - count) >>> 63);
            setInt(counter, count + 1 - known);
            lost += known;
        }
        return lost;
    }

    private void fill(long counts, long drawn) {
        long[] starts = new long[workers + 1];
        int[] most = new int[workers];
        pool.run(w -> {
            long sum = 0;
            for (int bucket = firstBucket(w); bucket < firstBucket(w + 1); bucket++) {
                int count = getInt(counts + 4L * bucket);
                most[w] = Math.max(most[w], count);
                sum += complement ? bucketSize(bucket) - count : count;
            }
            starts[w + 1] = sum;
        });
        Arrays.parallelPrefix(starts, Long::sum);
        pool.run(w -> {
            SortedDraws draws = new SortedDraws(most[w]);
            long at = drawn + 8 * starts[w];
            for (int bucket = firstBucket(w); bucket < firstBucket(w + 1); bucket++) {
                long range = bucketSize(bucket);
                draws.draw(range, bucketShift, getInt(counts + 4L * bucket),
                        RandomStreams.mix(bucketKey + bucket * GOLDEN));
                long base = (long) bucket << bucketShift;
                at = complement ? draws.writeOthers(base, range, at) : draws.write(base, at);
            }
        });
    }

    private int firstBucket(int worker) {
        return (int) ((long) buckets * worker / workers);
    }

    private long bucketSize(int bucket) {
        return Math.min(size - ((long) bucket << bucketShift), 1L << bucketShift);
    }

    /** Number {@code draw} of a stream of uniform numbers below {@code range}; the bias is {@code range} / 2^64. */
    private static long below(long range, long key, long draw) {
        return Math.unsignedMultiplyHigh(RandomStreams.mix(key + draw * GOLDEN), range);
    }

    /**
     * Distinct draws, sorted while they are made: each goes to the slot its leading bits name, or to the right of it,
     * in front of all that are greater (Gonnet and Munro, SIAM Journal on Computing 13(3), 1984).
     */
    private static final class SortedDraws {
        private final int slotBits;
        private final long[] slots;
        private int count;

        SortedDraws(int most) {
            slotBits = 33 - Integer.numberOfLeadingZeros(most);
            slots = new long[(1 << slotBits) + most + 1];
            Arrays.fill(slots, EMPTY);
        }

        /** Draws {@code wanted} distinct numbers below {@code range}, which is at most {@code 2^bits}. */
        void draw(long range, int bits, int wanted, long key) {
            int shift = Math.max(0, bits - slotBits);
            count = 0;
            for (long draw = 0; count < wanted; draw++) {
                long number = below(range, key, draw);
                int slot = (int) (number >>> shift);
                long there = slots[slot];
                while (there < number) {
                    there = slots[++slot];
                }
                if (there == number) {
                    continue;
                }
                count++;
                long moved = number;
                while (there != EMPTY) {
                    slots[slot] = moved;
                    moved = there;
                    there = slots[++slot];
                }
                slots[slot] = moved;
            }
        }

        /** Writes the draws, from {@code base} on, to an address; returns the one behind them. Forgets them. */
        long write(long base, long address) {
            long at = address;
            long end = address + 8L * count;
            for (int slot = 0; at < end; slot++) {
                long number = slots[slot];
                slots[slot] = EMPTY;
                setLong(at, base + number);
                // An empty slot's is overwritten by the next.
                at += number == EMPTY ? 0 : 8;
            }
            return end;
        }

        /** As {@link #write}, for all numbers below {@code range} that were not drawn. */
        long writeOthers(long base, long range, long address) {
            long at = address;
            long next = 0;
            int slot = 0;
            for (int done = 0; done <= count; slot++) {
                long number = done < count ? slots[slot] : range;
                if (number == EMPTY) {
                    continue;
                }
                for (; next < number; next++, at += 8) {
                    setLong(at, base + next);
                }
                next = number + 1;
                done++;
            }
            Arrays.fill(slots, 0, slot, EMPTY);
            return at;
        }
    }
}
