package dev.filigree.distance;

import dev.filigree.assignment.Matching;
import dev.filigree.parallel.WorkerPool;
import dev.filigree.topology.NetworkTopology;
import java.util.ArrayList;
import java.util.List;

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
 * other way round, may come to a different distance from layer 1 on; for trained networks by some hundredths. The choice
 * follows from the wiring alone, so renaming hidden neurons changes nothing; {@link TieSpread} samples the others, and
 * {@link JointMatching} looks for better ones.
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
     * Compares two networks exactly. The neurons of {@code b} are renamed into those of {@code a}.
     *
     * @param pool shares the work; the result does not depend on its size
     * @throws IllegalArgumentException if the networks differ in depth or in the number of input neurons, or in that of
     *         the output neurons where these are pinned
     */
    public static NetworkDistance between(NetworkTopology a, NetworkTopology b, OutputNeurons outputNeurons,
            WorkerPool pool) {
        return between(a, b, outputNeurons, 0, pool);
    }

    /**
     * Compares two networks within a tolerance.
     *
     * @param tolerance of each layer's distance: its matching is proven to be within this of the best one; 0 for exact
     *        ones. Layers of hundreds of thousands of neurons take minutes exactly if little connects the networks, and
     *        seconds with 0.001
     * @param pool shares the work; the result does not depend on its size
     * @throws IllegalArgumentException if the tolerance is below 0 or not a number, or as above
     */
    public static NetworkDistance between(NetworkTopology a, NetworkTopology b, OutputNeurons outputNeurons,
            double tolerance, WorkerPool pool) {
        if (!(tolerance >= 0)) {
            throw new IllegalArgumentException("a tolerance of %s, expected 0 or more".formatted(tolerance));
        }
        checkComparable(a, b);
        return between(a, NeuronColors.of(a, outputNeurons), b, NeuronColors.of(b, outputNeurons), outputNeurons,
                tolerance, pool);
    }

    /** Compares comparable networks whose colors are known. */
    static NetworkDistance between(NetworkTopology a, NeuronColors colorsA, NetworkTopology b, NeuronColors colorsB,
            OutputNeurons outputNeurons, double tolerance, WorkerPool pool) {
        return between(a, b, outputNeurons, (matcher, l) -> {
            TieRule rule = TieRule.canonical(colorsA.layer(l), colorsB.layer(l));
            return tolerance == 0 ? matcher.match(rule) : matcher.matchWithin(tolerance, rule);
        }, pool);
    }

    /** How to match the output neurons of a layer. */
    interface LayerComparison {
        /** Of this layer. */
        LayerDistance of(LayerMatcher matcher, int layer);
    }

    /** Compares comparable networks, layer after layer. */
    static NetworkDistance between(NetworkTopology a, NetworkTopology b, OutputNeurons outputNeurons,
            LayerComparison comparison, WorkerPool pool) {
        List<LayerDistance> layers = new ArrayList<>();
        Matching inputs = Matching.identity(a.layer(0).inputs());
        for (int l = 0; l < a.depth(); l++) {
            LayerMatcher matcher = new LayerMatcher(a.layer(l), b.layer(l), inputs, pool);
            boolean pinned = outputNeurons == OutputNeurons.PINNED && l == a.depth() - 1;
            LayerDistance layer = pinned ? matcher.pinned() : comparison.of(matcher, l);
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

    /**
     * Checks that two networks can be compared.
     *
     * @throws IllegalArgumentException if they differ in depth or in the number of inputs
     */
    public static void checkComparable(NetworkTopology a, NetworkTopology b) {
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
