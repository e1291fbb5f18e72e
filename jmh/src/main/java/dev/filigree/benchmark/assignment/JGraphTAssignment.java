package dev.filigree.benchmark.assignment;

import java.util.LinkedHashSet;
import java.util.Set;
import org.jgrapht.Graph;
import org.jgrapht.alg.matching.KuhnMunkresMinimalWeightBipartitePerfectMatching;
import org.jgrapht.graph.DefaultWeightedEdge;
import org.jgrapht.graph.SimpleWeightedGraph;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** JGraphT's Kuhn–Munkres method as a peer; its graph is built beforehand. */
@State(Scope.Benchmark)
@SuppressWarnings("NullAway.Init") // JMH calls the set-up before anything else
public class JGraphTAssignment {
    /** Its graph takes gigabytes, and its search minutes, beyond. */
    private static final int LARGEST = 1000;

    private final Set<Integer> rows = new LinkedHashSet<>();
    private final Set<Integer> columns = new LinkedHashSet<>();
    private Graph<Integer, DefaultWeightedEdge> graph;

    /**
     * Builds the graph, and compares the answers once.
     *
     * @throws IllegalArgumentException if the problem is too large for it
     */
    @Setup(Level.Trial)
    public void fill(CostOperands operands) {
        int[][] costs = operands.costs();
        int size = costs.length;
        if (size > LARGEST) {
            throw new IllegalArgumentException(
                    "size is %d; JGraphT takes minutes beyond %d, choose with -p size=".formatted(size, LARGEST));
        }
        graph = new SimpleWeightedGraph<>(DefaultWeightedEdge.class);
        for (int i = 0; i < size; i++) {
            graph.addVertex(i);
            rows.add(i);
            graph.addVertex(size + i);
            columns.add(size + i);
        }
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                graph.setEdgeWeight(graph.addEdge(i, size + j), costs[i][j]);
            }
        }
        operands.requireOptimum("JGraphT", (long) solve());
    }

    /** Solves the problem; returns the cost. */
    public double solve() {
        return new KuhnMunkresMinimalWeightBipartitePerfectMatching<>(graph, rows, columns).getMatching().getWeight();
    }
}
