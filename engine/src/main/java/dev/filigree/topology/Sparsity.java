package dev.filigree.topology;

/** How many of a layer's possible connections are to exist. */
public sealed interface Sparsity {
    /**
     * The expected density of a layer, in (0, 1].
     *
     * @param inputs number of input neurons
     * @param outputs number of output neurons
     */
    double density(int inputs, int outputs);

    /**
     * The expected number of connections of a layer.
     *
     * @param inputs number of input neurons
     * @param outputs number of output neurons
     */
    default long connections(int inputs, int outputs) {
        return Math.round(density(inputs, outputs) * inputs * outputs);
    }

    /**
     * Erdős–Rényi by epsilon: {@code epsilon · (inputs + outputs)} expected connections (Mocanu et al., Nature
     * Communications 9, 2018, equation 1), every connection where that reaches {@code inputs · outputs}.
     *
     * @param epsilon positive and finite
     */
    record Epsilon(double epsilon) implements Sparsity {
        /** Checks the range. */
        public Epsilon {
            if (!(epsilon > 0) || Double.isInfinite(epsilon)) {
                throw new IllegalArgumentException("epsilon is %s, expected a positive number".formatted(epsilon));
            }
        }

        @Override
        public double density(int inputs, int outputs) {
            return Math.min(1, epsilon * ((double) inputs + outputs) / ((double) inputs * outputs));
        }
    }

    /**
     * Every connection exists with the same probability.
     *
     * @param density in (0, 1]
     */
    record Density(double density) implements Sparsity {
        /** Checks the range. */
        public Density {
            if (!(density > 0 && density <= 1)) {
                throw new IllegalArgumentException(
                        "density is %s, expected a number above 0 and at most 1".formatted(density));
            }
        }

        @Override
        public double density(int inputs, int outputs) {
            return density;
        }
    }
}
