package dev.filigree.benchmark.assignment;

import dev.filigree.assignment.Assignment;
import dev.filigree.assignment.DenseCosts;
import dev.filigree.assignment.DenseSolver;
import dev.filigree.parallel.WorkerPool;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** One dense assignment problem, the same integers for every contender. */
@State(Scope.Benchmark)
@SuppressWarnings("NullAway.Init") // JMH calls the set-up before anything else
public class CostOperands {
    /** What the costs are like. */
    @Param({"NNSTD", "UNIFORM", "SMALL_INTEGERS", "PRODUCTS", "BLOCKS"})
    public CostFamily family;

    /** Number of rows and of columns. */
    @Param({"784", "1000"})
    public int size;

    /** Threads that Filigree may use; its peers use one. */
    @Param("1")
    public int threads;

    private final DenseSolver solver = new DenseSolver();
    private int[][] costs;
    private DenseCosts dense;
    private WorkerPool pool;
    private long optimum;

    /** Draws the costs, and solves them once. */
    @Setup(Level.Trial)
    public void draw() {
        costs = family.costs(size, 7);
        dense = DenseCosts.of(costs);
        pool = new WorkerPool(threads);
        Assignment assignment = solve();
        if (assignment.gap() != 0) {
            throw new IllegalStateException("the optimum of integers has a gap of " + assignment.gap());
        }
        optimum = (long) assignment.cost();
    }

    /** Stops the threads. */
    @TearDown(Level.Trial)
    public void close() {
        pool.close();
    }

    /** Solves with Filigree, with the certificate. */
    public Assignment solve() {
        return solver.solve(dense, pool);
    }

    /** The costs, row after row; not to be changed. */
    public int[][] costs() {
        return costs;
    }

    /**
     * Refuses to compare times of contenders whose answers differ.
     *
     * @throws IllegalStateException if the cost that the peer found is not the optimum
     */
    public void requireOptimum(String peer, long cost) {
        if (cost != optimum) {
            throw new IllegalStateException(
                    "Filigree finds a cost of %d, %s of %d; times of different answers are not compared"
                            .formatted(optimum, peer, cost));
        }
    }
}
