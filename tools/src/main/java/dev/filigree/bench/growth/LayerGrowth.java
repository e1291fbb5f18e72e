package dev.filigree.bench.growth;

import dev.filigree.assignment.Assignment;
import dev.filigree.assignment.AssignmentSolver;
import dev.filigree.assignment.AuctionSolver;
import dev.filigree.assignment.Matching;
import dev.filigree.assignment.SparseCosts;
import dev.filigree.assignment.SparseSolver;
import dev.filigree.distance.NeuronCosts;
import dev.filigree.parallel.WorkerPool;
import dev.filigree.topology.ErdosRenyi;
import dev.filigree.topology.LayerTopology;
import dev.filigree.topology.Sparsity;

/** Compares random layers of growing size: pairs that resemble each other exactly, unrelated ones within a tolerance. */
public final class LayerGrowth {
    /** Share of the connections that differ between related layers. */
    public static final double MOVED = 0.3;

    /** Most neurons of a layer: some arrays have a few elements more. */
    public static final int MOST_NEURONS = 1_000_000_000;

    /** Of an array and the reference to it. */
    private static final int HEAP_BYTES_PER_ROW = 24;

    private final double epsilon;
    private final double tolerance;
    private final WorkerPool pool;

    /**
     * Prepares.
     *
     * @param epsilon of the layers: each has {@code 2 · epsilon} connections per neuron
     * @param tolerance of the distance of unrelated layers
     */
    public LayerGrowth(double epsilon, double tolerance, WorkerPool pool) {
        this.epsilon = epsilon;
        this.tolerance = tolerance;
        this.pool = pool;
    }

    private static LayerTopology related(LayerTopology layer) {
        try (LayerTopology moved = RelatedLayer.moved(layer, MOVED, 2)) {
            return RelatedLayer.shuffled(moved, 3);
        }
    }

    /** About as many bytes as comparing two layers takes outside the Java heap: those of the costs. */
    public static double offHeapBytes(double epsilon, int neurons) {
        double fanIn = Math.min(neurons, 2 * epsilon);
        // An input that leads to k neurons of either layer makes k² pairs; of related layers it leads to as many in both.
        return Long.BYTES * (double) neurons * Math.min(neurons, fanIn * (fanIn + 1));
    }

    /** About as many bytes as comparing two layers takes in the Java heap: a related layer is made there. */
    public static double heapBytes(double epsilon, int neurons) {
        return neurons * (HEAP_BYTES_PER_ROW + Integer.BYTES * Math.min(neurons, 2 * epsilon));
    }

    /** Compares two layers of so many neurons. */
    public GrowthPoint measure(int neurons, boolean related) {
        double density = Math.min(1, 2 * epsilon / neurons);
        try (LayerTopology a = ErdosRenyi.generate(neurons, neurons, new Sparsity.Density(density), 1);
                LayerTopology b = related
                        ? related(a)
                        : ErdosRenyi.generate(neurons, neurons, new Sparsity.Density(density), 2)) {
            long start = System.nanoTime();
            try (SparseCosts costs = NeuronCosts.between(a, b, Matching.identity(neurons), pool)) {
                long made = System.nanoTime();
                AssignmentSolver<SparseCosts> solver = related ? new SparseSolver() : new AuctionSolver(tolerance);
                Assignment assignment = solver.solve(costs, pool);
                long end = System.nanoTime();
                return new GrowthPoint(neurons, related, costs.storedPairs(), 1e-9 * (made - start),
                        1e-9 * (end - made), assignment.cost() / neurons, assignment.gap() / neurons, costs.bytes());
            }
        }
    }
}
