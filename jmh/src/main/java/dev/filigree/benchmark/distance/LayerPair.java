package dev.filigree.benchmark.distance;

import dev.filigree.assignment.Assignment;
import dev.filigree.assignment.AuctionSolver;
import dev.filigree.assignment.Matching;
import dev.filigree.assignment.SparseCosts;
import dev.filigree.assignment.SparseSolver;
import dev.filigree.benchmark.assignment.TextbookHungarian;
import dev.filigree.distance.LayerDistance;
import dev.filigree.distance.NeuronCosts;
import dev.filigree.parallel.WorkerPool;
import dev.filigree.topology.ErdosRenyi;
import dev.filigree.topology.LayerTopology;
import dev.filigree.topology.Sparsity;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Two independent random layers, as many inputs as outputs, and the costs of pairing their neurons. */
@State(Scope.Benchmark)
@SuppressWarnings("NullAway.Init") // JMH calls the set-up before anything else
public class LayerPair {
    /** Output neurons of each layer. */
    @Param("1000")
    public int neurons;

    /** Share of the connections that exist. */
    @Param("0.005")
    public double density;

    /** Threads that Filigree may use; its peer uses one. */
    @Param("1")
    public int threads;

    private LayerTopology a;
    private LayerTopology b;
    private Matching inputs;
    private WorkerPool pool;
    private SparseCosts costs;
    private int[][] units;

    /** Draws the layers and solves them once. */
    @Setup(Level.Trial)
    public void draw() {
        Sparsity sparsity = new Sparsity.Density(density);
        a = ErdosRenyi.generate(neurons, neurons, sparsity, 1);
        b = ErdosRenyi.generate(neurons, neurons, sparsity, 2);
        inputs = Matching.identity(neurons);
        pool = new WorkerPool(threads);
        costs = NeuronCosts.between(a, b, inputs, pool);
        if (solve().gap() != 0) {
            throw new IllegalStateException("the optimum has a gap of " + solve().gap());
        }
        units = new int[0][];
    }

    /** Frees the layers. */
    @TearDown(Level.Trial)
    public void close() {
        costs.close();
        pool.close();
        a.close();
        b.close();
    }

    /** Counts common inputs and makes costs of them; returns how many pairs share one. */
    public long makeCosts() {
        try (SparseCosts made = NeuronCosts.between(a, b, inputs, pool)) {
            return made.storedPairs();
        }
    }

    /** The optimum, certified. */
    public Assignment solve() {
        return new SparseSolver().solve(costs, pool);
    }

    /** A matching within a tolerance, certified. */
    public Assignment solveWithin(double tolerance) {
        return new AuctionSolver(tolerance).solve(costs, pool);
    }

    /** All of it: costs, optimum, choice among the optima. */
    public LayerDistance distance() {
        return LayerDistance.between(a, b, inputs, pool);
    }

    /**
     * The textbook's method on the same costs, every one stored, in whole units.
     *
     * @throws IllegalStateException if it finds another optimum
     */
    public int[] solveByTextbook() {
        if (units.length == 0) {
            units = units();
            int[] columns = TextbookHungarian.solve(units);
            double cost = TextbookHungarian.cost(units, columns) * costs.unit();
            if (Math.abs(cost - solve().cost()) > costs.unit() / 2) {
                throw new IllegalStateException(
                        "Filigree finds a cost of %s, the textbook of %s; times of different answers are not compared"
                                .formatted(solve().cost(), cost));
            }
        }
        return TextbookHungarian.solve(units);
    }

    private int[][] units() {
        int[][] all = new int[neurons][neurons];
        for (int i = 0; i < neurons; i++) {
            for (int j = 0; j < neurons; j++) {
                all[i][j] = (int) Math.rint(costs.cost(i, j) / costs.unit());
            }
        }
        return all;
    }
}
