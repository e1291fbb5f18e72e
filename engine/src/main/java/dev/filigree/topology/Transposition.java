package dev.filigree.topology;

import static dev.filigree.memory.OffHeapMemory.getInt;
import static dev.filigree.memory.OffHeapMemory.getLong;
import static dev.filigree.memory.OffHeapMemory.setInt;
import static dev.filigree.memory.OffHeapMemory.setLong;

import dev.filigree.memory.FloatArray;
import dev.filigree.memory.IntArray;
import dev.filigree.memory.LongArray;
import dev.filigree.memory.OffHeapArray;
import dev.filigree.parallel.Partition;
import dev.filigree.parallel.WorkerPool;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Connections grouped by the neurons of one side, regrouped by those of the other side: a stable radix sort in two
 * passes. The first pass brings every connection to the bucket of its far neuron, the second one regroups bucket by
 * bucket. There are about as many buckets as neurons in a bucket, so that in both passes the ends of all groups that
 * grow stay in the cache, however large the layer. Where there are few far neurons each is a bucket, and one pass does.
 */
public final class Transposition {
    /** Of as many far neurons the ends of all groups stay in the cache. */
    private static final int DIRECT = 4096;

    private final Grouping from;
    private final Grouping to;
    private final WorkerPool pool;
    private final int near;
    private final int far;
    private final int shift;
    private final int buckets;

    // Of every connection, bucket by bucket.
    private final long dealtFar;
    private final long dealtNear;
    private final long dealtValues;

    /**
     * Connections grouped by one side's neurons.
     *
     * @param starts position of the first connection of every neuron of this side, and the number of connections
     * @param neighbours neuron of the other side of every connection, ascending within a neuron of this side
     * @param values one per connection, or null
     */
    public record Grouping(LongArray starts, IntArray neighbours, @Nullable FloatArray values) {}

    private Transposition(Grouping from, Grouping to, OffHeapArray far, OffHeapArray near,
            @Nullable OffHeapArray values, WorkerPool pool) {
        this.from = from;
        this.to = to;
        this.pool = pool;
        this.near = (int) (from.starts.length() - 1);
        this.far = (int) (to.starts.length() - 1);
        boolean direct = this.far <= DIRECT;
        this.shift = direct ? 0 : (32 - Integer.numberOfLeadingZeros(this.far)) / 2;
        this.buckets = ((this.far - 1) >> shift) + 1;
        this.dealtNear = (direct ? to.neighbours : near).address();
        // One pass needs no far neurons: they go where the near ones replace them at once, to lines in the cache.
        this.dealtFar = direct ? dealtNear : far.address();
        OffHeapArray dealt = direct ? to.values : values;
        this.dealtValues = dealt == null ? 0 : dealt.address();
    }

    /** Elements that each of the scratch arrays of {@link #transpose} needs, for so many connections and far neurons. */
    public static long scratch(long connections, int far) {
        return far <= DIRECT ? 0 : connections;
    }

    /**
     * Regroups.
     *
     * @param from at most 2^31 - 1 connections; not checked
     * @param to where the result goes; values only if {@code from} has them
     * @param far scratch of 4 bytes per element, as many as {@link #scratch} tells
     * @param near as {@code far}
     * @param values as {@code far}, where there are values
     */
    public static void transpose(Grouping from, Grouping to, OffHeapArray far, OffHeapArray near,
            @Nullable OffHeapArray values, WorkerPool pool) {
        new Transposition(from, to, far, near, values, pool).regroup();
    }

    private void regroup() {
        int workers = pool.threads();
        Partition rows = Partition.balanced(near, from.starts::get, workers);
        int[][] next = new int[workers][buckets];
        pool.run(w -> count(rows.from(w), rows.to(w), next[w]));
        int[] bucketStarts = new int[buckets + 1];
        int sum = 0;
        for (int b = 0; b < buckets; b++) {
            for (int[] ofWorker : next) {
                int count = ofWorker[b];
                ofWorker[b] = sum;
                sum += count;
            }
            bucketStarts[b + 1] = sum;
        }
        pool.run(w -> deal(rows.from(w), rows.to(w), next[w]));
        if (shift == 0) {
            for (int j = 1; j <= far; j++) {
                to.starts.set(j, bucketStarts[j]);
            }
            return;
        }
        Partition shares = Partition.balanced(buckets, b -> bucketStarts[b], workers);
        pool.run(w -> {
            int[] ends = new int[1 << shift];
            for (int b = shares.from(w); b < shares.to(w); b++) {
                group(b, bucketStarts[b], bucketStarts[b + 1], ends);
            }
        });
    }

    private void count(int fromRow, int toRow, int[] counts) {
        long start = from.starts.get(fromRow);
        count(from.neighbours.address() + 4 * start, (int) (from.starts.get(toRow) - start), shift, counts);
    }

    private static void count(long neighbours, int connections, int shift, int[] counts) {
        for (int k = 0; k < connections; k++) {
            counts[getInt(neighbours + 4L * k) >>> shift]++;
        }
    }

    /** Brings some near neurons' connections to their buckets. */
    private void deal(int fromRow, int toRow, int[] next) {
        long starts = from.starts.address();
        long neighbours = from.neighbours.address();
        long values = from.values == null ? 0 : from.values.address();
        for (int i = fromRow; i < toRow; i++) {
            int start = (int) getLong(starts + 8L * i);
            int end = (int) getLong(starts + 8L * i + 8);
            if (values == 0) {
                deal(neighbours, start, end, i, next);
            } else {
                deal(neighbours, values, start, end, i, next);
            }
        }
    }

    private void deal(long neighbours, int start, int end, int row, int[] next) {
        for (int k = start; k < end; k++) {
            int j = getInt(neighbours + 4L * k);
            long at = 4L * next[j >>> shift]++;
            setInt(dealtFar + at, j);
            setInt(dealtNear + at, row);
        }
    }

    private void deal(long neighbours, long values, int start, int end, int row, int[] next) {
        for (int k = start; k < end; k++) {
            int j = getInt(neighbours + 4L * k);
            long at = 4L * next[j >>> shift]++;
            setInt(dealtFar + at, j);
            setInt(dealtNear + at, row);
            setInt(dealtValues + at, getInt(values + 4L * k));
        }
    }

    /** Groups a bucket's connections, {@code start … end - 1}, by far neuron. */
    private void group(int bucket, int start, int end, int[] ends) {
        int first = bucket << shift;
        Arrays.fill(ends, 0);
        for (int k = start; k < end; k++) {
            ends[getInt(dealtFar + 4L * k) - first]++;
        }
        long groupEnds = to.starts.address() + 8L * first + 8;
        int sum = start;
        for (int j = 0, size = Math.min(far - first, 1 << shift); j < size; j++) {
            int count = ends[j];
            ends[j] = sum;
            sum += count;
            setLong(groupEnds + 8L * j, sum);
        }
        if (to.values == null) {
            scatter(start, end, first, ends, to.neighbours.address());
        } else {
            scatter(start, end, first, ends, to.neighbours.address(), to.values.address());
        }
    }

    private void scatter(int start, int end, int first, int[] ends, long neighbours) {
        for (int k = start; k < end; k++) {
            setInt(neighbours + 4L * ends[getInt(dealtFar + 4L * k) - first]++, getInt(dealtNear + 4L * k));
        }
    }

    private void scatter(int start, int end, int first, int[] ends, long neighbours, long values) {
        for (int k = start; k < end; k++) {
            long at = 4L * ends[getInt(dealtFar + 4L * k) - first]++;
            setInt(neighbours + at, getInt(dealtNear + 4L * k));
            setInt(values + at, getInt(dealtValues + 4L * k));
        }
    }
}
