package dev.filigree.topology.metrics;

import dev.filigree.topology.LayerTopology;

/** How much two topologies of one layer have in common, every neuron being compared with itself. */
public final class Overlap {
    private Overlap() {}

    /**
     * The Jaccard index: connections of both over connections of either, in [0, 1]; 1 if there are none. One minus this
     * is the distance that NNSTD takes between neurons, here without looking for the best matching.
     *
     * @throws IllegalArgumentException if the shapes differ
     */
    public static double jaccard(LayerTopology a, LayerTopology b) {
        long common = common(a, b);
        long either = a.connections() + b.connections() - common;
        return either == 0 ? 1 : (double) common / either;
    }

    /**
     * Number of connections that both have.
     *
     * @throws IllegalArgumentException if the shapes differ
     */
    public static long common(LayerTopology a, LayerTopology b) {
        if (a.inputs() != b.inputs() || a.outputs() != b.outputs()) {
            throw new IllegalArgumentException(
                    "cannot compare connections of %d×%d with those of %d×%d; expected one shape"
                            .formatted(a.inputs(), a.outputs(), b.inputs(), b.outputs()));
        }
        long common = 0;
        for (int output = 0; output < a.outputs(); output++) {
            long inA = a.rowStart(output);
            long inB = b.rowStart(output);
            while (inA < a.rowStart(output + 1) && inB < b.rowStart(output + 1)) {
                int difference = Integer.compare(a.source(inA), b.source(inB));
                common += difference == 0 ? 1 : 0;
                inA += difference <= 0 ? 1 : 0;
                inB += difference >= 0 ? 1 : 0;
            }
        }
        return common;
    }
}
