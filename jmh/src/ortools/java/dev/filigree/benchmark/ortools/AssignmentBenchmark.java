package dev.filigree.benchmark.ortools;

import dev.filigree.benchmark.SteadyState;
import dev.filigree.benchmark.assignment.CostOperands;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Warmup;

/** A dense assignment problem, solved to the optimum. */
@Fork(1)
@Warmup(iterations = 8, time = 500, timeUnit = TimeUnit.MILLISECONDS) // takes long to compile
public class AssignmentBenchmark extends SteadyState {
    /** By OR-tools' cost-scaling push-relabel method. */
    @Benchmark
    public long orTools(CostOperands costs, OrToolsAssignment peer) {
        return peer.solve();
    }
}
