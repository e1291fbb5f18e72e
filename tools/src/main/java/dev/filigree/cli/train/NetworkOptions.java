package dev.filigree.cli.train;

import dev.filigree.cli.run.ActivationChoice;
import dev.filigree.cli.run.NetworkSettings;
import dev.filigree.cli.run.NetworkSettings.Distribution;
import dev.filigree.cli.run.NetworkSettings.FanIn;
import dev.filigree.cli.run.NetworkSettings.Init;
import dev.filigree.cli.run.TopologyChoice;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What network to build. */
public final class NetworkOptions {
    @Option(names = "--hidden", paramLabel = "N", split = ",", splitSynopsisLabel = ",", //
            defaultValue = TrainDefaults.HIDDEN, description = "Neurons of each hidden layer.")
    private List<Integer> hidden = List.of();

    @Option(names = "--epsilon", paramLabel = "E", //
            description = "Sparse layers with E * (inputs + outputs) connections; "
                    + TrainDefaults.EPSILON + " if neither this nor --density nor --dense is given.")
    private @Nullable Double epsilon;

    @Option(names = "--density", paramLabel = "D", split = ",", splitSynopsisLabel = ",", //
            description = "Sparse layers with this share of all connections, above 0 and at most 1: one number, or one "
                    + "for each sparse layer.")
    private @Nullable List<Double> density;

    @Option(names = "--distribution", paramLabel = "HOW", converter = DistributionConverter.class, //
            description = "How one --density is spread: uniform gives it to every sparse layer; erk gives it to all of "
                    + "them together, more to the smaller ones.")
    private Distribution distribution = TrainDefaults.DISTRIBUTION;

    @Option(names = "--topology-model", paramLabel = "MODEL", converter = TopologyConverter.class, //
            description = "How the first connections of sparse layers are chosen: er (Erdős–Rényi), bsw[:beta] (small "
                    + "world), brf[:r] (receptive fields), bsf (scale-free), csti (from correlated features). beta and r "
                    + "are the randomness, from 0 to 1.")
    private TopologyChoice topologyModel = TrainDefaults.TOPOLOGY_MODEL;

    @Option(names = "--dense", description = "Dense layers only.")
    private boolean dense;

    @Option(names = "--sparse-output", description = "Make the output layer sparse by the same rule; else it is dense.")
    private boolean sparseOutput;

    @Option(names = "--activation", paramLabel = "F", converter = ActivationConverter.class, //
            description = "Activation of the hidden layers: relu, leaky-relu[:slope], all-relu[:slope], tanh, sigmoid, "
                    + "srelu, linear. all-relu is a leaky ReLU whose slope alternates its sign by layer; srelu bends at "
                    + "two thresholds, and learns these and the slopes beyond them for every neuron.")
    private ActivationChoice activation = TrainDefaults.ACTIVATION;

    @Option(names = "--dropout", paramLabel = "P", //
            description = "Probability of dropping an activation of a hidden layer in training.")
    private double dropout = TrainDefaults.DROPOUT;

    @Option(names = "--init", paramLabel = "DISTRIBUTION", converter = InitConverter.class, //
            description = "How initial weights are drawn: ${COMPLETION-CANDIDATES}.")
    private Init init = TrainDefaults.INIT;

    @Option(names = "--fan-in", paramLabel = "KIND", converter = FanInConverter.class, //
            description = "Fan-in that scales them: of the existing connections or as if dense: "
                    + "${COMPLETION-CANDIDATES}.")
    private FanIn fanIn = TrainDefaults.FAN_IN;

    /** For picocli. */
    public NetworkOptions() {}

    /** The settings, checked. */
    public NetworkSettings settings(OptionCheck check) {
        check.require(!hidden.isEmpty() && hidden.stream().allMatch(neurons -> neurons >= 1), "--hidden",
                hidden.isEmpty() ? "empty" : join(hidden), "layers of 1 neuron or more");
        checkSparsity(check);
        check.requireFraction("--dropout", dropout);
        boolean nothingGiven = epsilon == null && density == null && !dense;
        Double usedEpsilon = nothingGiven ? Double.valueOf(TrainDefaults.EPSILON) : epsilon;
        return new NetworkSettings(hidden, usedEpsilon, density, distribution, topologyModel, sparseOutput, activation,
                dropout, init, fanIn);
    }

    private void checkSparsity(OptionCheck check) {
        if (epsilon != null && density != null) {
            throw check.error("--epsilon and --density exclude each other, expected one of them");
        }
        if (dense && (epsilon != null || density != null || sparseOutput)) {
            throw check.error("--dense makes every layer dense, expected no %s beside it"
                    .formatted(epsilon != null ? "--epsilon" : density != null ? "--density" : "--sparse-output"));
        }
        if (dense && topologyModel.kind() != TopologyChoice.Kind.ER) {
            throw check.error("--dense leaves no connections to choose, expected no --topology-model beside it");
        }
        if (epsilon != null) {
            check.requireAboveZero("--epsilon", epsilon);
        }
        if (density != null) {
            check.require(density.stream().allMatch(d -> d > 0 && d <= 1), "--density", join(density),
                    "numbers above 0 and at most 1");
            int sparseLayers = hidden.size() + (sparseOutput ? 1 : 0);
            check.require(density.size() == 1 || density.size() == sparseLayers, "--density", join(density),
                    "one number or %d, one for each sparse layer".formatted(sparseLayers));
        }
        if (distribution != Distribution.UNIFORM && (density == null || density.size() != 1)) {
            throw check
                    .error("--distribution %s spreads one density over the layers, expected --density with one number"
                            .formatted(distribution));
        }
    }

    private static String join(List<?> values) {
        return String.join(",", values.stream().map(String::valueOf).toList());
    }

    private static final class DistributionConverter extends ChoiceConverter<Distribution> {
        DistributionConverter() {
            super(Distribution.values());
        }
    }

    private static final class InitConverter extends ChoiceConverter<Init> {
        InitConverter() {
            super(Init.values());
        }
    }

    private static final class FanInConverter extends ChoiceConverter<FanIn> {
        FanInConverter() {
            super(FanIn.values());
        }
    }
}
