package dev.filigree.training;

/** A loss, an activation or a parameter is no longer a finite number. */
public final class TrainingDivergedException extends RuntimeException {
    private static final String ADVICE = "try a smaller learning rate, or clip the gradients";
    private static final String ACTIVATIONS = "layer %d is the first with activations that are not finite";

    private final int epoch;
    private final int step;
    private final int layer;

    private TrainingDivergedException(int epoch, int step, int layer, String what) {
        super("%s; %s".formatted(what, ADVICE));
        this.epoch = epoch;
        this.step = step;
        this.layer = layer;
    }

    /** A loss or an output that is not finite. */
    static TrainingDivergedException inStep(int epoch, int step, int layer) {
        return new TrainingDivergedException(epoch, step, layer, "the loss is not finite in epoch %d, step %d: %s"
                .formatted(epoch, step, layer < 0
                        ? "the outputs are finite, but the loss overflows"
                        : ACTIVATIONS.formatted(layer)));
    }

    /** A parameter that is not finite after the step, or a gradient that would have moved it there. */
    static TrainingDivergedException inUpdate(int epoch, int step, int layer) {
        return new TrainingDivergedException(epoch, step, layer,
                "layer %d has parameters or gradients that are not finite in epoch %d, step %d".formatted(layer, epoch,
                        step));
    }

    /** A validation or test loss that is not finite. */
    static TrainingDivergedException inEvaluation(int epoch, int layer) {
        String what = "the evaluation's loss is not finite after epoch %d".formatted(epoch);
        return new TrainingDivergedException(epoch, 0, layer, layer < 0
                ? what
                : what + ": " + ACTIVATIONS.formatted(layer));
    }

    /**
     * A weight or bias that is not finite, although every loss was; found when the network is saved.
     *
     * @param epoch the epoch just trained
     * @param layer whose parameter it is
     */
    public static TrainingDivergedException inParameters(int epoch, int layer) {
        return new TrainingDivergedException(epoch, 0, layer,
                "layer %d has parameters that are not finite after epoch %d".formatted(layer, epoch));
    }

    /** The epoch, 1 for the first. */
    public int epoch() {
        return epoch;
    }

    /** The step of the epoch, 1 for the first; 0 after all of them. */
    public int step() {
        return step;
    }

    /** The first layer in which something is not finite, 0 at the input side; -1 if only the loss is not. */
    public int layer() {
        return layer;
    }
}
