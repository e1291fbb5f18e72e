package dev.filigree.distance;

import dev.filigree.assignment.Assignment;
import dev.filigree.assignment.AuctionSolver;
import dev.filigree.assignment.Matching;
import dev.filigree.assignment.OptimalMatchings;
import dev.filigree.assignment.SparseCosts;
import dev.filigree.assignment.SparseSolver;
import dev.filigree.parallel.WorkerPool;
import dev.filigree.topology.LayerTopology;

/** Matches the output neurons of two layers whose input neurons have been matched. */
final class LayerMatcher {
    private final LayerTopology a;
    private final LayerTopology b;
    private final Matching inputs;
    private final WorkerPool pool;

    /**
     * Prepares a comparison.
     *
     * @param inputs the input neuron of {@code b} that stands for each input neuron of {@code a}
     * @throws IllegalArgumentException if {@code inputs} is of other sizes than the input sides
     */
    LayerMatcher(LayerTopology a, LayerTopology b, Matching inputs, WorkerPool pool) {
        if (inputs.rows() != a.inputs() || inputs.columns() != b.inputs()) {
            throw new IllegalArgumentException(
                    "%d input neurons matched to %d, for layers of %d and %d input neurons: expected all of both"
                            .formatted(inputs.rows(),
                                    inputs.columns(), a.inputs(), b.inputs()));
        }
        this.a = a;
        this.b = b;
        this.inputs = inputs;
        this.pool = pool;
    }

    /** The cheapest matching, and of several the one that a rule chooses. */
    LayerDistance match(TieRule rule) {
        try (SparseCosts costs = NeuronCosts.between(a, b, inputs, pool)) {
            return match(costs, rule);
        }
    }

    private LayerDistance match(SparseCosts costs, TieRule rule) {
        OptimalMatchings optima = new SparseSolver().optima(costs, pool);
        OptimalMatchings.Preference preference = rule.preference(optima.largestPreference());
        Matching chosen = LeftOver.complete(optima.preferred(preference, pool), a, b, rule);
        Assignment assignment = optima.assignment(pool);
        Matching matching = chosen;
        if (a.outputs() == b.outputs()) {
            Matching identity = Matching.identity(a.outputs());
            if (isAsGood(identity, chosen, costs, assignment, preference)) {
                matching = identity;
            }
        }
        return result(matching, assignment.gap());
    }

    /**
     * A matching within a tolerance of the cheapest one, for layers that are too large for an exact one.
     *
     * @param tolerance of the mean distance, above 0
     */
    LayerDistance matchWithin(double tolerance, TieRule rule) {
        try (SparseCosts costs = NeuronCosts.between(a, b, inputs, pool)) {
            Assignment assignment = new AuctionSolver(tolerance).solve(costs, pool);
            // What no common input pairs is paired anew: those without any input are 0 apart.
            int[] columnOfRow = assignment.matching().toArray();
            for (int i = 0; i < columnOfRow.length; i++) {
                if (columnOfRow[i] != Matching.NONE && costs.cost(i, columnOfRow[i]) == costs.defaultCost()) {
                    columnOfRow[i] = Matching.NONE;
                }
            }
            return result(LeftOver.complete(columnOfRow, a, b, rule), assignment.gap());
        }
    }

    /** Output neuron {@code i} with output neuron {@code i}: the only matching that is allowed. */
    LayerDistance pinned() {
        if (a.outputs() != b.outputs()) {
            throw new IllegalArgumentException(
                    "cannot compare %d output neurons with %d, each with itself: expected equally many, or matched ones"
                            .formatted(a.outputs(), b.outputs()));
        }
        return result(Matching.identity(a.outputs()), 0);
    }

    private LayerDistance result(Matching matching, double gap) {
        return new LayerDistance(MatchedDistance.of(a, b, inputs, matching), matching,
                gap / Math.max(a.outputs(), b.outputs()));
    }

    /** Whether the identity is optimal and the rule likes it as well as what it chose. */
    private boolean isAsGood(Matching identity, Matching chosen, SparseCosts costs, Assignment optimum,
            OptimalMatchings.Preference preference) {
        long more = 0;
        for (int i = 0; i < a.outputs(); i++) {
            more += preference.of(i, i) - preference.of(i, chosen.column(i));
        }
        if (more < 0) {
            return false;
        }
        // Costs in whole units: optimal means equal.
        double cost = 0;
        for (int i = 0; i < a.outputs(); i++) {
            cost += costs.cost(i, identity.column(i));
        }
        return Math.abs(cost - optimum.cost()) < costs.unit() / 2;
    }
}
