package dev.filigree.cli.workloads;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.filigree.cli.run.MachineFacts;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one run of the reference workloads.
 *
 * @param machine what they ran on
 * @param rows in the order of their measurement
 * @param notes what is missing and why, one sentence each
 */
public record WorkloadReport(MachineFacts machine, List<Row> rows, List<String> notes) {
    /**
     * One measurement beside its peer.
     *
     * @param layers neurons per layer, inputs and outputs included
     * @param connectivity which connections exist, in words
     * @param speedUpOverDense seconds of the dense network of the same run, with as many threads, over this one's;
     *        null if it was not measured
     */
    public record Row(@JsonUnwrapped Measurement measurement, String layers, String connectivity,
            @Nullable Double speedUpOverDense) {}

    /** Puts measurements beside their peers. */
    public static WorkloadReport of(MachineFacts machine, List<Measurement> measurements, List<String> notes) {
        return new WorkloadReport(machine, measurements.stream().map(measurement -> row(measurement, measurements))
                .toList(), notes);
    }

    private static Row row(Measurement measurement, List<Measurement> all) {
        Workload workload = WorkloadCatalogue.named(measurement.workload());
        String peer = workload.dense().name();
        Double speedUp = workload.isDense()
                ? null
                : all.stream()
                        .filter(other -> other.workload().equals(peer) && other.threads() == measurement.threads())
                        .map(dense -> dense.seconds() / measurement.seconds()).findFirst().orElse(null);
        return new Row(measurement, workload.layers(), workload.connectivity(), speedUp);
    }
}
