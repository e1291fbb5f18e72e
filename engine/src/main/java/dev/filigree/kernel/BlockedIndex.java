package dev.filigree.kernel;

import static dev.filigree.memory.OffHeapMemory.getInt;
import static dev.filigree.memory.OffHeapMemory.setByte;
import static dev.filigree.memory.OffHeapMemory.setInt;

import dev.filigree.memory.ArrayGroup;
import dev.filigree.memory.IntArray;
import dev.filigree.parallel.Partition;
import dev.filigree.parallel.WorkerPool;
import dev.filigree.topology.LayerTopology;

/**
 * The connections of a layer, seen from the near side of two, which is either one: grouped by blocks of {@link #width}
 * far neurons, within a block by near neuron, and then in the order of the far ones. The activations or deltas of a
 * block stay in the L1 cache while all near neurons read them.
 *
 * <p>A cell is the connections of a near neuron to a block. The cells of input neurons follow each other. Those of output
 * neurons are stored in chunks of {@link #CHUNK} positions: what is left of the last chunk is filled up with the cell's
 * last far neuron, and values there are to be 0.
 */
public final class BlockedIndex {
    /** Far neurons per block, at most: 32 KiB of activations in tiles of 64 samples. */
    public static final int WIDTH = 128;

    /** Far neurons per block where the backward sweep's cells stay long: it reads the deltas of two tiles at a time. */
    private static final int NARROW = WIDTH / 2;

    /** Connections of a cell that is long enough for narrow blocks. */
    private static final int LONG_CELL = 24;

    /** Positions per chunk of an output neuron's. */
    public static final int CHUNK = 4;

    /** Places per {@code int}. */
    private static final int PACKED = 4;

    /** Cells of fewer connections cost more to begin than the cache saves. */
    private static final int WORTHWHILE = 9;

    private final int near;
    private final int far;
    private final int width;
    private final int chunk;
    private final IntArray starts;
    private final IntArray places;
    private final int positions;

    private BlockedIndex(LayerTopology topology, boolean byOutputs, ArrayGroup arrays, WorkerPool pool) {
        near = byOutputs ? topology.outputs() : topology.inputs();
        far = byOutputs ? topology.inputs() : topology.outputs();
        width = byOutputs || topology.connections() < (long) LONG_CELL * Math.ceilDiv(far, NARROW) * near
                ? WIDTH
                : NARROW;
        chunk = byOutputs ? CHUNK : 1;
        if (!fits(topology)) {
            throw new IllegalArgumentException("%s: too many connections for blocks".formatted(topology));
        }
        starts = arrays.ints(cell(blocks(), 0) + 1L, "cells' ends");
        // No two workers have connections of a cell.
        Partition rows = byOutputs
                ? Partition.balanced(near, topology::rowStart, pool.threads())
                : Partition.balanced(blocks(), block -> topology.rowStart(firstFar(block)), pool.threads());
        positions = arrays.orClose(() -> {
            pool.run(byOutputs
                    ? worker -> countIncoming(topology, rows.from(worker), rows.to(worker))
                    : worker -> countOutgoing(topology, firstFar(rows.from(worker)), firstFar(rows.to(worker))));
            return makeRoom();
        });
        places = arrays.ints((positions + PACKED - 1) / PACKED, "places in blocks");
        arrays.orClose(() -> {
            pool.run(byOutputs
                    ? worker -> fillIncoming(topology, rows.from(worker), rows.to(worker))
                    : worker -> fillOutgoing(topology, firstFar(rows.from(worker)), firstFar(rows.to(worker))));
            return places;
        });
    }

    /** As {@link #incoming(LayerTopology, ArrayGroup, WorkerPool)}, on the calling thread. */
    public static BlockedIndex incoming(LayerTopology topology, ArrayGroup arrays) {
        try (WorkerPool caller = new WorkerPool(1)) {
            return incoming(topology, arrays, caller);
        }
    }

    /**
     * The connections of the output neurons to blocks of input neurons.
     *
     * @param arrays whose the index's memory is
     * @param pool does the work
     * @throws IllegalArgumentException if they are too many, see {@link #suits}
     */
    public static BlockedIndex incoming(LayerTopology topology, ArrayGroup arrays, WorkerPool pool) {
        return new BlockedIndex(topology, true, arrays, pool);
    }

    /** As {@link #outgoing(LayerTopology, ArrayGroup, WorkerPool)}, on the calling thread. */
    public static BlockedIndex outgoing(LayerTopology topology, ArrayGroup arrays) {
        try (WorkerPool caller = new WorkerPool(1)) {
            return outgoing(topology, arrays, caller);
        }
    }

    /**
     * The connections of the input neurons to blocks of output neurons.
     *
     * @param arrays whose the index's memory is
     * @param pool does the work
     * @throws IllegalArgumentException if they are too many, see {@link #suits}
     */
    public static BlockedIndex outgoing(LayerTopology topology, ArrayGroup arrays, WorkerPool pool) {
        return new BlockedIndex(topology, false, arrays, pool);
    }

    /** Whether so many of the possible connections exist that blocks are worth their while. */
    public static boolean suits(LayerTopology topology) {
        return fits(topology) && topology.inputs() > 2 * WIDTH
                && topology.connections() >= (long) WORTHWHILE * blocks(topology.inputs()) * topology.outputs()
                && topology.connections() >= (long) WORTHWHILE * blocks(topology.outputs()) * topology.inputs();
    }

    /** Whether positions are ints from both sides, whatever the padding. */
    private static boolean fits(LayerTopology topology) {
        long cells = Math.max((long) blocks(topology.inputs()) * topology.outputs(),
                (long) blocks(topology.outputs()) * topology.inputs());
        return topology.connections() + (CHUNK - 1) * cells < Integer.MAX_VALUE - CHUNK;
    }

    private static int blocks(int neurons) {
        return Math.ceilDiv(neurons, WIDTH);
    }

    /** First far neuron of a block; of the one past the last, the number of far neurons. */
    private int firstFar(int block) {
        return Math.min(far, block * width);
    }

    /** Leaves behind each cell of some output neurons its number of connections. */
    private void countIncoming(LayerTopology topology, int fromRow, int toRow) {
        long sources = topology.sources().address();
        for (int j = fromRow; j < toRow; j++) {
            long k = topology.rowStart(j);
            long end = topology.rowStart(j + 1);
            for (int block = 0; block < blocks(); block++) {
                long first = k;
                int limit = firstFar(block + 1);
                while (k < end && getInt(sources + 4 * k) < limit) {
                    k++;
                }
                starts.set(1L + cell(block, j), (int) (k - first));
            }
        }
    }

    /** Leaves behind each cell of the blocks of some output neurons its number of connections. */
    private void countOutgoing(LayerTopology topology, int fromRow, int toRow) {
        long sources = topology.sources().address();
        for (int j = fromRow; j < toRow; j++) {
            long counts = starts.address() + 4L * (1 + cell(j / width, 0));
            for (long k = topology.rowStart(j), end = topology.rowStart(j + 1); k < end; k++) {
                long count = counts + 4L * getInt(sources + 4 * k);
                setInt(count, getInt(count) + 1);
            }
        }
    }

    /**
     * From the number of connections behind each cell makes the position of its first one, which moves on while the cell
     * is filled or, in chunks, the position past its last one. Returns the number of positions.
     */
    private int makeRoom() {
        long behind = starts.address() + 4;
        int position = 0;
        for (int cell = 0; cell < cell(blocks(), 0); cell++, behind += 4) {
            int end = position + getInt(behind);
            setInt(behind, chunk == 1 ? position : end);
            position = (end + chunk - 1) / chunk * chunk;
        }
        return position;
    }

    private void fillIncoming(LayerTopology topology, int fromRow, int toRow) {
        long sources = topology.sources().address();
        for (int j = fromRow; j < toRow; j++) {
            long source = sources + 4 * topology.rowStart(j);
            for (int block = 0; block < blocks(); block++) {
                int cell = cell(block, j);
                int count = end(cell) - first(cell);
                fill(source, count, places.address() + first(cell));
                source += 4L * count;
            }
        }
    }

    /** Fills a cell of an output neuron, and the rest of its last chunk. */
    private void fill(long sources, int count, long cell) {
        byte place = 0;
        for (int k = 0; k < count; k++) {
            place = (byte) (getInt(sources + 4L * k) % width);
            setByte(cell + k, place);
        }
        for (int k = count; k % CHUNK != 0; k++) {
            setByte(cell + k, place);
        }
    }

    private void fillOutgoing(LayerTopology topology, int fromRow, int toRow) {
        long sources = topology.sources().address();
        long bytes = places.address();
        for (int j = fromRow; j < toRow; j++) {
            byte place = (byte) (j % width);
            long nexts = starts.address() + 4L * (1 + cell(j / width, 0));
            for (long k = topology.rowStart(j), end = topology.rowStart(j + 1); k < end; k++) {
                long next = nexts + 4L * getInt(sources + 4 * k);
                int position = getInt(next);
                setInt(next, position + 1);
                setByte(bytes + position, place);
            }
        }
    }

    /** Number of a cell. */
    public int cell(int block, int neuron) {
        return block * near + neuron;
    }

    /** Position of the first connection of a cell; of the one past the last cell, the number of positions. */
    public int first(int cell) {
        return (starts.get(cell) + chunk - 1) / chunk * chunk;
    }

    /** One past the position of the last connection of a cell. */
    public int end(int cell) {
        return starts.get(cell + 1L);
    }

    /** Far neuron of the connection at a position, within its block. */
    public int place(int position) {
        return places.get(position / PACKED) >>> (Byte.SIZE * (position % PACKED)) & 0xFF;
    }

    /** Whether the near neurons are the output neurons. */
    boolean isIncoming() {
        return chunk == CHUNK;
    }

    /** Far neurons per block, the last one may have fewer: {@link #WIDTH} or less. */
    public int width() {
        return width;
    }

    /** Number of near neurons. */
    public int near() {
        return near;
    }

    /** Number of far neurons. */
    public int far() {
        return far;
    }

    /** Number of blocks. */
    public int blocks() {
        return Math.ceilDiv(far, width);
    }

    /** Number of positions: connections, and what fills up the chunks. */
    public long positions() {
        return positions;
    }

    /**
     * {@code [block][near]}: one past the position of the last connection of the cell before. A cell begins there or, in
     * chunks, with the next one.
     */
    public IntArray starts() {
        return starts;
    }

    /** A byte per position, its far neuron within the block; the first one of four is lowest. */
    public IntArray places() {
        return places;
    }
}
