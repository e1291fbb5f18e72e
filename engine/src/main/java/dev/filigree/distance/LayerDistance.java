package dev.filigree.distance;

import dev.filigree.assignment.Matching;
import dev.filigree.parallel.WorkerPool;
import dev.filigree.topology.LayerTopology;

/**
 * How different the wiring of two layers is: the mean {@link NeuronDistance} over the pairs of the cheapest one-to-one
 * matching of their output neurons. Where one layer has more neurons, those that are left over count as 1 each.
 *
 * <p>Source: Liu et al., "Topological Insights into Sparse Neural Networks", 2020 (arXiv 2006.14085).
 *
 * @param distance mean distance of the paired neurons, in [0, 1]
 * @param matching {@code matching.column(i)} is the output neuron of the second layer paired with neuron {@code i} of the
 *        first
 * @param gap proven: no matching that is allowed has a mean distance that is lower by more than this; 0 or more
 */
public record LayerDistance(double distance, Matching matching, double gap) {
    /**
     * Matches the output neurons of two layers that share their input neurons. Runs on the calling thread.
     *
     * @throws IllegalArgumentException if the layers have different numbers of inputs
     */
    public static LayerDistance between(LayerTopology a, LayerTopology b) {
        if (a.inputs() != b.inputs()) {
            throw new IllegalArgumentException(
                    "cannot compare a layer of %d inputs with one of %d: expected the same input neurons"
                            .formatted(a.inputs(), b.inputs()));
        }
        return between(a, b, Matching.identity(a.inputs()));
    }

    /** As {@link #between(LayerTopology, LayerTopology, Matching, WorkerPool)}, on the calling thread. */
    public static LayerDistance between(LayerTopology a, LayerTopology b, Matching inputs) {
        try (WorkerPool caller = new WorkerPool(1)) {
            return between(a, b, inputs, caller);
        }
    }

    /**
     * Matches the output neurons of two layers whose input neurons have been matched before.
     *
     * @param inputs {@code inputs.column(s)} is the input neuron of {@code b} that stands for input neuron {@code s} of
     *        {@code a}
     * @param pool shares the work; the result does not depend on its size
     * @throws IllegalArgumentException if {@code inputs} is of other sizes than the input sides
     */
    public static LayerDistance between(LayerTopology a, LayerTopology b, Matching inputs, WorkerPool pool) {
        return new LayerMatcher(a, b, inputs, pool).match(TieRule.canonical(a, b, inputs));
    }

    /**
     * Compares output neuron {@code i} of {@code a} with output neuron {@code i} of {@code b}. Only one matching is
     * allowed, so the gap is 0.
     *
     * @throws IllegalArgumentException if the layers have different numbers of outputs, or {@code inputs} is of other
     *         sizes than the input sides
     */
    public static LayerDistance pinned(LayerTopology a, LayerTopology b, Matching inputs) {
        try (WorkerPool caller = new WorkerPool(1)) {
            return new LayerMatcher(a, b, inputs, caller).pinned();
        }
    }

    /** Whether the matching is proven to be within {@code tolerance} of the best one, as a mean distance. */
    public boolean isOptimal(double tolerance) {
        return gap <= tolerance;
    }
}
