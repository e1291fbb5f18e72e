package dev.filigree.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.filigree.cli.distance.Epochs;
import dev.filigree.cli.files.OutputFiles;
import dev.filigree.cli.inspect.MetricsReport;
import dev.filigree.cli.inspect.MetricsText;
import dev.filigree.cli.inspect.NetworkReport;
import dev.filigree.cli.inspect.NetworkText;
import dev.filigree.cli.run.RunDirectory;
import dev.filigree.cli.run.RunRecord;
import dev.filigree.cli.train.OptionCheck;
import dev.filigree.io.topology.BiasRow;
import dev.filigree.io.topology.NetworkFiles;
import dev.filigree.io.topology.TopologyDirectory;
import dev.filigree.network.Activation;
import dev.filigree.network.Dropout;
import dev.filigree.network.LayerSpec;
import dev.filigree.topology.NetworkTopology;
import dev.filigree.topology.Sparsity;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows the structure of a saved network. */
@Command(name = "inspect", //
        description = "Shows the structure of a saved network, layer by layer: connections, density, fan-in and fan-out, "
                + "dead neurons and memory; or, with --metrics, what network science measures of its topology and of how "
                + "that has changed.", //
        footerHeading = "%nExamples:%n", //
        footer = {"  filigree inspect runs/wide", "  filigree inspect runs/wide --epoch 0 --json",
                "  filigree inspect runs/wide/topology/epoch_003", //
                "  filigree inspect runs/wide --metrics --epochs all --csv topology-metrics.csv"})
final class InspectCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "PATH", //
            description = "A run, a folder with epoch_NNN/ in it, or one with weight_l0.npz, weight_l1.npz, …")
    private Path path;

    @Option(names = {"--epoch", "--epochs"}, paramLabel = "N[,N…]", //
            description = "The network as saved after this epoch, before the rewiring that follows; 0 for the one before training (default: "
                    + "the last one). With --metrics also several, or 'all'.")
    private @Nullable String epochs;

    @Option(names = "--metrics", //
            description = "Measure the topology: degrees with power laws and hubs, active neurons, connections explored so "
                    + "far, overlap with earlier epochs, singular values, components and paths.")
    private boolean metrics;

    @Option(names = "--csv", paramLabel = "FILE", description = "Also write the metrics as a table.")
    private @Nullable Path csv;

    @Option(names = "--json", description = "Print JSON instead of text: one object, or an array of them with --metrics.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        OptionCheck check = new OptionCheck(spec.commandLine());
        Epochs selected = selectedEpochs(check);
        if (metrics) {
            measure(selected);
        } else {
            check.require(selected == null || !selected.areSeveral(), "--epochs", String.valueOf(epochs),
                    "one epoch, or --metrics beside it");
            if (csv != null) {
                throw check.error("--csv writes metrics, expected --metrics beside it");
            }
            show(selected);
        }
        spec.commandLine().getOut().flush();
        return 0;
    }

    private @Nullable Epochs selectedEpochs(OptionCheck check) {
        try {
            return epochs == null ? null : Epochs.parse(epochs);
        } catch (IllegalArgumentException e) {
            throw check.error("--epochs: " + e.getMessage());
        }
    }

    private void measure(@Nullable Epochs selected) throws IOException {
        if (csv != null) {
            OutputFiles.checkWritable(csv);
        }
        PrintWriter out = spec.commandLine().getOut();
        MetricsReport report = MetricsReport.of(path, selected);
        if (csv != null) {
            OutputFiles.write(csv, file -> report.csv().write(file));
        }
        if (json) {
            out.println(report.json().toPrettyString());
        } else {
            MetricsText.print(report, out);
        }
    }

    private void show(@Nullable Epochs selected) throws IOException {
        TopologyDirectory networks = TopologyDirectory.open(path);
        Path network = selected == null
                ? networks.lastNetwork()
                : networks.networkAt(selected.of(networks, path).iterator().next());
        PrintWriter out = spec.commandLine().getOut();
        try (NetworkTopology topology = NetworkFiles.readTopology(network, BiasRow.AUTO)) {
            NetworkReport report = NetworkReport.of(network, topology, specs(network, topology));
            if (json) {
                ObjectMapper mapper = new ObjectMapper();
                out.println(mapper.writer(SerializationFeature.INDENT_OUTPUT).writeValueAsString(report));
            } else {
                NetworkText.print(report, out);
            }
        }
    }

    /** A run knows which layers are dense; elsewhere those with every connection are taken to be. */
    private List<LayerSpec> specs(Path network, NetworkTopology topology) throws IOException {
        if (Files.exists(path.resolve("run.json"))) {
            RunRecord record = RunDirectory.open(path).read();
            return record.settings().network().layers(record.network().inputs(),
                    record.network().outputs());
        }
        return IntStream.range(0, topology.depth()).mapToObj(l -> new LayerSpec(topology.layer(l).outputs(),
                topology.layer(l).density() < 1 ? new Sparsity.Density(1) : null,
                Files.exists(NetworkFiles.activationFile(network, l)) ? Activation.SRELU : Activation.LINEAR,
                Dropout.NONE)).toList();
    }
}
