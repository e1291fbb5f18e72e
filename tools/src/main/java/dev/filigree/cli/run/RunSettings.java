package dev.filigree.cli.run;

import dev.filigree.training.TrainingConfig;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a person decides about a run. Settings, data and seed determine the result to the bit on one
 * machine; the number of threads does not matter.
 *
 * @param seed of everything random
 * @param threads workers
 * @param compute how products are computed
 * @param snapshotEvery epochs from one saved network to the next; 0 saves the first and the last alone
 * @param start the saved network that training begins from; null for a random one
 */
public record RunSettings(DataSettings data, NetworkSettings network, TrainingSettings training,
        EvolutionSettings evolution, ComputeSettings compute, long seed, int threads, int snapshotEvery,
        @Nullable StartSettings start) {
    /** Older records have no compute settings. */
    public RunSettings {
        compute = Objects.requireNonNullElse(compute, ComputeSettings.DEFAULT);
    }

    /** As this, computed in another way. */
    public RunSettings computedBy(ComputeSettings other) {
        return new RunSettings(data, network, training, evolution, other, seed, threads, snapshotEvery, start);
    }

    /** How to train, in the engine's terms. */
    public TrainingConfig trainingConfig() {
        return new TrainingConfig(training.epochs(), training.batch(), training.loss().loss(), training.optimizer(),
                evolution.evolution(network.initializer()), evolution.evolveOutput(), seed);
    }

    /** Whether the network is saved after this epoch. */
    public boolean savesEpoch(int epoch) {
        return epoch == 0 || epoch == training.epochs()
                || (snapshotEvery > 0 && epoch % snapshotEvery == 0);
    }
}
