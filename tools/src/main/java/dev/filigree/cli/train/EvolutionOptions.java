package dev.filigree.cli.train;

import dev.filigree.cli.run.EvolutionSettings;
import dev.filigree.cli.run.EvolutionSettings.Drop;
import dev.filigree.cli.run.EvolutionSettings.Regrow;
import dev.filigree.cli.run.EvolutionSettings.Rule;
import dev.filigree.cli.run.EvolutionSettings.Updates;
import dev.filigree.cli.run.NetworkSettings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How connections change during training. */
public final class EvolutionOptions {
    private static final String EPOCH = "epoch";

    @Option(names = "--evolution", paramLabel = "RULE", converter = RuleConverter.class, //
            description = "How the connections of sparse layers change: ${COMPLETION-CANDIDATES}. set replaces the "
                    + "smallest by random ones, rigl by those of the largest gradients; snfs and dsr also move them "
                    + "between layers; gradual-pruning only removes, down to --final-density.")
    private Rule rule = TrainDefaults.EVOLUTION;

    @Option(names = "--zeta", paramLabel = "Z", //
            description = "Fraction of the connections that an update replaces, at first if it falls; set takes it of "
                    + "the smallest positive and of the largest negative weights.")
    private double zeta = TrainDefaults.ZETA;

    @Option(names = "--drop-schedule", paramLabel = "HOW", converter = DropConverter.class, //
            description = "How zeta changes until the last update: ${COMPLETION-CANDIDATES}; the latter two fall to 0 "
                    + "(default: constant, and cosine for rigl and snfs).")
    private @Nullable Drop drop;

    @Option(names = "--update-every", paramLabel = "N", //
            description = "Steps from one update to the next, or 'epoch' (default: epoch, and 100 for rigl and "
                    + "gradual-pruning).")
    private @Nullable String every;

    @Option(names = "--evolve-from", paramLabel = "FRACTION", //
            description = "Fraction of the training after which updates begin.")
    private double from = TrainDefaults.EVOLVE_FROM;

    @Option(names = "--evolve-until", paramLabel = "FRACTION", //
            description = "Fraction of the training after which updates end (default: 1, and 0.75 for rigl and "
                    + "gradual-pruning).")
    private @Nullable Double until;

    @Option(names = "--final-density", paramLabel = "D", //
            description = "Share of all connections that the layers that change have after the last update, together; "
                    + "they get there fast at first and slowly later (default: as many as they had).")
    private @Nullable Double finalDensity;

    @Option(names = "--regrow", paramLabel = "HOW", converter = RegrowConverter.class, //
            description = "Where weights of new connections begin: at 0, or drawn like the initial ones: "
                    + "${COMPLETION-CANDIDATES}.")
    private Regrow regrow = TrainDefaults.REGROW;

    @Option(names = "--evolve-output", description = "Rewire the output layer too; needs --sparse-output.")
    private boolean evolveOutput;

    @Mixin
    private NeuronPruningOptions neurons = new NeuronPruningOptions();

    /** For picocli. */
    public EvolutionOptions() {}

    /**
     * The settings, checked. A network without sparse layers is static whatever was asked for.
     *
     * @param epochs of the training
     */
    public EvolutionSettings settings(OptionCheck check, NetworkSettings network, int epochs) {
        check.requireFraction("--zeta", zeta);
        if (evolveOutput && !network.sparseOutput()) {
            throw check.error("--evolve-output needs a sparse output layer, expected --sparse-output beside it");
        }
        checkDensity(check, network);
        boolean withinEpochs = rule == Rule.RIGL || rule == Rule.GRADUAL_PRUNING;
        double end = until != null ? until : withinEpochs ? TrainDefaults.EVOLVE_UNTIL_WITHIN_EPOCHS : 1;
        check.require(end > 0 && end <= 1, "--evolve-until", end, "a fraction above 0 and at most 1");
        check.require(from >= 0 && from < end, "--evolve-from", from,
                "a fraction of at least 0 and below --evolve-until, which is " + end);
        Drop falling = rule == Rule.RIGL || rule == Rule.SNFS ? Drop.COSINE : Drop.CONSTANT;
        return new EvolutionSettings(network.allDense() ? Rule.STATIC : rule, zeta, regrow, evolveOutput,
                drop != null ? drop : falling,
                new Updates(steps(check, withinEpochs ? TrainDefaults.UPDATE_EVERY_STEPS : 0), from, end),
                finalDensity, network.allDense() ? null : neurons.settings(check, epochs));
    }

    private void checkDensity(OptionCheck check, NetworkSettings network) {
        if (finalDensity != null) {
            check.require(finalDensity > 0 && finalDensity <= 1, "--final-density", finalDensity,
                    "a number above 0 and at most 1");
            if (rule == Rule.STATIC) {
                throw check.error("--final-density needs a rule that changes connections, expected no "
                        + "--evolution static beside it");
            }
        } else if (rule == Rule.GRADUAL_PRUNING) {
            throw check.error("--evolution gradual-pruning needs a goal, expected --final-density beside it");
        }
        if (rule == Rule.GRADUAL_PRUNING && network.allDense()) {
            throw check.error("--dense makes layers that never change, expected --density 1 to prune complete layers");
        }
    }

    private int steps(OptionCheck check, int unlessGiven) {
        if (every == null || every.equals(EPOCH)) {
            return every == null ? unlessGiven : 0;
        }
        int steps;
        try {
            steps = Integer.parseInt(every);
        } catch (NumberFormatException e) {
            steps = 0;
        }
        check.require(steps >= 1, "--update-every", "'" + every + "'", "a number of steps, 1 or more, or " + EPOCH);
        return steps;
    }

    private static final class RuleConverter extends ChoiceConverter<Rule> {
        RuleConverter() {
            super(Rule.values());
        }
    }

    private static final class DropConverter extends ChoiceConverter<Drop> {
        DropConverter() {
            super(Drop.values());
        }
    }

    private static final class RegrowConverter extends ChoiceConverter<Regrow> {
        RegrowConverter() {
            super(Regrow.values());
        }
    }
}
