package dev.filigree.benchmark.ortools;

import com.google.ortools.Loader;
import com.google.ortools.graph.LinearSumAssignment;
import dev.filigree.benchmark.assignment.CostOperands;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** OR-tools' {@code LinearSumAssignment} as a peer; its arcs are added beforehand, one call into native code each. */
@State(Scope.Benchmark)
@SuppressWarnings("NullAway.Init") // JMH calls the set-up before anything else
public class OrToolsAssignment {
    private LinearSumAssignment assignment;

    /** Adds the arcs, and compares the answers once. */
    @Setup(Level.Trial)
    public void fill(CostOperands operands) {
        Loader.loadNativeLibraries();
        assignment = new LinearSumAssignment();
        int[][] costs = operands.costs();
        for (int i = 0; i < costs.length; i++) {
            for (int j = 0; j < costs.length; j++) {
                assignment.addArcWithCost(i, j, costs[i][j]);
            }
        }
        operands.requireOptimum("OR-tools", solve());
    }

    /** Frees the arcs. */
    @TearDown(Level.Trial)
    public void close() {
        assignment.delete();
    }

    /** Solves the problem; returns the cost. */
    public long solve() {
        LinearSumAssignment.Status status = assignment.solve();
        if (status != LinearSumAssignment.Status.OPTIMAL) {
            throw new IllegalStateException("OR-tools finds no matching: " + status);
        }
        return assignment.getOptimalCost();
    }
}
