package dev.filigree.evolution.rewiring;

import static dev.filigree.memory.OffHeapMemory.getLong;
import static dev.filigree.memory.OffHeapMemory.setLong;

import dev.filigree.kernel.PruningLimits;
import dev.filigree.kernel.RewiringKernels;
import dev.filigree.memory.ArrayGroup;
import dev.filigree.memory.FloatArray;
import dev.filigree.memory.IntArray;
import dev.filigree.memory.LongArray;
import dev.filigree.network.Initializer;
import dev.filigree.network.OwnedConnections;
import dev.filigree.parallel.Partition;
import dev.filigree.parallel.WorkerPool;

/**
 * One layer's connections without those that are removed and with those that grow. Free places, on which no connection
 * is left, are numbered near neuron by near neuron.
 */
public final class Rewiring implements AutoCloseable {
    private static final RewiringKernels KERNELS = RewiringKernels.best();

    private final OwnedConnections old;
    private final SmallestMagnitudes prune;
    private final Partition rows;
    private final WorkerPool pool;
    private final ArrayGroup arrays = new ArrayGroup();
    private final LongArray freeBefore;
    private final LongArray kept;

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
        this.freeBefore = arrays.longs(old.near() + 1L, "free places");
        this.kept = arrays.longs(old.count() / Long.SIZE + old.near(), "kept connections");
        arrays.orClose(() -> {
            pool.run(this::countFree);
            return kept;
        });
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
        IntArray packed = IntArray.allocate(keptBefore(old.near()), "kept neighbours");
        try {
            pool.run(worker -> packNeighbours(worker, packed));
        } catch (RuntimeException | Error e) {
            packed.close();
            throw e;
        }
        return packed;
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
        FloatArray second = old.secondMoment() == null ? null : arrays.floats(count, "second moment");
        OwnedConnections rewired = new OwnedConnections(old.near(), old.far(), starts, neighbours, weights, velocity,
                second);
        return arrays.orClose(() -> {
            pool.run(worker -> merge(worker, rewired, places, grown, key));
            return rewired;
        });
    }

    private void countFree(int worker) {
        PruningLimits limits = prune.limits(worker);
        long weights = old.weights().address();
        long starts = old.starts().address();
        long free = freeBefore.address() + 8;
        for (int row = rows.from(worker); row < rows.to(worker); row++) {
            long start = getLong(starts + 8L * row);
            int count = (int) (getLong(starts + 8L * row + 8) - start);
            setLong(free + 8L * row,
                    old.far() - KERNELS.keep(weights + 4 * start, count, limits, keptBits(row, start)));
        }
    }

    /** Address of the bits that tell which of a row's connections are kept; each row begins with a new {@code long}. */
    private long keptBits(int row, long start) {
        return kept.address() + 8 * (start / Long.SIZE + row);
    }

    /** A worker's share of {@link #keptNeighbours}. */
    private void packNeighbours(int worker, IntArray packed) {
        long starts = old.starts().address();
        for (int row = rows.from(worker); row < rows.to(worker); row++) {
            long start = getLong(starts + 8L * row);
            int count = (int) (getLong(starts + 8L * row + 8) - start);
            KERNELS.pack(old.neighbours().address() + 4 * start, keptBits(row, start), count,
                    packed.address() + 4 * keptBefore(row));
        }
    }

    /** A worker's share of the connections. */
    private void merge(int worker, OwnedConnections rewired, LongArray places, Initializer.Draw grown, long key) {
        long starts = old.starts().address();
        long newStarts = rewired.starts().address();
        long free = freeBefore.address();
        long place = places.address() + 8 * firstPlace(places, rows.from(worker));
        long out = firstConnection(places, rows.from(worker));
        try (RowMerge merge = new RowMerge(grown)) {
            for (int row = rows.from(worker); row < rows.to(worker); row++) {
                long start = getLong(starts + 8L * row);
                int count = (int) (getLong(starts + 8L * row + 8) - start);
                long rowFree = getLong(free + 8L * row);
                long nextFree = getLong(free + 8L * row + 8);
                int grows = 0;
                while (getLong(place + 8L * grows) < nextFree) {
                    grows++;
                }
                merge.begin(keptBits(row, start), count, (int) (old.far() - (nextFree - rowFree)), grows);
                merge.neighbours(old.neighbours().address() + 4 * start, place, rowFree,
                        rewired.neighbours().address() + 4 * out);
                merge.weights(old.weights().address() + 4 * start, key + row, rewired.weights().address() + 4 * out);
                merge.moments(old.velocity().address() + 4 * start, rewired.velocity().address() + 4 * out);
                if (old.secondMoment() != null && rewired.secondMoment() != null) {
                    merge.moments(old.secondMoment().address() + 4 * start,
                            rewired.secondMoment().address() + 4 * out);
                }
                place += 8L * grows;
                out += merge.count();
                setLong(newStarts + 8L * row + 8, out);
            }
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
        arrays.close();
    }
}
