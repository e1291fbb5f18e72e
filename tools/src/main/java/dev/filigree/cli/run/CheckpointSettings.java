package dev.filigree.cli.run;

import dev.filigree.training.checkpoint.CheckpointPolicy;

/**
 * How often a run is saved so that it can go on where it was; none of this changes its result.
 *
 * @param everyEpochs from one checkpoint at the end of an epoch to the next; 0 for none of these
 * @param everyMinutes from one checkpoint to the next, within epochs too; 0 for none of these
 * @param keep how many of the last ones stay
 * @param mostShare of the training's time that they may take, above 0
 */
public record CheckpointSettings(int everyEpochs, double everyMinutes, int keep, double mostShare) {
    /** After every epoch and every ten minutes, of which two stay, in at most 2 % of the time. */
    public static final CheckpointSettings DEFAULT = new CheckpointSettings(1, 10, 2, 0.02);

    /** Whether there are no checkpoints at all, also when the run is stopped. */
    public boolean isOff() {
        return everyEpochs == 0 && everyMinutes == 0;
    }

    /** In the engine's terms. */
    public CheckpointPolicy policy() {
        return new CheckpointPolicy(everyEpochs, everyMinutes, keep, mostShare);
    }
}
