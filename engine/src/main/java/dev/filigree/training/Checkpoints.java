package dev.filigree.training;

import dev.filigree.evolution.TrainingProgress;
import dev.filigree.network.Mlp;

/** Decides when a training is saved, and saves it. Called on the training thread, which waits. */
public interface Checkpoints {
    /** Saves nothing. */
    Checkpoints NONE = new Checkpoints() {
        @Override
        public boolean isDue(TrainingProgress now) {
            return false;
        }

        @Override
        public void save(EpochState state, Mlp mlp, boolean stopping) {
            // There is nowhere to save it to.
        }
    };

    /** Whether to save the training as it is now. Asked after every step, so it must be quick. */
    boolean isDue(TrainingProgress now);

    /**
     * Saves the training as it is now.
     *
     * @param state where it stands
     * @param mlp goes on changing when this returns
     * @param stopping whether no further step follows: the training was asked to stop
     */
    void save(EpochState state, Mlp mlp, boolean stopping);
}
