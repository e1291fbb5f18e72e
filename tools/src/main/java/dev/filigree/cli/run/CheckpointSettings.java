package dev.filigree.cli.run;

import dev.filigree.training.checkpoint.CheckpointPolicy;

/**
 * How often a run is saved so that it can go on where it was; none of this changes its result.
 *
 * @param everyEpochs from one checkpoint at the end of an epoch to the next; 0 for none of these
 * @param everyMinutes from one checkpoint to the next, within epochs too; 0 for none of these
 * @param keep how many of the last ones stay
 */
public record CheckpointSettings(int everyEpochs, double everyMinutes, int keep) {
    /** After every epoch and every ten minutes, of which two stay. */
    public static final CheckpointSettings DEFAULT = new CheckpointSettings(1, 10, 2);

    /** Checkpoints take no larger share of the training's time. */
    private static final double MOST_SHARE = 0.02;

    /** Whether there are no checkpoints at all, also when the run is stopped. */
    public boolean isOff() {
        return everyEpochs == 0 && everyMinutes == 0;
    }

    /** In the engine's terms. */
    public CheckpointPolicy policy() {
        return new CheckpointPolicy(everyEpochs, everyMinutes, keep, MOST_SHARE);
    }
}
