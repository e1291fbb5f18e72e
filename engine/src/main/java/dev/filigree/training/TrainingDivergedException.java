package dev.filigree.training;

/** The loss is no longer a finite number. */
public final class TrainingDivergedException extends RuntimeException {
    private final int epoch;

    TrainingDivergedException(int epoch, int step, int layer) {
        super("the loss is not finite in epoch %d, step %d: %s; try a smaller learning rate".formatted(epoch, step,
                layer < 0
                        ? "the outputs are finite, but the loss overflows"
                        : "layer %d is the first with activations that are not finite".formatted(layer)));
        this.epoch = epoch;
    }

    private TrainingDivergedException(int epoch, String what) {
        super("%s after epoch %d; try a smaller learning rate".formatted(what, epoch));
        this.epoch = epoch;
    }

    /** A validation or test loss that is not finite. */
    static TrainingDivergedException inEvaluation(int epoch, int layer) {
        return new TrainingDivergedException(epoch, layer < 0
                ? "the evaluation's loss is not finite"
                : "the evaluation's loss is not finite: layer %d is the first with activations that are not finite"
                        .formatted(layer));
    }

    /**
     * A weight or bias that is not finite, although every loss was; found when the network is saved.
     *
     * @param epoch the epoch just trained
     * @param layer whose parameter it is
     */
    public static TrainingDivergedException inParameters(int epoch, int layer) {
        return new TrainingDivergedException(epoch, "layer %d has parameters that are not finite".formatted(layer));
    }

    /** The epoch, 1 for the first. */
    public int epoch() {
        return epoch;
    }
}
