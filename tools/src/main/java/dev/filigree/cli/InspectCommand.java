package dev.filigree.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
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
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows the structure of a saved network. */
@Command(name = "inspect", //
        description = "Shows the structure of a saved network, layer by layer: connections, density, fan-in and fan-out, "
                + "dead neurons and memory.", //
        footerHeading = "%nExamples:%n", //
        footer = {"  filigree inspect runs/wide", "  filigree inspect runs/wide --epoch 0 --json",
                "  filigree inspect runs/wide/topology/epoch_003"})
final class InspectCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "PATH", //
            description = "A run, a folder with epoch_NNN/ in it, or one with weight_l0.npz, weight_l1.npz, …")
    private Path path;

    @Option(names = "--epoch", paramLabel = "N", //
            description = "The network after this epoch, 0 for the one before training; the last one unless given.")
    private @Nullable Integer epoch;

    @Option(names = "--json", description = "Print one JSON object instead of text.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        new OptionCheck(spec.commandLine()).require(epoch == null || epoch >= 0, "--epoch", String.valueOf(epoch),
                "0 or more");
        TopologyDirectory networks = TopologyDirectory.open(path);
        Path network = epoch == null ? networks.lastNetwork() : networks.networkAt(epoch);
        PrintWriter out = spec.commandLine().getOut();
        try (NetworkTopology topology = NetworkFiles.readTopology(network, BiasRow.AUTO)) {
            NetworkReport report = NetworkReport.of(network, topology, specs(topology));
            if (json) {
                ObjectMapper mapper = new ObjectMapper();
                out.println(mapper.writer(SerializationFeature.INDENT_OUTPUT).writeValueAsString(report));
            } else {
                NetworkText.print(report, out);
            }
        }
        out.flush();
        return 0;
    }

    /** A run knows which layers are dense; elsewhere those with every connection are taken to be. */
    private List<LayerSpec> specs(NetworkTopology topology) throws IOException {
        if (Files.exists(path.resolve("run.json"))) {
            RunRecord record = RunDirectory.open(path).read();
            return record.settings().network().layers(record.network().inputs(),
                    record.network().outputs());
        }
        return topology.layers().stream()
                .map(layer -> new LayerSpec(layer.outputs(),
                        layer.density() < 1 ? new Sparsity.Density(1) : null, Activation.LINEAR, Dropout.NONE))
                .toList();
    }
}
