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

    /** The epoch, 1 for the first. */
    public int epoch() {
        return epoch;
    }
}
