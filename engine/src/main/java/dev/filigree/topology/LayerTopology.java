package dev.filigree.topology;

import dev.filigree.memory.ArrayGroup;
import dev.filigree.memory.FullChecks;
import dev.filigree.memory.IntArray;
import dev.filigree.memory.LongArray;

/**
 * Which connections a layer has: for every output neuron, the sorted indices of the input neurons it listens
 * to. No weights, no biases. The content never changes; rewiring makes a new topology.
 *
 * <p>The connections of output neuron {@code j} are {@code rowStarts[j] … rowStarts[j + 1] - 1}, the
 * "incoming" order. The memory is off-heap and owned by the topology: close it when it is no longer used.
 */
public final class LayerTopology implements AutoCloseable {
    private final int inputs;
    private final int outputs;
    private final LongArray rowStarts;
    private final IntArray sources;
    private final int largestFanIn;

    /**
     * Takes ownership of the two arrays.
     *
     * @param inputs number of input neurons, 1 or more
     * @param outputs number of output neurons, 1 or more
     * @param rowStarts {@code outputs + 1} ascending positions, from 0 to the number of connections
     * @param sources input index of every connection, strictly ascending within each output neuron
     * @throws IllegalArgumentException if the arrays are not such a structure; they stay the caller's then
     */
    public LayerTopology(int inputs, int outputs, LongArray rowStarts, IntArray sources) {
        this(inputs, outputs, rowStarts, sources, true);
    }

    private LayerTopology(int inputs, int outputs, LongArray rowStarts, IntArray sources, boolean checked) {
        if (checked) {
            checkStructure(inputs, outputs, rowStarts, sources);
        }
        this.inputs = inputs;
        this.outputs = outputs;
        this.rowStarts = rowStarts;
        this.sources = sources;
        int largest = 0;
        for (int j = 0; j < outputs; j++) {
            largest = Math.max(largest, fanIn(j));
        }
        this.largestFanIn = largest;
    }

    /**
     * As the constructor, for a structure that is right by construction: checking it would take longer than most ways to
     * make one, and is done only if {@link FullChecks} are on.
     */
    public static LayerTopology unchecked(int inputs, int outputs, LongArray rowStarts, IntArray sources) {
        return new LayerTopology(inputs, outputs, rowStarts, sources, FullChecks.ENABLED);
    }

    /**
     * A topology from one sorted index array per output neuron.
     *
     * @param inputs number of input neurons
     * @param incoming for every output neuron, the strictly ascending indices of its input neurons
     */
    public static LayerTopology of(int inputs, int[]... incoming) {
        long connections = 0;
        for (int[] row : incoming) {
            connections += row.length;
        }
        ArrayGroup arrays = new ArrayGroup();
        LongArray rowStarts = arrays.longs(incoming.length + 1L, "row starts");
        IntArray sources = arrays.ints(connections, "sources");
        long k = 0;
        for (int j = 0; j < incoming.length; j++) {
            for (int source : incoming[j]) {
                sources.set(k++, source);
            }
            rowStarts.set(j + 1L, k);
        }
        return arrays.orClose(() -> new LayerTopology(inputs, incoming.length, rowStarts, sources));
    }

    private static void checkStructure(int inputs, int outputs, LongArray rowStarts, IntArray sources) {
        if (inputs < 1 || outputs < 1) {
            throw new IllegalArgumentException(
                    "a layer of %d inputs and %d outputs: both must be 1 or more".formatted(inputs, outputs));
        }
        if (rowStarts.length() != outputs + 1L || rowStarts.get(0) != 0
                || rowStarts.get(outputs) != sources.length()) {
            throw new IllegalArgumentException(
                    "row starts must be %d positions from 0 to %d".formatted(outputs + 1L, sources.length()));
        }
        for (int j = 0; j < outputs; j++) {
            long start = rowStarts.get(j);
            long end = rowStarts.get(j + 1L);
            if (end < start || end > sources.length()) {
                throw new IllegalArgumentException("row starts descend at output neuron %d".formatted(j));
            }
            int previous = -1;
            for (long k = start; k < end; k++) {
                int source = sources.get(k);
                if (source <= previous || source >= inputs) {
                    throw new IllegalArgumentException(
                            "output neuron %d: input index %d after %d; expected strictly ascending below %d"
                                    .formatted(j, source, previous, inputs));
                }
                previous = source;
            }
        }
    }

    /** Number of input neurons. */
    public int inputs() {
        return inputs;
    }

    /** Number of output neurons. */
    public int outputs() {
        return outputs;
    }

    /** Number of connections. */
    public long connections() {
        return sources.length();
    }

    /** Connections over {@code inputs · outputs}, in [0, 1]. */
    public double density() {
        return connections() / ((double) inputs * outputs);
    }

    /** Position of the first connection of output neuron {@code output}; {@code outputs} gives the end of the last. */
    public long rowStart(int output) {
        return rowStarts.get(output);
    }

    /** Number of connections of output neuron {@code output}. */
    public int fanIn(int output) {
        return (int) (rowStarts.get(output + 1L) - rowStarts.get(output));
    }

    /** The fan-in of the output neuron that has most. */
    public int largestFanIn() {
        return largestFanIn;
    }

    /** Input neuron of the connection at position {@code k}. */
    public int source(long k) {
        return sources.get(k);
    }

    /** Position of the first connection of output neuron {@code output} whose input neuron is not below {@code source}. */
    public long position(int output, int source) {
        long low = rowStart(output);
        long high = rowStart(output + 1);
        while (low < high) {
            long middle = (low + high) >>> 1;
            if (sources.get(middle) < source) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Off-heap bytes. */
    public long bytes() {
        return rowStarts.bytes() + sources.bytes();
    }

    /** The row starts; read only. */
    public LongArray rowStarts() {
        return rowStarts;
    }

    /** The input index of every connection; read only. */
    public IntArray sources() {
        return sources;
    }

    /** A copy with memory of its own. */
    public LayerTopology copy() {
        ArrayGroup arrays = new ArrayGroup();
        LongArray starts = arrays.longs(rowStarts.length(), "row starts");
        IntArray indices = arrays.ints(sources.length(), "sources");
        return arrays.orClose(() -> {
            starts.copyFrom(rowStarts);
            indices.copyFrom(sources);
            return unchecked(inputs, outputs, starts, indices);
        });
    }

    /** Whether both have the same shape and the same connections. */
    public boolean sameConnections(LayerTopology other) {
        return inputs == other.inputs && outputs == other.outputs && connections() == other.connections()
                && rowStarts.segment().mismatch(other.rowStarts.segment()) < 0
                && sources.segment().mismatch(other.sources.segment()) < 0;
    }

    /** Frees the structure. */
    @Override
    public void close() {
        rowStarts.close();
        sources.close();
    }

    @Override
    public String toString() {
        return "%d×%d, %d connections".formatted(inputs, outputs, connections());
    }
}
