package dev.filigree.cli.train;

import dev.filigree.cli.run.StartSettings;
import dev.filigree.io.topology.TopologyDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;

/** The saved network that training begins from, if any. */
public final class StartOptions {
    /** What a saved network decides. */
    private static final List<String> DECIDED = List.of("--hidden", "--epsilon", "--density", "--dense",
            "--distribution", "--topology-model", "--sparse-output");

    private static final Pattern WITH_EPOCH = Pattern.compile("(.+):([0-9]{1,9})");

    @Option(names = "--topology", paramLabel = "DIR[:EPOCH]", //
            description = "Begin with the connections of a saved network instead of random ones, and with fresh weights: "
                    + "a run, a folder with epoch_NNN (the last one unless EPOCH is given) or with weight_l0.npz, …")
    private @Nullable String topology;

    @Option(names = "--keep-weights", description = "Begin with the weights and biases of --topology too.")
    private boolean keepWeights;

    /** For picocli. */
    public StartOptions() {}

    /**
     * The settings, checked.
     *
     * @param given all options of the command line
     * @return null for a random start
     * @throws IOException if there is no such network
     */
    @Nullable
    StartSettings settings(OptionCheck check, ParseResult given) throws IOException {
        if (topology == null) {
            if (keepWeights) {
                throw check.error(
                        "--keep-weights takes over the weights of a saved network, expected --topology beside it");
            }
            return null;
        }
        check.require(!topology.isEmpty(), "--topology", "empty", "a path");
        for (String option : DECIDED) {
            if (given.hasMatchedOption(option)) {
                throw check.error("--topology decides over the layers, expected no %s beside it".formatted(option));
            }
        }
        return new StartSettings(network(topology).toAbsolutePath().normalize().toString(), keepWeights);
    }

    private static Path network(String text) throws IOException {
        Matcher matcher = WITH_EPOCH.matcher(text);
        return matcher.matches()
                ? TopologyDirectory.open(Path.of(matcher.group(1))).networkAt(Integer.parseInt(matcher.group(2)))
                : TopologyDirectory.open(Path.of(text)).lastNetwork();
    }
}
