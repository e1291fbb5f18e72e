package dev.filigree.cli.train;

import dev.filigree.cli.run.EvolutionSettings;
import dev.filigree.cli.run.EvolutionSettings.Regrow;
import dev.filigree.cli.run.EvolutionSettings.Rule;
import dev.filigree.cli.run.NetworkSettings;
import picocli.CommandLine.Option;

/** How connections change between epochs. */
public final class EvolutionOptions {
    @Option(names = "--evolution", paramLabel = "RULE", converter = RuleConverter.class, //
            description = "How sparse layers are rewired between epochs: ${COMPLETION-CANDIDATES}.")
    private Rule rule = TrainDefaults.EVOLUTION;

    @Option(names = "--zeta", paramLabel = "Z", //
            description = "Fraction of the connections that SET replaces: of the smallest positive and of the largest "
                    + "negative weights.")
    private double zeta = TrainDefaults.ZETA;

    @Option(names = "--regrow", paramLabel = "HOW", converter = RegrowConverter.class, //
            description = "Where weights of new connections begin: at 0, or drawn like the initial ones: "
                    + "${COMPLETION-CANDIDATES}.")
    private Regrow regrow = TrainDefaults.REGROW;

    @Option(names = "--evolve-output", description = "Rewire the output layer too; needs --sparse-output.")
    private boolean evolveOutput;

    /** For picocli. */
    public EvolutionOptions() {}

    /** The settings, checked. A network without sparse layers is static whatever was asked for. */
    public EvolutionSettings settings(OptionCheck check, NetworkSettings network) {
        check.requireFraction("--zeta", zeta);
        if (evolveOutput && !network.sparseOutput()) {
            throw check.error("--evolve-output needs a sparse output layer, expected --sparse-output beside it");
        }
        return new EvolutionSettings(network.allDense() ? Rule.STATIC : rule, zeta, regrow, evolveOutput);
    }

    private static final class RuleConverter extends ChoiceConverter<Rule> {
        RuleConverter() {
            super(Rule.values());
        }
    }

    private static final class RegrowConverter extends ChoiceConverter<Regrow> {
        RegrowConverter() {
            super(Regrow.values());
        }
    }
}
