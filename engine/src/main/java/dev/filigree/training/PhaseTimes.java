package dev.filigree.training;

/**
 * Where an epoch's time went, in seconds.
 *
 * @param feed gathering and transposing batches
 * @param forward forward passes in training
 * @param backward losses, backward passes and the optimizer steps within
 * @param evolution rewiring
 * @param evaluation validation and test
 */
public record PhaseTimes(double feed, double forward, double backward, double evolution, double evaluation) {
    /** Training alone: everything but evaluation. */
    public double training() {
        return feed + forward + backward + evolution;
    }
}
