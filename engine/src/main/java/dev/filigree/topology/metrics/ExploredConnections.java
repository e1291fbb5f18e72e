package dev.filigree.topology.metrics;

import dev.filigree.memory.ArrayGroup;
import dev.filigree.memory.IntArray;
import dev.filigree.memory.LongArray;
import dev.filigree.topology.LayerTopology;
import org.jspecify.annotations.Nullable;

/**
 * Which connections a layer has had at any time: over all that are possible, this is the in-time over-parameterization
 * rate (Liu et al., ICML 2021, section 3). Exact; kept as sorted indices as long as that takes less memory than one bit
 * for every possible connection. Off-heap: close it when done.
 */
public final class ExploredConnections implements AutoCloseable {
    private final int inputs;
    private final int outputs;
    private @Nullable LayerTopology union;
    private @Nullable LongArray bits;
    private long count;

    /** Begins with a topology, of which a copy is kept. */
    public ExploredConnections(LayerTopology first) {
        inputs = first.inputs();
        outputs = first.outputs();
        keep(first.copy());
    }

    /**
     * Adds a topology.
     *
     * @throws IllegalArgumentException if it has another shape
     */
    public void add(LayerTopology topology) {
        if (topology.inputs() != inputs || topology.outputs() != outputs) {
            throw new IllegalArgumentException("cannot add connections of %d×%d to those of %d×%d; expected one shape"
                    .formatted(topology.inputs(), topology.outputs(), inputs, outputs));
        }
        LayerTopology before = union;
        if (before == null) {
            setBits(topology);
        } else {
            keep(merged(before, topology));
            before.close();
        }
    }

    /** How many connections there have been. */
    public long count() {
        return count;
    }

    /** Those over all that are possible, in [0, 1]. */
    public double rate() {
        return count / ((double) inputs * outputs);
    }

    private void keep(LayerTopology all) {
        if (32 * all.connections() < (long) inputs * outputs) {
            union = all;
            count = all.connections();
        } else {
            union = null;
            count = 0;
            setBits(all);
            all.close();
        }
    }

    private void setBits(LayerTopology topology) {
        LongArray words = bits;
        if (words == null) {
            words = LongArray.allocate(Math.ceilDiv((long) inputs * outputs, Long.SIZE), "explored connections");
            bits = words;
        }
        for (int output = 0; output < outputs; output++) {
            for (long k = topology.rowStart(output); k < topology.rowStart(output + 1); k++) {
                long cell = (long) output * inputs + topology.source(k);
                long word = words.get(cell / Long.SIZE);
                long bit = 1L << cell;
                count += (word & bit) == 0 ? 1 : 0;
                words.set(cell / Long.SIZE, word | bit);
            }
        }
    }

    private static LayerTopology merged(LayerTopology a, LayerTopology b) {
        ArrayGroup arrays = new ArrayGroup();
        LongArray rowStarts = arrays.longs(a.outputs() + 1L, "row starts");
        IntArray sources = arrays.ints(a.connections() + b.connections() - Overlap.common(a, b), "sources");
        long k = 0;
        for (int output = 0; output < a.outputs(); output++) {
            long inA = a.rowStart(output);
            long inB = b.rowStart(output);
            while (inA < a.rowStart(output + 1) || inB < b.rowStart(output + 1)) {
                int sourceA = inA < a.rowStart(output + 1) ? a.source(inA) : Integer.MAX_VALUE;
                int sourceB = inB < b.rowStart(output + 1) ? b.source(inB) : Integer.MAX_VALUE;
                sources.set(k++, Math.min(sourceA, sourceB));
                inA += sourceA <= sourceB ? 1 : 0;
                inB += sourceB <= sourceA ? 1 : 0;
            }
            rowStarts.set(output + 1L, k);
        }
        return LayerTopology.unchecked(a.inputs(), a.outputs(), rowStarts, sources);
    }

    @Override
    public void close() {
        if (union != null) {
            union.close();
        }
        if (bits != null) {
            bits.close();
        }
    }
}
