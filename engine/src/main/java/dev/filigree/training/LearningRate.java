package dev.filigree.training;

import java.util.List;

/** The learning rate over the course of training. */
public sealed interface LearningRate {
    /**
     * The rate at one moment.
     *
     * @param epoch epochs done, with the fraction of the current one; from 0 to {@code epochs}
     * @param epochs epochs planned
     */
    double at(double epoch, int epochs);

    /** Always the same rate. */
    record Constant(double rate) implements LearningRate {
        /** Checks the rate. */
        public Constant {
            checkRate(rate);
        }

        @Override
        public double at(double epoch, int epochs) {
            return rate;
        }
    }

    /**
     * Multiplied by {@code gamma} at each milestone.
     *
     * @param milestones epochs after which the rate falls
     */
    record MultiStep(double rate, List<Double> milestones, double gamma) implements LearningRate {
        /** Checks the rate. */
        public MultiStep {
            checkRate(rate);
            milestones = List.copyOf(milestones);
        }

        @Override
        public double at(double epoch, int epochs) {
            return rate * Math.pow(gamma, (double) milestones.stream().filter(m -> epoch >= m).count());
        }
    }

    /** Half a cosine from {@code rate} down to 0 (Loshchilov and Hutter, SGDR, ICLR 2017, equation 5). */
    record Cosine(double rate) implements LearningRate {
        /** Checks the rate. */
        public Cosine {
            checkRate(rate);
        }

        @Override
        public double at(double epoch, int epochs) {
            return rate * 0.5 * (1 + Math.cos(Math.PI * Math.min(1, epoch / epochs)));
        }
    }

    /** Rises linearly to what {@code then} says during the first {@code warmup} epochs. */
    record Warmup(double warmup, LearningRate then) implements LearningRate {
        @Override
        public double at(double epoch, int epochs) {
            double target = then.at(epoch, epochs);
            return epoch >= warmup ? target : target * epoch / warmup;
        }
    }

    private static void checkRate(double rate) {
        if (!(rate > 0) || Double.isInfinite(rate)) {
            throw new IllegalArgumentException("learning rate is %s, expected a positive number".formatted(rate));
        }
    }
}
