package dev.filigree.distance;

/**
 * How networks are compared.
 *
 * @param outputNeurons how those of the last layer are matched
 * @param tolerance of each layer's distance; 0 for exact ones
 * @param refined whether layers are matched jointly after they were matched one by one, see {@link JointMatching}
 */
public record DistanceMethod(OutputNeurons outputNeurons, double tolerance, boolean refined) {
    /**
     * Checks the range.
     *
     * @throws IllegalArgumentException if the tolerance is below 0 or not a number, or above 0 where layers are refined,
     *         which takes exact matchings
     */
    public DistanceMethod {
        if (!(tolerance >= 0)) {
            throw new IllegalArgumentException("a tolerance of %s, expected 0 or more".formatted(tolerance));
        }
        if (refined && tolerance > 0) {
            throw new IllegalArgumentException(
                    "a tolerance of %s and refinement, which takes exact matchings: expected one of the two"
                            .formatted(tolerance));
        }
    }

    /** Layer by layer, exactly. */
    public static DistanceMethod exact(OutputNeurons outputNeurons) {
        return new DistanceMethod(outputNeurons, 0, false);
    }
}
