package dev.filigree.training;

import dev.filigree.network.UpdateStep;

/** How large the gradients are that parameters move along. Weight decay is not part of them. */
public sealed interface GradientClipping {
    /** However large they are. */
    GradientClipping NONE = new None();

    /** The step along limited gradients. */
    UpdateStep limit(UpdateStep step);

    /** As large as they are. */
    record None() implements GradientClipping {
        @Override
        public UpdateStep limit(UpdateStep step) {
            return step;
        }
    }

    /**
     * Each at most so large, either sign.
     *
     * @param limit above 0, in the range of float
     */
    record ByValue(double limit) implements GradientClipping {
        /** Checks the range. */
        public ByValue {
            checkLimit(limit);
        }

        @Override
        public UpdateStep limit(UpdateStep step) {
            return new UpdateStep.ClippedByValue(step, (float) limit);
        }
    }

    /**
     * The Euclidean norm of all gradients of the network at most so large: where it would be larger, all are multiplied by
     * one factor, so the direction stays (Pascanu et al., ICML 2013). Takes 4 bytes per parameter more, and the time to
     * write and read them.
     *
     * @param limit above 0, in the range of float
     */
    record ByNorm(double limit) implements GradientClipping {
        /** Checks the range. */
        public ByNorm {
            checkLimit(limit);
        }

        @Override
        public UpdateStep limit(UpdateStep step) {
            return new UpdateStep.ClippedByNorm(step, (float) limit);
        }
    }

    private static void checkLimit(double limit) {
        if (!((float) limit > 0) || Float.isInfinite((float) limit)) {
            throw new IllegalArgumentException(
                    "the gradients' limit is %s, expected a number above 0 in the range of float".formatted(limit));
        }
    }
}
