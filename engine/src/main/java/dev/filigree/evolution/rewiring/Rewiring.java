package dev.filigree.evolution.rewiring;

import static dev.filigree.memory.OffHeapMemory.getFloat;
import static dev.filigree.memory.OffHeapMemory.getInt;
import static dev.filigree.memory.OffHeapMemory.getLong;
import static dev.filigree.memory.OffHeapMemory.setFloat;
import static dev.filigree.memory.OffHeapMemory.setInt;
import static dev.filigree.memory.OffHeapMemory.setLong;

import dev.filigree.memory.ArrayGroup;
import dev.filigree.memory.FloatArray;
import dev.filigree.memory.IntArray;
import dev.filigree.memory.LongArray;
import dev.filigree.network.Initializer;
import dev.filigree.network.OwnedConnections;
import dev.filigree.parallel.Partition;
import dev.filigree.parallel.WorkerPool;
import dev.filigree.random.RandomStreams;
import java.util.SplittableRandom;

/**
 * One layer's connections without those that are removed and with those that grow. Free places, on which no connection
 * is left, are numbered near neuron by near neuron.
 */
public final class Rewiring implements AutoCloseable {
    private final OwnedConnections old;
    private final SmallestMagnitudes prune;
    private final Partition rows;
    private final WorkerPool pool;
    private final LongArray freeBefore;

    /**
     * Counts the free places.
     *
     * @param rows every worker's near neurons
     * @param prune what is removed, found with the same shares
     */
    public Rewiring(OwnedConnections old, SmallestMagnitudes prune, Partition rows, WorkerPool pool) {
        this.old = old;
        this.prune = prune;
        this.rows = rows;
        this.pool = pool;
        this.freeBefore = LongArray.allocate(old.near() + 1L, "free places");
        try {
            pool.run(this::countFree);
        } catch (RuntimeException | Error e) {
            freeBefore.close();
            throw e;
        }
        long address = freeBefore.address();
        for (long row = 0, sum = 0; row < old.near(); row++) {
            sum += getLong(address + 8 * row + 8);
            setLong(address + 8 * row + 8, sum);
        }
    }

    /** Number of free places. */
    public long free() {
        return freeBefore.get(old.near());
    }

    /** Number of free places of the near neurons before this one. */
    long freeBefore(int row) {
        return freeBefore.get(row);
    }

    /** Number of connections kept of the near neurons before this one. */
    long keptBefore(int row) {
        return (long) row * old.far() - freeBefore.get(row);
    }

    /** Far neuron of every connection that is kept; the caller closes it. */
    IntArray keptNeighbours() {
        IntArray kept = IntArray.allocate(keptBefore(old.near()), "kept neighbours");
        try {
            pool.run(worker -> keep(worker, kept));
        } catch (RuntimeException | Error e) {
            kept.close();
            throw e;
        }
        return kept;
    }

    /**
     * The rewired connections, in arrays of a group that is closed if that fails.
     *
     * @param places numbers of the free places on which a connection grows, ascending; behind them
     *     {@link Long#MAX_VALUE}
     * @param grown draws the weights of new connections
     * @param key of these draws
     */
    public OwnedConnections merge(LongArray places, Initializer.Draw grown, long key, ArrayGroup arrays) {
        long count = keptBefore(old.near()) + places.length() - 1;
        LongArray starts = arrays.longs(old.near() + 1L, old.starts().label());
        IntArray neighbours = arrays.ints(count, old.neighbours().label());
        FloatArray weights = arrays.floats(count, "weights");
        FloatArray velocity = arrays.floats(count, "velocity");
        FloatArray oldSecond = old.secondMoment();
        FloatArray second = oldSecond == null ? null : arrays.floats(count, "second moment");
        OwnedConnections rewired = new OwnedConnections(old.near(), old.far(), starts, neighbours, weights, velocity,
                second);
        return arrays.orClose(() -> {
            pool.run(worker -> {
                merge(worker, rewired, old.velocity(), velocity, places, grown, key);
                // The same once more, draws included: a third value in the loop would cost those who keep none.
                if (oldSecond != null && second != null) {
                    merge(worker, rewired, oldSecond, second, places, grown, key);
                }
            });
            return rewired;
        });
    }

    private void countFree(int worker) {
        int positiveLimit = prune.positiveLimit();
        // Weights have either sign at random: no branch could be predicted.
        int signsDiffer = positiveLimit ^ prune.negativeLimit();
        long positiveTies = prune.positiveTies(worker);
        long negativeTies = prune.negativeTies(worker);
        long weights = old.weights().address();
        long starts = old.starts().address();
        long free = freeBefore.address() + 8;
        for (int row = rows.from(worker); row < rows.to(worker); row++) {
            long kept = 0;
            for (long k = getLong(starts + 8L * row), end = getLong(starts + 8L * row + 8); k < end; k++) {
                int bits = getInt(weights + 4 * k);
                int magnitude = bits & Integer.MAX_VALUE;
                int limit = positiveLimit ^ (bits >> 31 & signsDiffer);
                if (magnitude == limit) {
                    if (bits < 0 ? negativeTies-- > 0 : positiveTies-- > 0) {
                        continue;
                    }
                }
                kept += 1 + ((magnitude - limit) >> 31);
            }
            setLong(free + 8L * row, old.far() - kept);
        }
    }

    /** A worker's share of {@link #keptNeighbours}. */
    private void keep(int worker, IntArray kept) {
        int positiveLimit = prune.positiveLimit();
        // Weights have either sign at random: no branch could be predicted.
        int signsDiffer = positiveLimit ^ prune.negativeLimit();
        long positiveTies = prune.positiveTies(worker);
        long negativeTies = prune.negativeTies(worker);
        long weights = old.weights().address();
        long neighbours = old.neighbours().address();
        long out = kept.address() + 4 * keptBefore(rows.from(worker));
        long outEnd = kept.address() + 4 * keptBefore(rows.to(worker));
        for (long k = old.starts().get(rows.from(worker)), end = old.starts().get(rows.to(worker)); k < end; k++) {
            int bits = getInt(weights + 4 * k);
            int magnitude = bits & Integer.MAX_VALUE;
            int limit = positiveLimit ^ (bits >> 31 & signsDiffer);
            if (magnitude == limit) {
                if (bits < 0 ? negativeTies-- > 0 : positiveTies-- > 0) {
                    continue;
                }
            }
            // What is not kept is written all the same, and overwritten by the next; not beyond the share.
            if (out < outEnd) {
                setInt(out, getInt(neighbours + 4 * k));
                out += 4L * (1 + ((magnitude - limit) >> 31));
            }
        }
    }

    /** A worker's share of the connections and weights, and of one of their moments. */
    private void merge(int worker, OwnedConnections rewired, FloatArray oldMoment, FloatArray newMoment,
            LongArray places, Initializer.Draw grown, long key) {
        int positiveLimit = prune.positiveLimit();
        // Weights have either sign at random: no branch could be predicted.
        int signsDiffer = positiveLimit ^ prune.negativeLimit();
        long positiveTies = prune.positiveTies(worker);
        long negativeTies = prune.negativeTies(worker);
        long starts = old.starts().address();
        long neighbours = old.neighbours().address();
        long weights = old.weights().address();
        long moments = oldMoment.address();
        long newStarts = rewired.starts().address();
        long newNeighbours = rewired.neighbours().address();
        long newWeights = rewired.weights().address();
        long newMoments = newMoment.address();
        long free = freeBefore.address();
        long place = places.address() + 8 * firstPlace(places, rows.from(worker));
        long outEnd = firstConnection(places, rows.to(worker));
        long out = firstConnection(places, rows.from(worker));
        for (int row = rows.from(worker); row < rows.to(worker); row++) {
            SplittableRandom random = new SplittableRandom(RandomStreams.mix(key + row));
            long rowFree = getLong(free + 8L * row);
            long nextFree = getLong(free + 8L * row + 8);
            long kept = 0;
            long next = getLong(place);
            for (long k = getLong(starts + 8L * row), end = getLong(starts + 8L * row + 8); k < end; k++) {
                int neighbour = getInt(neighbours + 4 * k);
                // Of the row's free places, as many come before this connection's.
                while (next < rowFree + neighbour - kept) {
                    setInt(newNeighbours + 4 * out, (int) (next - rowFree + kept));
                    setFloat(newWeights + 4 * out, grown.next(random));
                    setFloat(newMoments + 4 * out, 0);
                    out++;
                    place += 8;
                    next = getLong(place);
                }
                int bits = getInt(weights + 4 * k);
                int magnitude = bits & Integer.MAX_VALUE;
                int limit = positiveLimit ^ (bits >> 31 & signsDiffer);
                if (magnitude == limit) {
                    if (bits < 0 ? negativeTies-- > 0 : positiveTies-- > 0) {
                        continue;
                    }
                }
                int keep = 1 + ((magnitude - limit) >> 31);
                // What is not kept is written all the same, and overwritten by the next; not beyond the share.
                if (out < outEnd) {
                    setInt(newNeighbours + 4 * out, neighbour);
                    setInt(newWeights + 4 * out, bits);
                    setFloat(newMoments + 4 * out, getFloat(moments + 4 * k));
                    out += keep;
                    kept += keep;
                }
            }
            while (next < nextFree) {
                setInt(newNeighbours + 4 * out, (int) (next - rowFree + kept));
                setFloat(newWeights + 4 * out, grown.next(random));
                setFloat(newMoments + 4 * out, 0);
                out++;
                place += 8;
                next = getLong(place);
            }
            setLong(newStarts + 8L * row + 8, out);
        }
    }

    /** Index of the first of the places that lies in this row or behind. */
    private long firstPlace(LongArray places, int row) {
        long wanted = freeBefore.get(row);
        long low = 0;
        long high = places.length() - 1;
        while (low < high) {
            long middle = (low + high) >>> 1;
            if (places.get(middle) < wanted) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Where this row starts after rewiring. */
    private long firstConnection(LongArray places, int row) {
        return keptBefore(row) + firstPlace(places, row);
    }

    @Override
    public void close() {
        freeBefore.close();
    }
}
