package dev.filigree.training;

import dev.filigree.network.Mlp;

/** Follows a training run. Called on the training thread, which waits. */
public interface TrainingListener {
    /** A step is done: {@code samples} of {@code total} in this epoch. */
    default void stepDone(int epoch, int samples, int total) {}

    /** An epoch's steps and evaluation are done, a rewiring between epochs is not: the moment to save the network. */
    default void epochTrained(int epoch, Mlp mlp) {}

    /** An epoch is done. */
    default void epochDone(EpochReport report) {}
}
