package dev.filigree.distance;

import dev.filigree.topology.LayerTopology;

/**
 * Normalized edit distance of two neurons: of all input neurons that either one listens to, the share that only
 * one of them listens to, {@code |A Δ B| / |A ∪ B|}.
 *
 * <p>In [0, 1]: 0 for the same inputs (also for two neurons without any), 1 for no common input. Source: Liu et
 * al., "Topological Insights into Sparse Neural Networks", 2020 (arXiv 2006.14085).
 */
public final class NeuronDistance {
    private NeuronDistance() {}

    /**
     * The distance, from counts alone.
     *
     * @param fanInA number of inputs of the first neuron, 0 or more
     * @param fanInB number of inputs of the second neuron, 0 or more
     * @param common number of inputs they share, at most the smaller of the two
     */
    public static double of(int fanInA, int fanInB, int common) {
        long union = (long) fanInA + fanInB - common;
        return union == 0 ? 0 : (double) (union - common) / union;
    }

    /**
     * The distance of output neuron {@code i} of {@code a} and output neuron {@code j} of {@code b}, with the input
     * neurons of both layers taken to be the same ones.
     *
     * @throws IllegalArgumentException if the layers have different numbers of inputs
     */
    public static double between(LayerTopology a, int i, LayerTopology b, int j) {
        if (a.inputs() != b.inputs()) {
            throw new IllegalArgumentException(
                    "cannot compare neurons of a layer with %d inputs and a layer with %d inputs".formatted(a.inputs(),
                            b.inputs()));
        }
        int common = 0;
        long k = a.rowStart(i);
        long l = b.rowStart(j);
        while (k < a.rowStart(i + 1) && l < b.rowStart(j + 1)) {
            int sourceA = a.source(k);
            int sourceB = b.source(l);
            if (sourceA == sourceB) {
                common++;
            }
            if (sourceA <= sourceB) {
                k++;
            }
            if (sourceB <= sourceA) {
                l++;
            }
        }
        return of(a.fanIn(i), b.fanIn(j), common);
    }
}
