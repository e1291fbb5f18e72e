package dev.filigree.cli.run;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.filigree.network.Loss;
import dev.filigree.training.GradientClipping;
import dev.filigree.training.LearningRate;
import dev.filigree.training.Optimizer;
import org.jspecify.annotations.Nullable;

/**
 * How parameters are learned.
 *
 * @param loss what is minimized
 * @param epochs passes over the training samples
 * @param batch samples per step
 * @param learningRate where the schedule begins
 * @param schedule how the rate falls
 * @param warmup epochs of linear rise at the start
 * @param momentum of SGD, in [0, 1); 0 with Adam
 * @param nesterov whether the momentum looks ahead
 * @param adam null for SGD
 * @param weightDecay fraction of every parameter lost per step, in [0, 1)
 * @param l2 weight decay as part of the gradient, 0 or more
 * @param clipNorm largest norm of all gradients; null for any
 * @param clipValue largest magnitude of a gradient; null for any
 */
public record TrainingSettings(LossName loss, int epochs, int batch, double learningRate, ScheduleChoice schedule,
        double warmup, double momentum, boolean nesterov, @Nullable AdamSettings adam, double weightDecay, double l2,
        @Nullable Double clipNorm, @Nullable Double clipValue) {
    /**
     * What Adam needs beside a learning rate.
     *
     * @param beta1 decay of the first moment, in [0, 1)
     * @param beta2 decay of the second moment, in [0, 1)
     * @param epsilon added to the root of the second moment, above 0
     */
    public record AdamSettings(double beta1, double beta2, double epsilon) {}

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
    public Optimizer optimizer() {
        LearningRate rate = schedule.learningRate(learningRate, warmup);
        return adam == null
                ? new Optimizer.Sgd(rate, momentum, nesterov, l2, weightDecay)
                : new Optimizer.Adam(rate, adam.beta1(), adam.beta2(), adam.epsilon(), l2, weightDecay);
    }

    /** The same for another number of epochs. */
    public TrainingSettings withEpochs(int newEpochs) {
        return new TrainingSettings(loss, newEpochs, batch, learningRate, schedule, warmup, momentum, nesterov, adam,
                weightDecay, l2, clipNorm, clipValue);
    }

    /** How gradients are limited, in the engine's terms. */
    public GradientClipping clipping() {
        if (clipNorm != null) {
            return new GradientClipping.ByNorm(clipNorm);
        }
        return clipValue == null ? GradientClipping.NONE : new GradientClipping.ByValue(clipValue);
    }
}
