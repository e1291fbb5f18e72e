package dev.filigree.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.filigree.cli.workloads.WorkloadCatalogue;
import dev.filigree.cli.workloads.WorkloadRun;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Measures one row of {@link WorkloadsCommand} in this process and prints it as one line of JSON. */
@Command(name = "row", hidden = true, description = "Measures one row in this process.")
final class WorkloadRowCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "WORKLOAD")
    private String workload;

    @Option(names = "--threads", required = true)
    private int threads;

    @Option(names = "--epochs", required = true)
    private int epochs;

    @Option(names = "--samples", required = true)
    private int samples;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        out.println(new ObjectMapper().writeValueAsString(
                new WorkloadRun(WorkloadCatalogue.named(workload), threads).measure(epochs, samples)));
        out.flush();
        return 0;
    }
}
