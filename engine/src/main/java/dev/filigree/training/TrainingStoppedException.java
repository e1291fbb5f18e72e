package dev.filigree.training;

import java.util.concurrent.CancellationException;

/** A training was asked to stop, and did after a whole step; see {@link Trainer#stop}. */
public final class TrainingStoppedException extends CancellationException {
    private final int epoch;
    private final int step;

    TrainingStoppedException(EpochState state) {
        super("stopped in epoch %d after step %d".formatted(state.epoch(), state.step()));
        this.epoch = state.epoch();
        this.step = state.step();
    }

    /** The epoch in progress, 1 for the first. */
    public int epoch() {
        return epoch;
    }

    /** Steps of it that are done. */
    public int step() {
        return step;
    }
}
