package dev.filigree.distance;

import dev.filigree.assignment.Assignment;
import dev.filigree.assignment.JonkerVolgenant;
import dev.filigree.assignment.Permutation;
import dev.filigree.parallel.WorkerPool;
import dev.filigree.topology.LayerTopology;

/**
 * How different the wiring of two layers of the same shape is: the mean {@link NeuronDistance} over the pairs of
 * the cheapest one-to-one matching of their output neurons.
 *
 * <p>Source: Liu et al., "Topological Insights into Sparse Neural Networks", 2020 (arXiv 2006.14085).
 *
 * @param distance mean distance of the paired neurons, in [0, 1]
 * @param matching {@code matching.at(i)} is the output neuron of the second layer paired with neuron {@code i} of
 *        the first
 * @param lowerBound proven: no matching that is allowed has a mean distance below this, up to rounding of
 *        at most the order of 1e-16 times the number of neurons; see {@link Assignment}
 */
public record LayerDistance(double distance, Permutation matching, double lowerBound) {
    /**
     * Matches the output neurons of two layers that share their input neurons. Runs on the calling thread.
     *
     * @throws IllegalArgumentException if the shapes differ
     */
    public static LayerDistance between(LayerTopology a, LayerTopology b) {
        return between(a, b, Permutation.identity(a.inputs()));
    }

    /**
     * Matches the output neurons of two layers whose input neurons have been matched before. Runs on the calling
     * thread.
     *
     * @param inputs {@code inputs.at(s)} is the input neuron of {@code b} that stands for input neuron {@code s} of
     *        {@code a}
     * @throws IllegalArgumentException if the shapes differ, or {@code inputs} has another size than the input side
     */
    public static LayerDistance between(LayerTopology a, LayerTopology b, Permutation inputs) {
        try (WorkerPool caller = new WorkerPool(1)) {
            return between(a, b, inputs, caller);
        }
    }

    /**
     * Matches the output neurons of two layers whose input neurons have been matched before.
     *
     * @param inputs {@code inputs.at(s)} is the input neuron of {@code b} that stands for input neuron {@code s} of
     *        {@code a}
     * @param pool computes the neuron distances; the result does not depend on its size. The matching itself takes one
     *        thread
     * @throws IllegalArgumentException if the shapes differ, or {@code inputs} has another size than the input side
     */
    public static LayerDistance between(LayerTopology a, LayerTopology b, Permutation inputs, WorkerPool pool) {
        checkComparable(a, b, inputs);
        Assignment assignment = new JonkerVolgenant().solve(NeuronCosts.between(a, b, inputs, pool));
        int neurons = a.outputs();
        return new LayerDistance(assignment.cost() / neurons, assignment.columns(), assignment.lowerBound() / neurons);
    }

    /**
     * Compares output neuron {@code i} of {@code a} with output neuron {@code i} of {@code b}. Only one matching is
     * allowed, so the lower bound is the distance itself.
     *
     * @param inputs {@code inputs.at(s)} is the input neuron of {@code b} that stands for input neuron {@code s} of
     *        {@code a}
     * @throws IllegalArgumentException if the shapes differ, or {@code inputs} has another size than the input side
     */
    public static LayerDistance pinned(LayerTopology a, LayerTopology b, Permutation inputs) {
        checkComparable(a, b, inputs);
        int neurons = a.outputs();
        // For each input neuron of b, the last neuron of a that was seen to listen to its counterpart.
        int[] listener = new int[b.inputs()];
        double total = 0;
        for (int i = 0; i < neurons; i++) {
            for (long k = a.rowStart(i); k < a.rowStart(i + 1); k++) {
                listener[inputs.at(a.source(k))] = i + 1;
            }
            int common = 0;
            for (long k = b.rowStart(i); k < b.rowStart(i + 1); k++) {
                if (listener[b.source(k)] == i + 1) {
                    common++;
                }
            }
            total += NeuronDistance.of(a.fanIn(i), b.fanIn(i), common);
        }
        return new LayerDistance(total / neurons, Permutation.identity(neurons), total / neurons);
    }

    /** How far the distance may be above that of the best matching at most, 0 or more. */
    public double gap() {
        return Math.max(0, distance - lowerBound);
    }

    /** Whether the matching is proven to be within {@code tolerance} of the best one, as a mean distance. */
    public boolean isOptimal(double tolerance) {
        return gap() <= tolerance;
    }

    private static void checkComparable(LayerTopology a, LayerTopology b, Permutation inputs) {
        if (a.inputs() != b.inputs() || a.outputs() != b.outputs()) {
            throw new IllegalArgumentException(
                    "cannot compare a layer of %d×%d with a layer of %d×%d neurons (inputs×outputs): expected equal shapes"
                            .formatted(a.inputs(), a.outputs(), b.inputs(), b.outputs()));
        }
        if (inputs.size() != a.inputs()) {
            throw new IllegalArgumentException("%d matched inputs for layers of %d inputs".formatted(inputs.size(),
                    a.inputs()));
        }
    }
}
