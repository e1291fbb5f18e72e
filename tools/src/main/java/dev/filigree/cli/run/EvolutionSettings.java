package dev.filigree.cli.run;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.filigree.evolution.Evolution;
import dev.filigree.evolution.PruneAndGrow;
import dev.filigree.network.Initializer;

/**
 * How connections change between epochs.
 *
 * @param rule of change
 * @param zeta fraction of the connections replaced, in [0, 1)
 * @param regrow where weights of new connections begin
 * @param evolveOutput whether a sparse output layer changes too
 */
public record EvolutionSettings(Rule rule, double zeta, Regrow regrow, boolean evolveOutput) {
    /** The rules. */
    public enum Rule {
        /** {@link PruneAndGrow#set}. */
        SET,
        /** {@link Evolution#STATIC}. */
        STATIC;

        @JsonValue
        @Override
        public String toString() {
            return KebabCase.of(this);
        }
    }

    /** Where the weights of new connections begin. */
    public enum Regrow {
        /** At 0. */
        ZERO,
        /** Drawn like the initial weights. */
        INIT;

        @JsonValue
        @Override
        public String toString() {
            return KebabCase.of(this);
        }
    }

    /**
     * The rule in the engine's terms.
     *
     * @param initializer draws the initial weights
     */
    public Evolution evolution(Initializer initializer) {
        return rule == Rule.STATIC
                ? Evolution.STATIC
                : PruneAndGrow.set(zeta, regrow == Regrow.INIT ? initializer : null);
    }
}
