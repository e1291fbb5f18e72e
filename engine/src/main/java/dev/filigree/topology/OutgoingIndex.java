package dev.filigree.topology;

import dev.filigree.memory.ArrayGroup;
import dev.filigree.memory.IntArray;
import dev.filigree.memory.LongArray;

/**
 * A topology walked from its input side: for every input neuron the ascending output neurons it feeds. The
 * connections in this sequence are in "outgoing" order.
 *
 * <p>At most 2^31 - 1 connections. Off-heap; close it when the topology is replaced.
 */
public final class OutgoingIndex implements AutoCloseable {
    private final LongArray columnStarts;
    private final IntArray targets;

    private final int outputs;
    private final int largestFanOut;

    private OutgoingIndex(int outputs, LongArray columnStarts, IntArray targets) {
        this.outputs = outputs;
        this.columnStarts = columnStarts;
        this.targets = targets;
        long largest = 0;
        for (long i = 1; i < columnStarts.length(); i++) {
            largest = Math.max(largest, columnStarts.get(i) - columnStarts.get(i - 1));
        }
        this.largestFanOut = (int) largest;
    }

    /**
     * Builds the index by one counting sort.
     *
     * @throws IllegalArgumentException if the topology has 2^31 connections or more
     */
    public static OutgoingIndex of(LayerTopology topology) {
        long connections = topology.connections();
        if (connections > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("a layer of %,d connections cannot be trained; the limit is %,d"
                    .formatted(connections, Integer.MAX_VALUE));
        }
        ArrayGroup arrays = new ArrayGroup();
        LongArray starts = arrays.longs(topology.inputs() + 1L, "column starts");
        IntArray targets = arrays.ints(connections, "targets");
        for (long k = 0; k < connections; k++) {
            int source = topology.source(k);
            starts.set(source + 1L, starts.get(source + 1L) + 1);
        }
        for (int i = 0; i < topology.inputs(); i++) {
            starts.set(i + 1L, starts.get(i + 1L) + starts.get(i));
        }
        // Filling advances every start to its end; shifting by one afterwards restores them.
        for (int j = 0; j < topology.outputs(); j++) {
            for (long k = topology.rowStart(j), end = topology.rowStart(j + 1); k < end; k++) {
                int source = topology.source(k);
                long position = starts.get(source);
                starts.set(source, position + 1);
                targets.set(position, j);
            }
        }
        for (int i = topology.inputs(); i > 0; i--) {
            starts.set(i, starts.get(i - 1L));
        }
        starts.set(0, 0);
        return new OutgoingIndex(topology.outputs(), starts, targets);
    }

    /** Number of output neurons. */
    public int outputs() {
        return outputs;
    }

    /** The fan-out of the input neuron that has most. */
    public int largestFanOut() {
        return largestFanOut;
    }

    /** Position of the first connection of input neuron {@code input}; one past the last input gives the end. */
    public long columnStart(int input) {
        return columnStarts.get(input);
    }

    /** Number of input neurons. */
    public int inputs() {
        return (int) (columnStarts.length() - 1);
    }

    /** Number of connections. */
    public long connections() {
        return targets.length();
    }

    /** Off-heap bytes. */
    public long bytes() {
        return columnStarts.bytes() + targets.bytes();
    }

    /** The column starts; read only. */
    public LongArray columnStarts() {
        return columnStarts;
    }

    /** Output neuron of every connection in outgoing order; read only. */
    public IntArray targets() {
        return targets;
    }

    @Override
    public void close() {
        columnStarts.close();
        targets.close();
    }
}
