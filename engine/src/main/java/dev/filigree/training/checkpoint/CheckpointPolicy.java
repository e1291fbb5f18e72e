package dev.filigree.training.checkpoint;

/**
 * How often a training is saved, and how much of it is kept.
 *
 * @param everyEpochs a checkpoint is due after the last step of every so many epochs, and of the last one; 0 for none of
 *     these
 * @param everyMinutes a checkpoint is due when so many minutes have passed since the last one, within epochs too; 0 for
 *     none of these
 * @param keep how many of the last checkpoints stay, 1 or more
 * @param mostShare of the time that checkpoints may take, above 0; one that would take more waits until it does not,
 *     unless the training ends with it
 */
public record CheckpointPolicy(int everyEpochs, double everyMinutes, int keep, double mostShare) {
    /** Checks the ranges. */
    public CheckpointPolicy {
        if (everyEpochs < 0 || !(everyMinutes >= 0) || keep < 1 || !(mostShare > 0)) {
            throw new IllegalArgumentException(
                    "checkpoints every %d epochs and %s minutes, of which %d stay, in %s of the time: expected 0 or more, "
                            .formatted(everyEpochs, everyMinutes, keep, mostShare)
                            + "0 or more, 1 or more, and more than 0");
        }
    }
}
