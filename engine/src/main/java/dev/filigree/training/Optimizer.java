package dev.filigree.training;

import dev.filigree.network.UpdateStep;

/** How parameters move over the course of training. */
public sealed interface Optimizer {
    /**
     * One step.
     *
     * @param epoch epochs done, with the fraction of the current one; from 0 to {@code epochs}
     * @param epochs epochs planned
     * @param adamSteps of the network so far
     */
    UpdateStep at(double epoch, int epochs, long adamSteps);

    /**
     * Stochastic gradient descent with momentum.
     *
     * @param learningRate over time
     * @param momentum in [0, 1)
     * @param nesterov whether to look ahead
     * @param l2 weight decay as part of the gradient, 0 or more
     * @param decoupledDecay fraction of every parameter lost per step, as in the authors' SET code; in [0, 1)
     */
    record Sgd(LearningRate learningRate, double momentum, boolean nesterov, double l2, double decoupledDecay)
            implements
                Optimizer {
        /** Checks the ranges. */
        public Sgd {
            checkFraction("momentum", momentum);
            checkDecay(l2, decoupledDecay);
        }

        @Override
        public UpdateStep at(double epoch, int epochs, long adamSteps) {
            return new UpdateStep.Sgd((float) learningRate.at(epoch, epochs), (float) momentum, nesterov, (float) l2,
                    (float) decoupledDecay);
        }
    }

    /**
     * Adam (Kingma and Ba, ICLR 2015), or with decoupled decay AdamW (Loshchilov and Hutter, ICLR 2019), whose
     * schedule multiplier is 1: other libraries multiply their decay with the learning rate.
     *
     * @param learningRate over time; the paper's default is 0.001
     * @param beta1 decay of the first moment, in [0, 1); the paper's default is 0.9
     * @param beta2 decay of the second moment, in [0, 1); the paper's default is 0.999
     * @param epsilon added to the root of the second moment, above 0; the paper's default is 10<sup>-8</sup>
     * @param l2 weight decay as part of the gradient, 0 or more
     * @param decoupledDecay fraction of every parameter lost per step, whatever the learning rate; in [0, 1)
     */
    record Adam(LearningRate learningRate, double beta1, double beta2, double epsilon, double l2,
            double decoupledDecay) implements Optimizer {
        /** Checks the ranges. */
        public Adam {
            checkFraction("beta1", beta1);
            checkFraction("beta2", beta2);
            // Where all gradients have been 0, nothing else is divided by.
            if (!((float) epsilon > 0) || Float.isInfinite((float) epsilon)) {
                throw new IllegalArgumentException(
                        "Adam's epsilon is %s, expected a number above 0 in the range of float".formatted(epsilon));
            }
            checkDecay(l2, decoupledDecay);
        }

        @Override
        public UpdateStep at(double epoch, int epochs, long adamSteps) {
            return UpdateStep.Adam.of(learningRate.at(epoch, epochs), beta1, beta2, epsilon, l2, decoupledDecay,
                    adamSteps + 1);
        }
    }

    private static void checkDecay(double l2, double decoupledDecay) {
        if (!(l2 >= 0) || Double.isInfinite(l2)) {
            throw new IllegalArgumentException("l2 is %s, expected 0 or more".formatted(l2));
        }
        checkFraction("decoupled decay", decoupledDecay);
    }

    private static void checkFraction(String name, double value) {
        if (!(value >= 0 && value < 1)) {
            throw new IllegalArgumentException(
                    "%s is %s, expected at least 0 and below 1".formatted(name, value));
        }
    }
}
