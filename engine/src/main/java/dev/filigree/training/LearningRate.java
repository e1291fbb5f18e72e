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
        /** Checks the rate and the factor. */
        public MultiStep {
            checkRate(rate);
            if (!(gamma > 0) || Double.isInfinite(gamma)) {
                throw new IllegalArgumentException("gamma is %s, expected a positive number".formatted(gamma));
            }
            milestones = List.copyOf(milestones);
        }

        @Override
        public double at(double epoch, int epochs) {
            // Called once per step: a stream would leave garbage every time.
            int passed = 0;
            for (int m = 0; m < milestones.size(); m++) {
                if (epoch >= milestones.get(m)) {
                    passed++;
                }
            }
            return rate * Math.pow(gamma, passed);
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

    /** A straight line from {@code rate} to {@code rate * end} at the end of training. */
    record Linear(double rate, double end) implements LearningRate {
        /** Checks the rate and its end. */
        public Linear {
            checkRate(rate);
            if (!(end >= 0 && end <= 1)) {
                throw new IllegalArgumentException(
                        "the learning rate ends at %s of its start, expected 0 to 1".formatted(end));
            }
        }

        @Override
        public double at(double epoch, int epochs) {
            return rate * (1 - (1 - end) * Math.min(1, epoch / epochs));
        }
    }

    /** Rises linearly to what {@code then} says during the first {@code warmup} epochs. */
    record Warmup(double warmup, LearningRate then) implements LearningRate {
        /** Checks the duration. */
        public Warmup {
            if (!(warmup >= 0) || Double.isInfinite(warmup)) {
                throw new IllegalArgumentException(
                        "warm-up is %s epochs, expected 0 or more".formatted(warmup));
            }
        }

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
