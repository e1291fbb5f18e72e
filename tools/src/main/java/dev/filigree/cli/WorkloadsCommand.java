package dev.filigree.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.filigree.cli.run.MachineFacts;
import dev.filigree.cli.train.OptionCheck;
import dev.filigree.cli.workloads.Measurement;
import dev.filigree.cli.workloads.RowProcess;
import dev.filigree.cli.workloads.Workload;
import dev.filigree.cli.workloads.WorkloadCatalogue;
import dev.filigree.cli.workloads.WorkloadReport;
import dev.filigree.cli.workloads.WorkloadRun;
import dev.filigree.cli.workloads.WorkloadText;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Trains the reference workloads and prints one table of what they take. */
@Command(name = "workloads", sortOptions = false, subcommands = WorkloadRowCommand.class, //
        synopsisSubcommandLabel = "", //
        description = {"Trains the reference workloads, each in a process of its own, and prints one table of time, "
                + "memory and loss.%n", //
                "  W1  784-1000-1000-1000-10, epsilon 20, Fashion-MNIST", //
                "  W2  3072-4000-1000-4000-10, epsilon 20, 50,000 synthetic images like CIFAR-10", //
                "  W3  3072-1024-512-10, the same data, overall density 1 to 0.001, a row each", //
                "  W4  784-20000-20000-20000-10, epsilon 10, Fashion-MNIST", //
                "  W5  784-350000-350000-350000-10, epsilon 5, Fashion-MNIST, 20 steps:",
                "      over a million neurons%n"}, //
        footerHeading = "%nExamples:%n", //
        footer = {"  filigree workloads", "  filigree workloads --only W1,W3:0.01 --dense",
                "  filigree workloads --only W5 --threads 2 --json"})
final class WorkloadsCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--only", split = ",", paramLabel = "NAME", //
            description = "These workloads instead of all; W3:0.01 is a single row of W3.")
    private List<String> only = List.of();

    @Option(names = "--threads", split = ",", paramLabel = "N", //
            description = "Worker threads, a row each (default: 1,2).")
    private List<Integer> threads = List.of(1, 2);

    @Option(names = "--epochs", paramLabel = "N", description = "Epochs per row, 3 or more (default: ${DEFAULT-VALUE}).")
    private int epochs = 4;

    @Option(names = "--dense", //
            description = "Train the dense network of every shape too, on OpenBLAS, where that is feasible.")
    private boolean dense;

    @Option(names = "--samples", paramLabel = "N", //
            description = "Use no more than N training and N test samples, for a quick look.")
    private int samples = Integer.MAX_VALUE;

    @Option(names = "--json", description = "Print one JSON object instead of text.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        OptionCheck check = new OptionCheck(spec.commandLine());
        only.forEach(name -> check.requireOneOf("--only", name, WorkloadCatalogue.names()));
        threads.forEach(number -> check.requirePositive("--threads", number));
        check.require(epochs >= WorkloadRun.MIN_EPOCHS, "--epochs", epochs,
                WorkloadRun.MIN_EPOCHS + " or more: the first is not timed and the last does not rewire");
        check.requirePositive("--samples", samples);
        List<Workload> workloads = WorkloadCatalogue.select(only, dense);
        List<String> notes = new ArrayList<>();
        if (dense) {
            workloads.stream().filter(workload -> !workload.denseIsFeasible())
                    .forEach(workload -> notes.add("%s: no dense row, its %,d connections are too many."
                            .formatted(workload.name(), workload.denseConnections())));
        }
        List<Measurement> measurements = new ArrayList<>();
        boolean complete = measure(workloads, measurements, notes);
        print(WorkloadReport.of(MachineFacts.current(), measurements, notes));
        return complete ? 0 : Filigree.FAILED;
    }

    /** Measures row by row; one that fails becomes a note, for the others may have taken an hour. */
    private boolean measure(List<Workload> workloads, List<Measurement> measurements, List<String> notes) {
        PrintWriter err = spec.commandLine().getErr();
        RowProcess process = new RowProcess(Filigree.class.getName());
        List<Integer> counts = threads.stream().distinct().toList();
        int total = workloads.size() * counts.size();
        int row = 0;
        boolean complete = true;
        for (Workload workload : workloads) {
            for (int count : counts) {
                err.printf("row %d of %d: %s %s, %s, threads: %d%n", ++row, total, workload.name(), workload.layers(),
                        workload.connectivity(), count);
                err.flush();
                try {
                    measurements.add(process.measure(List.of("workloads", "row", workload.name(), "--threads",
                            String.valueOf(count), "--epochs", String.valueOf(epochs), "--samples",
                            String.valueOf(samples))));
                } catch (IOException e) {
                    complete = false;
                    String failure = "%s, threads: %d: failed: %s".formatted(workload.name(), count, e.getMessage());
                    err.println("filigree: " + failure);
                    err.flush();
                    notes.add(failure);
                }
            }
        }
        return complete;
    }

    private void print(WorkloadReport report) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(new ObjectMapper().writer(SerializationFeature.INDENT_OUTPUT).writeValueAsString(report));
        } else {
            WorkloadText.print(report, out);
        }
        out.flush();
    }
}
