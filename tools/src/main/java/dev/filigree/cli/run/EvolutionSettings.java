package dev.filigree.cli.run;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.filigree.evolution.DropSchedule;
import dev.filigree.evolution.Evolution;
import dev.filigree.evolution.NeuronPruning;
import dev.filigree.evolution.PruneAndGrow;
import dev.filigree.evolution.UpdateSchedule;
import dev.filigree.network.Initializer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How connections change during training.
 *
 * @param rule of change
 * @param zeta fraction of the connections replaced at the beginning, in [0, 1)
 * @param regrow where weights of new connections begin
 * @param evolveOutput whether a sparse output layer changes too
 * @param drop how zeta changes
 * @param updates when connections change
 * @param finalDensity of the layers that change, after the last update; null for as many connections as before
 * @param neurons which are pruned; null for none
 */
public record EvolutionSettings(Rule rule, double zeta, Regrow regrow, boolean evolveOutput, Drop drop,
        Updates updates, @Nullable Double finalDensity, @Nullable Neurons neurons) {
    /** The rules. */
    public enum Rule {
        /** {@link PruneAndGrow#set}. */
        SET,
        /** {@link PruneAndGrow#rigl}. */
        RIGL,
        /** {@link PruneAndGrow#snfs}. */
        SNFS,
        /** {@link PruneAndGrow#dsr}. */
        DSR,
        /** {@link PruneAndGrow#gradualPruning}. */
        GRADUAL_PRUNING,
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

    /** How zeta changes. */
    public enum Drop {
        /** {@link DropSchedule#CONSTANT}. */
        CONSTANT(DropSchedule.CONSTANT),
        /** {@link DropSchedule#COSINE}. */
        COSINE(DropSchedule.COSINE),
        /** {@link DropSchedule#LINEAR}. */
        LINEAR(DropSchedule.LINEAR);

        private final DropSchedule schedule;

        Drop(DropSchedule schedule) {
            this.schedule = schedule;
        }

        @JsonValue
        @Override
        public String toString() {
            return KebabCase.of(this);
        }
    }

    /**
     * When connections change.
     *
     * @param every steps; 0 for every epoch
     * @param from fraction of the training after which updates begin, in [0, 1)
     * @param until fraction of the training after which they end, above {@code from} and at most 1
     */
    public record Updates(int every, double from, double until) {
        /** After every epoch. */
        public static final Updates EVERY_EPOCH = new Updates(0, 0, 1);

        private UpdateSchedule schedule() {
            return new UpdateSchedule(every == 0 ? UpdateSchedule.EPOCH : every, from, until);
        }
    }

    /**
     * Which neurons are pruned, and when.
     *
     * @param percentile of the neurons' strengths below which they lose their connections, above 0 and below 100
     * @param from first epoch that ends with it
     * @param every epochs from there to the next
     */
    public record Neurons(double percentile, int from, int every) {}

    /** Older records know no schedules. */
    public EvolutionSettings {
        drop = Objects.requireNonNullElse(drop, Drop.CONSTANT);
        updates = Objects.requireNonNullElse(updates, Updates.EVERY_EPOCH);
    }

    /**
     * The rule in the engine's terms.
     *
     * @param initializer draws the initial weights
     * @throws IllegalArgumentException if a number is out of its range
     */
    public Evolution evolution(Initializer initializer) {
        Evolution connections = rule == Rule.STATIC ? Evolution.STATIC : pruneAndGrow(initializer);
        return neurons == null
                ? connections
                : new NeuronPruning(connections, neurons.percentile(), neurons.from(), neurons.every());
    }

    private PruneAndGrow pruneAndGrow(Initializer initializer) {
        UpdateSchedule schedule = updates.schedule();
        PruneAndGrow plain = switch (rule) {
            case RIGL -> PruneAndGrow.rigl(zeta, schedule);
            case SNFS -> PruneAndGrow.snfs(zeta, schedule);
            case DSR -> PruneAndGrow.dsr(zeta, schedule);
            case GRADUAL_PRUNING -> PruneAndGrow.gradualPruning(Objects.requireNonNull(finalDensity), schedule);
            case SET, STATIC -> PruneAndGrow.set(zeta, null).updating(schedule);
        };
        PruneAndGrow scheduled = plain.dropping(drop.schedule);
        PruneAndGrow grown = regrow == Regrow.INIT ? scheduled.growing(initializer) : scheduled;
        return finalDensity == null ? grown : grown.decayingTo(finalDensity);
    }
}
