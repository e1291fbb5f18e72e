package dev.filigree.kernel;

import dev.filigree.memory.ArrayGroup;
import dev.filigree.memory.IntArray;
import dev.filigree.topology.LayerTopology;

/**
 * The connections of a layer, seen from the near side of two, which is either one: grouped by blocks of {@link #WIDTH}
 * far neurons, within a block by near neuron, and then in the order of the far ones. The activations or deltas of a
 * block stay in the L1 cache while all near neurons read them.
 *
 * <p>A cell is the connections of a near neuron to a block. The cells of input neurons follow each other. Those of output
 * neurons are stored in chunks of {@link #CHUNK} positions: what is left of the last chunk is filled up with the cell's
 * last far neuron, and values there are to be 0.
 */
public final class BlockedIndex {
    /** Far neurons per block: 32 KiB of activations in tiles of 64 samples. */
    public static final int WIDTH = 128;

    /** Positions per chunk of an output neuron's. */
    public static final int CHUNK = 4;

    /** Places per {@code int}. */
    private static final int PACKED = 4;

    /** Cells of fewer connections cost more to begin than the cache saves. */
    private static final int WORTHWHILE = 7;

    private final int near;
    private final int far;
    private final int chunk;
    private final IntArray starts;
    private final IntArray places;
    private final int positions;

    private BlockedIndex(LayerTopology topology, boolean byOutputs, ArrayGroup arrays) {
        near = byOutputs ? topology.outputs() : topology.inputs();
        far = byOutputs ? topology.inputs() : topology.outputs();
        chunk = byOutputs ? CHUNK : 1;
        if (!fits(topology)) {
            throw new IllegalArgumentException("%s: too many connections for blocks".formatted(topology));
        }
        starts = arrays.ints(cell(blocks(), 0) + 1L, "cells' ends");
        positions = arrays.orClose(() -> makeRoom(topology, byOutputs));
        places = arrays.ints((positions + PACKED - 1) / PACKED, "places in blocks");
        arrays.orClose(() -> {
            fill(topology, byOutputs);
            return places;
        });
    }

    /**
     * The connections of the output neurons to blocks of input neurons.
     *
     * @param arrays whose the index's memory is
     * @throws IllegalArgumentException if they are too many, see {@link #suits}
     */
    public static BlockedIndex incoming(LayerTopology topology, ArrayGroup arrays) {
        return new BlockedIndex(topology, true, arrays);
    }

    /**
     * The connections of the input neurons to blocks of output neurons.
     *
     * @param arrays whose the index's memory is
     * @throws IllegalArgumentException if they are too many, see {@link #suits}
     */
    public static BlockedIndex outgoing(LayerTopology topology, ArrayGroup arrays) {
        return new BlockedIndex(topology, false, arrays);
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

    /** Leaves in {@link #starts} behind each cell the first position of the cell; returns the number of positions. */
    private int makeRoom(LayerTopology topology, boolean byOutputs) {
        IntArray sources = topology.sources();
        for (int j = 0; j < topology.outputs(); j++) {
            for (long k = topology.rowStart(j); k < topology.rowStart(j + 1); k++) {
                int behind = 1 + (byOutputs ? cell(sources.get(k) / WIDTH, j) : cell(j / WIDTH, sources.get(k)));
                starts.set(behind, starts.get(behind) + 1);
            }
        }
        int position = 0;
        for (int cell = 0; cell < cell(blocks(), 0); cell++) {
            int count = starts.get(cell + 1L);
            starts.set(cell + 1L, position);
            position += (count + chunk - 1) / chunk * chunk;
        }
        return position;
    }

    private void fill(LayerTopology topology, boolean byOutputs) {
        IntArray sources = topology.sources();
        for (int j = 0; j < topology.outputs(); j++) {
            for (long k = topology.rowStart(j); k < topology.rowStart(j + 1); k++) {
                int source = sources.get(k);
                int behind = 1 + (byOutputs ? cell(source / WIDTH, j) : cell(j / WIDTH, source));
                int position = starts.get(behind);
                setPlace(position, (byOutputs ? source : j) % WIDTH);
                starts.set(behind, position + 1);
            }
        }
        for (int cell = 0; cell < cell(blocks(), 0); cell++) {
            for (int position = end(cell); position % chunk != 0; position++) {
                setPlace(position, place(end(cell) - 1));
            }
        }
    }

    private void setPlace(int position, int place) {
        int word = position / PACKED;
        places.set(word, places.get(word) | place << (Byte.SIZE * (position % PACKED)));
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
        return blocks(far);
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
