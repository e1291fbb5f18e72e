package dev.filigree.evolution;

/**
 * A moment of training at which connections may change.
 *
 * @param epoch 1 for the first
 * @param step steps done in this epoch, from 1 to {@code stepsPerEpoch}
 * @param stepsPerEpoch steps of every epoch
 * @param epochs planned
 */
public record TrainingProgress(int epoch, int step, int stepsPerEpoch, int epochs) {
    /** Steps done since training began. */
    public long steps() {
        return (epoch - 1L) * stepsPerEpoch + step;
    }

    /** Steps of the whole training. */
    public long totalSteps() {
        return (long) epochs * stepsPerEpoch;
    }

    /** Whether the epoch's last step is done. */
    public boolean isEndOfEpoch() {
        return step == stepsPerEpoch;
    }
}
