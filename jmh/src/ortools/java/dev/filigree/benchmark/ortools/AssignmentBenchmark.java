package dev.filigree.benchmark.ortools;

import dev.filigree.benchmark.SteadyState;
import dev.filigree.benchmark.assignment.CostOperands;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;

/** A dense assignment problem, solved to the optimum. */
@Fork(1)
public class AssignmentBenchmark extends SteadyState {
    /** By OR-tools' cost-scaling push-relabel method. */
    @Benchmark
    public long orTools(CostOperands costs, OrToolsAssignment peer) {
        return peer.solve();
    }
}
