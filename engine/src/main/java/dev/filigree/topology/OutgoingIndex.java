package dev.filigree.topology;

import dev.filigree.memory.ArrayGroup;
import dev.filigree.memory.IntArray;
import dev.filigree.memory.LongArray;
import dev.filigree.parallel.WorkerPool;
import dev.filigree.topology.Transposition.Grouping;

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
     * Builds the index on the calling thread.
     *
     * @throws IllegalArgumentException if the topology has 2^31 connections or more
     */
    public static OutgoingIndex of(LayerTopology topology) {
        try (WorkerPool caller = new WorkerPool(1)) {
            return of(topology, caller);
        }
    }

    /**
     * Builds the index.
     *
     * @param pool does the work
     * @throws IllegalArgumentException if the topology has 2^31 connections or more
     */
    public static OutgoingIndex of(LayerTopology topology, WorkerPool pool) {
        long connections = topology.connections();
        if (connections > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("a layer of %,d connections cannot be trained; the limit is %,d"
                    .formatted(connections, Integer.MAX_VALUE));
        }
        ArrayGroup arrays = new ArrayGroup();
        LongArray columnStarts = arrays.longs(topology.inputs() + 1L, "column starts");
        IntArray targets = arrays.ints(connections, "targets");
        return arrays.orClose(() -> {
            long scratch = Transposition.scratch(connections, topology.inputs());
            try (IntArray near = IntArray.allocate(scratch, "transposition");
                    IntArray far = IntArray.allocate(scratch, "transposition")) {
                Transposition.transpose(new Grouping(topology.rowStarts(), topology.sources(), null),
                        new Grouping(columnStarts, targets, null), far, near, null, pool);
            }
            return unchecked(topology.outputs(), columnStarts, targets);
        });
    }

    /**
     * An index over a structure that is right by construction, which is not checked. Takes ownership of the two arrays.
     *
     * @param outputs number of output neurons
     * @param columnStarts position of every input neuron's first connection, and the number of connections
     * @param targets output neuron of every connection, strictly ascending within each input neuron
     */
    public static OutgoingIndex unchecked(int outputs, LongArray columnStarts, IntArray targets) {
        return new OutgoingIndex(outputs, columnStarts, targets);
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

    /** Position of the first connection of {@code input} to {@code output} or a later neuron. */
    public long position(int input, int output) {
        long low = columnStart(input);
        long high = columnStart(input + 1);
        while (low < high) {
            long middle = (low + high) >>> 1;
            if (targets.get(middle) < output) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
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
