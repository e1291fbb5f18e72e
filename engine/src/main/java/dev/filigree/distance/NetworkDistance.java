package dev.filigree.distance;

import dev.filigree.assignment.Matching;
import dev.filigree.parallel.WorkerPool;
import dev.filigree.topology.NetworkTopology;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * How different the wiring of two networks of the same shape is (NNSTD).
 *
 * <p>The layers are compared from the input side. Layer 0 sees the input neurons as they are; the matching found
 * in each layer tells which neuron of the second network stands for which neuron of the first when the next layer
 * is compared. So two networks that differ only in the order of their hidden neurons are 0 apart, provided that no two
 * neurons of a layer have the same inputs.
 *
 * <p>Where a layer has several equally good matchings, the layers behind it depend on which one is found. The
 * choice is the same in every run and for any number of threads, but another program, or the same two networks the
 * other way round, may come to a different distance from layer 1 on; for trained networks by some hundredths. Ties
 * tend to keep the neurons in ascending order, see {@link dev.filigree.assignment.JonkerVolgenant}.
 *
 * <p>Source: Liu et al., "Topological Insights into Sparse Neural Networks", 2020 (arXiv 2006.14085).
 *
 * @param layers distance of every layer, from the input side
 */
public record NetworkDistance(List<LayerDistance> layers) {
    /**
     * Checks that there is a layer.
     *
     * @throws IllegalArgumentException if {@code layers} is empty
     */
    public NetworkDistance {
        layers = List.copyOf(layers);
        if (layers.isEmpty()) {
            throw new IllegalArgumentException("a network distance needs at least one layer");
        }
    }

    /**
     * Compares two networks on the calling thread. The neurons of {@code b} are renamed into those of {@code a}.
     *
     * @throws IllegalArgumentException if the networks differ in depth or in the shape of a layer
     */
    public static NetworkDistance between(NetworkTopology a, NetworkTopology b, OutputNeurons outputNeurons) {
        try (WorkerPool caller = new WorkerPool(1)) {
            return between(a, b, outputNeurons, caller);
        }
    }

    /**
     * Compares two networks. The neurons of {@code b} are renamed into those of {@code a}.
     *
     * @param pool computes the neuron distances; the result does not depend on its size. Each matching takes one thread
     * @throws IllegalArgumentException if the networks differ in depth or in the shape of a layer
     */
    public static NetworkDistance between(NetworkTopology a, NetworkTopology b, OutputNeurons outputNeurons,
            WorkerPool pool) {
        checkComparable(a, b);
        NeuronColors colorsA = NeuronColors.of(a, outputNeurons);
        NeuronColors colorsB = NeuronColors.of(b, outputNeurons);
        return between(a, b, outputNeurons, l -> TieRule.canonical(colorsA.layer(l), colorsB.layer(l)), pool);
    }

    /** As above, of comparable networks, with a rule for the ties of every layer. */
    static NetworkDistance between(NetworkTopology a, NetworkTopology b, OutputNeurons outputNeurons,
            IntFunction<TieRule> rules, WorkerPool pool) {
        List<LayerDistance> layers = new ArrayList<>();
        Matching inputs = Matching.identity(a.layer(0).inputs());
        for (int l = 0; l < a.depth(); l++) {
            LayerMatcher matcher = new LayerMatcher(a.layer(l), b.layer(l), inputs, pool);
            boolean pinned = outputNeurons == OutputNeurons.PINNED && l == a.depth() - 1;
            LayerDistance layer = pinned ? matcher.pinned() : matcher.match(rules.apply(l));
            layers.add(layer);
            inputs = layer.matching();
        }
        return new NetworkDistance(layers);
    }

    /** Mean distance over the layers, in [0, 1]. */
    public double distance() {
        double sum = 0;
        for (LayerDistance layer : layers) {
            sum += layer.distance();
        }
        return sum / layers.size();
    }

    /** Largest gap of a layer: no layer's matching is farther than this from its best one, given those before. */
    public double largestGap() {
        return layers.stream().mapToDouble(LayerDistance::gap).max().orElseThrow();
    }

    static void checkComparable(NetworkTopology a, NetworkTopology b) {
        if (a.depth() != b.depth()) {
            throw new IllegalArgumentException(
                    "cannot compare a network of %d layers with one of %d layers".formatted(a.depth(), b.depth()));
        }
        if (a.layer(0).inputs() != b.layer(0).inputs()) {
            throw new IllegalArgumentException(
                    "cannot compare a network of %d inputs with one of %d inputs: expected the same input neurons"
                            .formatted(a.layer(0).inputs(), b.layer(0).inputs()));
        }
    }
}
