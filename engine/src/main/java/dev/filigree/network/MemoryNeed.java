package dev.filigree.network;

import dev.filigree.memory.OffHeapMemory;
import java.util.List;
import java.util.function.IntToLongFunction;

/** What a network takes at least, asked for before any of it is allocated. */
final class MemoryNeed {
    /** Of a connection: weight and momentum. */
    private static final int DENSE = 8;

    /** And the neuron that it comes from. */
    private static final int SPARSE = 12;

    /** And weight in the other order and places in both, from the second layer on; 2 more where they are not in blocks. */
    private static final int SPARSE_INNER = 18;

    /** Of a connection of a layer that runs dense: the neuron that it comes from. */
    private static final int SOURCE = 4;

    /** Of an output neuron: where its connections begin, its bias with momentum, gradient and sum. */
    private static final int NEURON = 24;

    private MemoryNeed() {}

    /**
     * Does nothing if there is so much memory.
     *
     * @param connections of each layer, by its index
     * @throws OutOfMemoryError if there is less
     */
    static void require(List<LayerSpec> specs, IntToLongFunction connections) {
        double bytes = 0;
        double all = 0;
        for (int l = 0; l < specs.size(); l++) {
            double count = connections.applyAsLong(l);
            boolean sparse = specs.get(l).sparsity() != null;
            // Which products a layer runs on is not known yet.
            bytes += !sparse
                    ? count * DENSE
                    : l == 0
                            ? count * SPARSE
                            : Math.min(count * SPARSE_INNER, count * SOURCE
                                    + (double) DENSE * specs.get(l - 1).neurons() * specs.get(l).neurons());
            bytes += (double) specs.get(l).neurons() * NEURON;
            all += count;
        }
        OffHeapMemory.require((long) bytes, "a network of %,.0f connections".formatted(all));
    }
}
