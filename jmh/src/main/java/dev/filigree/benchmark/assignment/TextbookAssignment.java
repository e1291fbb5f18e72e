package dev.filigree.benchmark.assignment;

import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The textbook's Hungarian method as a peer. */
@State(Scope.Benchmark)
@SuppressWarnings("NullAway.Init") // JMH calls the set-up before anything else
public class TextbookAssignment {
    private int[][] costs;

    /** Takes the costs, and compares the answers once. */
    @Setup(Level.Trial)
    public void fill(CostOperands operands) {
        costs = operands.costs();
        operands.requireOptimum("the textbook's method", TextbookHungarian.cost(costs, solve()));
    }

    /** Solves the problem. */
    public int[] solve() {
        return TextbookHungarian.solve(costs);
    }
}
