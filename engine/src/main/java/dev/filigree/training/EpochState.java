package dev.filigree.training;

import java.util.Collections;
import java.util.List;

/**
 * Where a training stands: with the network as it is then, this determines to the bit how it goes on. Everything random
 * follows from the seed, the epoch and the step, so no generator has a state of its own.
 *
 * @param seed of the training
 * @param epoch the epoch in progress, 1 for the first
 * @param step steps of it that are done, each with the rewiring that follows it; when all are, its evaluation and the
 *     rewiring between it and the next epoch are still to be done
 * @param lossSum of the losses in these steps
 * @param correct samples classified as labelled in these steps
 * @param samples number of samples in these steps
 * @param rewired connections removed in these steps, per layer
 * @param seconds wall-clock time of these steps
 * @param times its parts
 */
public record EpochState(long seed, int epoch, int step, double lossSum, long correct, long samples,
        List<Long> rewired, double seconds, PhaseTimes times) {
    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a number is not possible
     */
    public EpochState {
        if (epoch < 1 || step < 0 || samples < step || correct < 0 || correct > samples) {
            throw new IllegalArgumentException(
                    "epoch %d, %d steps, %d of %d samples correct: this is no state of an epoch".formatted(epoch, step,
                            correct, samples));
        }
        rewired = List.copyOf(rewired);
    }

    /**
     * An epoch that begins.
     *
     * @param layers of the network
     */
    static EpochState beginning(long seed, int epoch, int layers) {
        return new EpochState(seed, epoch, 0, 0, 0, 0, Collections.nCopies(layers, 0L), 0,
                new PhaseTimes(0, 0, 0, 0, 0));
    }
}
