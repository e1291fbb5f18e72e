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
 * @param checkpoints how often the run is saved so that it can go on
 * @param start the saved network that training begins from; null for a random one
 */
public record RunSettings(DataSettings data, NetworkSettings network, TrainingSettings training,
        EvolutionSettings evolution, ComputeSettings compute, long seed, int threads, int snapshotEvery,
        CheckpointSettings checkpoints, @Nullable StartSettings start) {
    /** Older records have no compute settings, and know no checkpoints. */
    public RunSettings {
        compute = Objects.requireNonNullElse(compute, ComputeSettings.DEFAULT);
        checkpoints = Objects.requireNonNullElse(checkpoints, CheckpointSettings.DEFAULT);
    }

    /** As this, computed in another way. */
    public RunSettings computedBy(ComputeSettings other) {
        return new RunSettings(data, network, training, evolution, other, seed, threads, snapshotEvery, checkpoints,
                start);
    }

    /**
     * Whether this trains exactly as other settings do: all but what may be changed when a run is resumed is the same.
     */
    public boolean trainsLike(RunSettings other) {
        return network.equals(other.network) && evolution.equals(other.evolution) && compute.equals(other.compute)
                && seed == other.seed && Objects.equals(start, other.start)
                && training.equals(other.training.withEpochs(training.epochs()))
                && data.equals(other.data.in(data.directory()));
    }

    /** Jackson leaves out what a file leaves out. */
    @SuppressWarnings("NullAway") // that is why
    boolean isComplete() {
        return data != null && network != null && training != null && evolution != null;
    }

    /** How to train, in the engine's terms. */
    public TrainingConfig trainingConfig() {
        return new TrainingConfig(training.epochs(), training.batch(), training.loss().loss(), training.optimizer(),
                training.clipping(), evolution.evolution(network.initializer()), evolution.evolveOutput(), seed);
    }

    /** Whether the network is saved after this epoch. */
    public boolean savesEpoch(int epoch) {
        return epoch == 0 || epoch == training.epochs()
                || (snapshotEvery > 0 && epoch % snapshotEvery == 0);
    }
}
