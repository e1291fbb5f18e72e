package dev.filigree.network;

import static dev.filigree.memory.OffHeapMemory.getByte;
import static dev.filigree.memory.OffHeapMemory.getInt;
import static dev.filigree.memory.OffHeapMemory.setInt;

import dev.filigree.kernel.BlockedIndex;
import dev.filigree.memory.ArrayGroup;
import dev.filigree.memory.FloatArray;
import dev.filigree.parallel.Partition;
import dev.filigree.parallel.WorkerPool;
import dev.filigree.topology.LayerTopology;

/**
 * A layer's connections in blocks, from both sides, and what the forward sweep reads of them: a copy of the weights in the
 * output neurons' order.
 */
final class BlockedOrders implements AutoCloseable {
    private final ArrayGroup arrays = new ArrayGroup();
    private final LayerTopology topology;
    private final BlockedIndex outgoing;
    private final BlockedIndex incoming;
    private final FloatArray incomingWeights;

    /** With weights of 0. The topology stays the caller's. */
    BlockedOrders(LayerTopology topology, WorkerPool pool) {
        this.topology = topology;
        this.outgoing = arrays.orClose(() -> BlockedIndex.outgoing(topology, arrays, pool));
        this.incoming = arrays.orClose(() -> BlockedIndex.incoming(topology, arrays, pool));
        this.incomingWeights = arrays.floats(incoming.positions(), "incoming weights");
    }

    /** Seen from the input neurons. */
    BlockedIndex outgoing() {
        return outgoing;
    }

    /** Seen from the output neurons. */
    BlockedIndex incoming() {
        return incoming;
    }

    /** One per position of {@link #incoming}. */
    FloatArray incomingWeights() {
        return incomingWeights;
    }

    /** Brings one value per connection, in the topology's order, to their positions in {@link #outgoing}. */
    void arrange(FloatArray values, FloatArray positions, WorkerPool pool) {
        copyBlocks(values, positions, true, pool);
    }

    /** The reverse of {@link #arrange}. */
    void restore(FloatArray positions, FloatArray values, WorkerPool pool) {
        copyBlocks(values, positions, false, pool);
    }

    private void copyBlocks(FloatArray values, FloatArray positions, boolean toPositions, WorkerPool pool) {
        checkLengths(values, positions);
        Partition shares = Partition.balanced(outgoing.blocks(), this::first, pool.threads());
        pool.run(worker -> {
            int[] next = new int[outgoing.width()];
            for (int block = shares.from(worker); block < shares.to(worker); block++) {
                begin(block, next);
                if (toPositions) {
                    arrange(values.address(), positions.address(), first(block), first(block + 1), next);
                } else {
                    restore(values.address(), positions.address(), first(block), first(block + 1), next);
                }
            }
        });
    }

    private void checkLengths(FloatArray values, FloatArray positions) {
        if (values.length() != topology.connections() || positions.length() != topology.connections()) {
            throw new IllegalArgumentException(
                    "%s and %s: expected one per connection of %s".formatted(values, positions, topology));
        }
    }

    /** Where the connections of a block's output neurons begin in the topology's order. */
    private void begin(int block, int[] next) {
        int first = block * outgoing.width();
        for (int place = 0; place < Math.min(outgoing.width(), topology.outputs() - first); place++) {
            next[place] = (int) topology.rowStart(first + place);
        }
    }

    /** Position of an output block's first connection. */
    private int first(int block) {
        return outgoing.first(outgoing.cell(block, 0));
    }

    private void arrange(long values, long positions, int from, int to, int[] next) {
        long places = outgoing.places().address();
        for (int position = from; position < to; position++) {
            int connection = next[getByte(places + position)]++;
            setInt(positions + 4L * position, getInt(values + 4L * connection));
        }
    }

    private void restore(long values, long positions, int from, int to, int[] next) {
        long places = outgoing.places().address();
        for (int position = from; position < to; position++) {
            int connection = next[getByte(places + position)]++;
            setInt(values + 4L * connection, getInt(positions + 4L * position));
        }
    }

    /** Brings weights in the topology's order to the forward sweep's. */
    void setIncomingWeights(FloatArray weights, WorkerPool pool) {
        if (weights.length() != topology.connections()) {
            throw new IllegalArgumentException("%s: expected one per connection of %s".formatted(weights, topology));
        }
        Partition rows = Partition.balanced(topology.outputs(), topology::rowStart, pool.threads());
        pool.run(worker -> {
            for (int row = rows.from(worker); row < rows.to(worker); row++) {
                long from = weights.address() + 4 * topology.rowStart(row);
                for (int block = 0; block < incoming.blocks(); block++) {
                    int cell = incoming.cell(block, row);
                    int count = incoming.end(cell) - incoming.first(cell);
                    copy(from, count, incomingWeights.address() + 4L * incoming.first(cell));
                    from += 4L * count;
                }
            }
        });
    }

    private static void copy(long from, int count, long to) {
        for (int k = 0; k < count; k++) {
            setInt(to + 4L * k, getInt(from + 4L * k));
        }
    }

    /** Off-heap bytes. */
    long bytes() {
        return arrays.bytes();
    }

    @Override
    public void close() {
        arrays.close();
    }
}
