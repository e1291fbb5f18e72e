package dev.filigree.training;

import dev.filigree.network.UpdateStep;

/**
 * Stochastic gradient descent with momentum.
 *
 * @param learningRate over time
 * @param momentum in [0, 1)
 * @param nesterov whether to look ahead
 * @param l2 weight decay as part of the gradient, 0 or more
 * @param decoupledDecay fraction of every parameter lost per step, as in the authors' SET code; in [0, 1)
 */
public record Sgd(LearningRate learningRate, double momentum, boolean nesterov, double l2, double decoupledDecay) {
    /** Checks the ranges. */
    public Sgd {
        if (!(momentum >= 0 && momentum < 1)) {
            throw new IllegalArgumentException(
                    "momentum is %s, expected at least 0 and below 1".formatted(momentum));
        }
        if (!(l2 >= 0) || Double.isInfinite(l2)) {
            throw new IllegalArgumentException("l2 is %s, expected 0 or more".formatted(l2));
        }
        if (!(decoupledDecay >= 0 && decoupledDecay < 1)) {
            throw new IllegalArgumentException(
                    "decoupled decay is %s, expected at least 0 and below 1".formatted(decoupledDecay));
        }
    }

    UpdateStep at(double epoch, int epochs) {
        return new UpdateStep((float) learningRate.at(epoch, epochs), (float) momentum, nesterov, (float) l2,
                (float) decoupledDecay);
    }
}
