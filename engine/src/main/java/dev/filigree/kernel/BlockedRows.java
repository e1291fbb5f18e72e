package dev.filigree.kernel;

import dev.filigree.memory.ArrayGroup;
import dev.filigree.memory.FloatArray;
import dev.filigree.memory.IntArray;
import dev.filigree.topology.LayerTopology;

/**
 * The connections of a layer with their weights, grouped by blocks of {@link #WIDTH} input neurons, within a block by
 * output neuron, and then in the order of the inputs: the activations of a block stay in the L1 cache while all output
 * neurons read them.
 *
 * <p>A cell, the connections of a block to an output neuron, is stored in chunks of {@link #CHUNK}; the last one is
 * filled up with weights of 0.
 */
public final class BlockedRows implements AutoCloseable {
    /** Input neurons per block: 32 KiB of activations in tiles of 64 samples. */
    public static final int WIDTH = 128;

    /** Connections per chunk. */
    public static final int CHUNK = 4;

    /** Cells of fewer connections cost more to begin than the cache saves. */
    private static final int WORTHWHILE = 12;

    private final ArrayGroup arrays = new ArrayGroup();
    private final int inputs;
    private final int outputs;
    private final IntArray starts;
    private final IntArray places;
    private final FloatArray weights;

    /**
     * The connections of a topology, with weights of 0.
     *
     * @throws IllegalArgumentException if they are too many, see {@link #suits}
     */
    public BlockedRows(LayerTopology topology) {
        inputs = topology.inputs();
        outputs = topology.outputs();
        if (!fits(topology)) {
            throw new IllegalArgumentException("%s: too many connections for blocks".formatted(topology));
        }
        int cells = blocks() * outputs;
        starts = arrays.ints(cells + 1L, "chunk starts");
        arrays.orClose(() -> {
            countChunks(topology);
            return starts;
        });
        places = arrays.ints(starts.get(cells), "places in blocks");
        weights = arrays.floats((long) CHUNK * starts.get(cells), "blocked weights");
        arrays.orClose(() -> {
            fillPlaces(topology);
            return places;
        });
    }

    /** Whether so many of the possible connections exist that blocks are worth their while. */
    public static boolean suits(LayerTopology topology) {
        return fits(topology) && topology.inputs() > 2 * WIDTH
                && topology.connections() >= (long) WORTHWHILE * blocks(topology.inputs()) * topology.outputs();
    }

    /** Whether positions are ints, whatever the padding. */
    private static boolean fits(LayerTopology topology) {
        long cells = (long) blocks(topology.inputs()) * topology.outputs();
        return topology.connections() + (CHUNK - 1) * cells < Integer.MAX_VALUE;
    }

    private static int blocks(int inputs) {
        return (inputs + WIDTH - 1) / WIDTH;
    }

    private void countChunks(LayerTopology topology) {
        IntArray sources = topology.sources();
        for (int j = 0; j < outputs; j++) {
            for (long k = topology.rowStart(j); k < topology.rowStart(j + 1); k++) {
                int cell = cell(sources.get(k) / WIDTH, j);
                starts.set(cell, starts.get(cell) + 1);
            }
        }
        int chunks = 0;
        for (int cell = 0; cell < cell(blocks(), 0); cell++) {
            int connections = starts.get(cell);
            starts.set(cell, chunks);
            chunks += (connections + CHUNK - 1) / CHUNK;
        }
        starts.set(cell(blocks(), 0), chunks);
    }

    private void fillPlaces(LayerTopology topology) {
        IntArray sources = topology.sources();
        for (int j = 0; j < outputs; j++) {
            long k = topology.rowStart(j);
            long end = topology.rowStart(j + 1);
            for (int block = 0; block < blocks(); block++) {
                int cell = cell(block, j);
                int last = 0;
                for (int chunk = starts.get(cell); chunk < starts.get(cell + 1); chunk++) {
                    int four = 0;
                    for (int i = 0; i < CHUNK; i++) {
                        if (k < end && sources.get(k) / WIDTH == block) {
                            last = sources.get(k) % WIDTH;
                            k++;
                        }
                        four |= last << (Byte.SIZE * i);
                    }
                    places.set(chunk, four);
                }
            }
        }
    }

    private int cell(int block, int output) {
        return block * outputs + output;
    }

    /** Number of input neurons. */
    public int inputs() {
        return inputs;
    }

    /** Number of output neurons. */
    public int outputs() {
        return outputs;
    }

    /** Number of blocks. */
    public int blocks() {
        return blocks(inputs);
    }

    /** {@code [block][output]}: number of each cell's first chunk; and one past the last chunk. */
    public IntArray starts() {
        return starts;
    }

    /** {@code [chunk]}: a byte per connection, its input neuron's place in the block; the first one is lowest. */
    public IntArray places() {
        return places;
    }

    /** {@code [chunk][connection]}. */
    public FloatArray weights() {
        return weights;
    }

    /** Off-heap bytes. */
    public long bytes() {
        return arrays.bytes();
    }

    @Override
    public void close() {
        arrays.close();
    }
}
