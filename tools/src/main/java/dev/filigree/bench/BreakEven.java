package dev.filigree.bench;

import java.util.Locale;

/**
 * The density at which a sparse layer takes as long as the dense one.
 *
 * @param relation whether it was found, or lies beyond what was measured
 * @param density where it was found, or the nearest density that was measured
 */
public record BreakEven(Relation relation, double density) {
    /** Where the break-even lies. */
    public enum Relation {
        /** At the density. */
        AT,
        /** Above it: the sparse layer was always faster. */
        ABOVE,
        /** Below it: the dense layer was always faster. */
        BELOW
    }

    /**
     * Finds the lowest density from which the sparse layer is slower; between two measured points, on the straight
     * line in the logarithms of density and speed-up.
     *
     * @param densities rising
     * @param speedUps of the sparse layer over the dense one; points that are not a number above 0 are passed over
     */
    static BreakEven between(double[] densities, double[] speedUps) {
        int before = -1;
        for (int i = 0; i < densities.length; i++) {
            if (!(speedUps[i] > 0)) {
                continue;
            }
            if (speedUps[i] < 1) {
                return before < 0
                        ? new BreakEven(Relation.BELOW, densities[i])
                        : new BreakEven(Relation.AT, interpolate(densities[before], speedUps[before], densities[i],
                                speedUps[i]));
            }
            before = i;
        }
        return new BreakEven(Relation.ABOVE, before < 0 ? 0 : densities[before]);
    }

    private static double interpolate(double lower, double lowerSpeedUp, double upper, double upperSpeedUp) {
        double share = Math.log(lowerSpeedUp) / (Math.log(lowerSpeedUp) - Math.log(upperSpeedUp));
        return Math.exp(Math.log(lower) + share * (Math.log(upper) - Math.log(lower)));
    }

    /** A density as {@code dev.filigree.network.Compute} takes it: layers above it are better off with dense products. */
    public double denseAbove() {
        return switch (relation) {
            case AT -> density;
            case ABOVE -> 1;
            case BELOW -> 0;
        };
    }

    @Override
    public String toString() {
        String percent = String.format(Locale.ROOT, density < 0.01 ? "%.2f %%" : density < 0.1 ? "%.1f %%" : "%.0f %%",
                100 * density);
        return switch (relation) {
            case AT -> percent;
            case ABOVE -> "above " + percent;
            case BELOW -> "below " + percent;
        };
    }
}
