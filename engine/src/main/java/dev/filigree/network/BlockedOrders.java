package dev.filigree.network;

import dev.filigree.kernel.BlockedIndex;
import dev.filigree.memory.ArrayGroup;
import dev.filigree.memory.FloatArray;
import dev.filigree.topology.LayerTopology;
import java.util.Arrays;

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
    BlockedOrders(LayerTopology topology) {
        this.topology = topology;
        this.outgoing = arrays.orClose(() -> BlockedIndex.outgoing(topology, arrays));
        this.incoming = arrays.orClose(() -> BlockedIndex.incoming(topology, arrays));
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
    void arrange(FloatArray values, FloatArray positions) {
        if (values.length() != positions.length()) {
            throw new IllegalArgumentException("%s: expected as many as %s".formatted(values, positions));
        }
        walk((connection, position) -> positions.set(position, values.get(connection)));
    }

    /** The reverse of {@link #arrange}. */
    void restore(FloatArray positions, FloatArray values) {
        walk((connection, position) -> values.set(connection, positions.get(position)));
    }

    private interface Pair {
        void accept(long connection, int position);
    }

    /** Connections of the topology's order with their positions in {@link #outgoing}. */
    private void walk(Pair visitor) {
        int[] next = new int[topology.inputs()];
        for (int j = 0; j < topology.outputs(); j++) {
            if (j % BlockedIndex.WIDTH == 0) {
                int block = j / BlockedIndex.WIDTH;
                Arrays.setAll(next, i -> outgoing.first(outgoing.cell(block, i)));
            }
            for (long k = topology.rowStart(j); k < topology.rowStart(j + 1); k++) {
                visitor.accept(k, next[topology.source(k)]++);
            }
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
