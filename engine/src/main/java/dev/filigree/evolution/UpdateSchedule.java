package dev.filigree.evolution;

/**
 * When connections are updated: at regular intervals, within a window of the training.
 *
 * @param every steps from one update to the next, counted from the beginning of training; {@link #EPOCH} for the end of
 *     every epoch
 * @param from beginning of the window, as a fraction of the training's steps, in [0, 1)
 * @param until its end, above {@code from} and at most 1; updates at either end take place
 */
public record UpdateSchedule(int every, double from, double until) {
    /** Stands for an update at the end of every epoch. */
    public static final int EPOCH = 0;

    /** At the end of every epoch, as long as training lasts. */
    public static final UpdateSchedule EVERY_EPOCH = new UpdateSchedule(EPOCH, 0, 1);

    /** Checks the ranges. */
    public UpdateSchedule {
        if (every < 0) {
            throw new IllegalArgumentException(
                    "updates every %d steps, expected 1 or more, or 0 for every epoch".formatted(every));
        }
        if (!(from >= 0 && from < until && until <= 1)) {
            throw new IllegalArgumentException(
                    "updates from %s until %s of the training, expected 0 <= from < until <= 1".formatted(from, until));
        }
    }

    /** Whether the step just done is followed by an update. */
    boolean isDue(TrainingProgress now) {
        return now.steps() % interval(now) == 0 && now.steps() >= from * now.totalSteps()
                && now.steps() <= until * now.totalSteps();
    }

    /** How much of the window has passed, in [0, 1]. */
    double position(TrainingProgress now) {
        double begin = from * now.totalSteps();
        return Math.clamp((now.steps() - begin) / (until * now.totalSteps() - begin), 0, 1);
    }

    /**
     * How much of what is to be pruned in the window is left after this update, as a share of what was left before it,
     * in [0, 1]: with p the share of the window passed, what is left falls as (1 − p)³ (Zhu and Gupta, To prune, or not
     * to prune, arXiv 1710.01878, equation 1). The last update leaves nothing.
     */
    double cubicDecay(TrainingProgress now) {
        return Math.pow((1 - completion(now.steps(), now)) / (1 - completion(now.steps() - interval(now), now)), 3);
    }

    /** As {@link #position} at any step, of the window that ends with the last update. */
    private double completion(long steps, TrainingProgress now) {
        long interval = interval(now);
        long end = (long) Math.min(until * now.totalSteps(), now.totalSteps() - 1.0) / interval * interval;
        double begin = from * now.totalSteps();
        return steps >= end ? 1 : Math.max(0, (steps - begin) / (end - begin));
    }

    private long interval(TrainingProgress now) {
        return every == EPOCH ? now.stepsPerEpoch() : every;
    }
}
