package dev.filigree.benchmark;

import dev.filigree.assignment.Assignment;
import dev.filigree.benchmark.assignment.CostOperands;
import dev.filigree.benchmark.assignment.JGraphTAssignment;
import dev.filigree.benchmark.assignment.TextbookAssignment;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Warmup;

/** A dense assignment problem, solved to the optimum. */
@Fork(1)
@Warmup(iterations = 8, time = 500, timeUnit = TimeUnit.MILLISECONDS) // takes long to compile
public class AssignmentBenchmark extends SteadyState {
    /** By prices and shortest paths, with the certificate. */
    @Benchmark
    public Assignment filigree(CostOperands costs) {
        return costs.solve();
    }

    /** By the textbook's Hungarian method. */
    @Benchmark
    public int[] textbook(CostOperands costs, TextbookAssignment peer) {
        return peer.solve();
    }

    /** By JGraphT's Kuhn–Munkres method; up to 1000 rows. */
    @Benchmark
    public double jgrapht(CostOperands costs, JGraphTAssignment peer) {
        return peer.solve();
    }
}
