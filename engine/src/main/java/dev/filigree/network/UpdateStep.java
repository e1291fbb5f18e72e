package dev.filigree.network;

/** How one optimizer step moves every parameter along its gradient, with its numbers. */
public sealed interface UpdateStep
        permits
        UpdateStep.Sgd,
        UpdateStep.Adam,
        UpdateStep.ClippedByValue,
        UpdateStep.ClippedByNorm,
        GradientKeeping {
    /**
     * A step along gradients of which each is limited to the values from {@code -limit} to {@code limit}.
     *
     * @param step {@link Sgd} or {@link Adam}
     * @param limit above 0
     */
    record ClippedByValue(UpdateStep step, float limit) implements UpdateStep {
        @Override
        public boolean needsSecondMoments() {
            return step.needsSecondMoments();
        }
    }

    /**
     * A step along the gradients of all parameters of the network, multiplied by one factor where their Euclidean norm
     * would exceed a limit (Pascanu et al., ICML 2013, algorithm 1). That needs all gradients before anything moves: they
     * are kept, 4 bytes per parameter, and read twice more.
     *
     * @param step {@link Sgd} or {@link Adam}
     * @param limit above 0
     */
    record ClippedByNorm(UpdateStep step, float limit) implements UpdateStep {
        @Override
        public boolean needsSecondMoments() {
            return step.needsSecondMoments();
        }
    }

    /** Whether parameters move by second moments too. */
    default boolean needsSecondMoments() {
        return false;
    }

    /**
     * Stochastic gradient descent with momentum.
     *
     * @param rate learning rate
     * @param momentum in [0, 1)
     * @param nesterov whether to look ahead (Sutskever et al., ICML 2013)
     * @param l2 weight decay that is part of the gradient
     * @param decay decoupled weight decay: the fraction of every parameter lost per step, whatever the rate
     */
    record Sgd(float rate, float momentum, boolean nesterov, float l2, float decay) implements UpdateStep {}

    /**
     * Adam (Kingma and Ba, ICLR 2015, algorithm 1), and with decoupled weight decay AdamW (Loshchilov and Hutter,
     * ICLR 2019, algorithm 2). Both bias corrections are part of the numbers, so moments are kept uncorrected.
     *
     * @param rate learning rate α / (1 − β₁ᵗ)
     * @param share 1 − β₁: of the gradient in the new first moment
     * @param secondShare 1 − β₂: of its square in the new second moment
     * @param rootScale 1 / √(1 − β₂ᵗ): what the root of the second moment is multiplied with
     * @param epsilon added to this root, above 0
     * @param l2 weight decay that is part of the gradient
     * @param decay decoupled weight decay: the fraction of every parameter lost per step, whatever the rate
     */
    record Adam(float rate, float share, float secondShare, float rootScale, float epsilon, float l2,
            float decay) implements UpdateStep {
        @Override
        public boolean needsSecondMoments() {
            return true;
        }

        /**
         * Step number {@code t} of Adam.
         *
         * @param rate learning rate α
         * @param beta1 decay of the first moment, in [0, 1)
         * @param beta2 decay of the second moment, in [0, 1)
         * @param t number of this step, counted from 1 since the moments were 0: {@link Mlp#adamSteps} + 1
         */
        public static Adam of(double rate, double beta1, double beta2, double epsilon, double l2, double decay,
                long t) {
            return new Adam((float) (rate / (1 - Math.pow(beta1, (double) t))), (float) (1 - beta1),
                    (float) (1 - beta2),
                    (float) (1 / Math.sqrt(1 - Math.pow(beta2, (double) t))), (float) epsilon, (float) l2,
                    (float) decay);
        }
    }
}
