package dev.filigree.cli.run;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.filigree.network.Loss;
import dev.filigree.training.Sgd;

/**
 * How parameters are learned.
 *
 * @param loss what is minimized
 * @param epochs passes over the training samples
 * @param batch samples per step
 * @param learningRate where the schedule begins
 * @param schedule how the rate falls
 * @param warmup epochs of linear rise at the start
 * @param momentum in [0, 1)
 * @param nesterov whether the momentum looks ahead
 * @param weightDecay fraction of every parameter lost per step, in [0, 1)
 * @param l2 weight decay as part of the gradient, 0 or more
 */
public record TrainingSettings(LossName loss, int epochs, int batch, double learningRate, ScheduleChoice schedule,
        double warmup, double momentum, boolean nesterov, double weightDecay, double l2) {
    /** What is minimized. */
    public enum LossName {
        /** {@link Loss#SOFTMAX_CROSS_ENTROPY}. */
        CROSS_ENTROPY(Loss.SOFTMAX_CROSS_ENTROPY),
        /** {@link Loss#MEAN_SQUARED_ERROR}. */
        MSE(Loss.MEAN_SQUARED_ERROR);

        private final Loss loss;

        LossName(Loss loss) {
            this.loss = loss;
        }

        /** In the engine's terms. */
        public Loss loss() {
            return loss;
        }

        @JsonValue
        @Override
        public String toString() {
            return KebabCase.of(this);
        }
    }

    /** The optimizer in the engine's terms. */
    public Sgd optimizer() {
        return new Sgd(schedule.learningRate(learningRate, warmup), momentum, nesterov, l2, weightDecay);
    }
}
