package dev.filigree.cli.workloads;

import dev.filigree.topology.Sparsity;

/** Turns the density of a whole network into the epsilon of its layers. */
final class OverallDensity {
    private OverallDensity() {}

    /**
     * The epsilon with which all layers together have a share of the connections of the dense network. Layers whose
     * share would pass 1 are complete, and the others have more.
     *
     * @param density expected, in (0, 1]
     * @param widths neurons per layer, inputs and outputs included
     */
    static double epsilon(double density, int... widths) {
        double low = 0;
        double high = 0;
        for (int width : widths) {
            // At this epsilon every layer is complete: inputs · outputs / (inputs + outputs) is below either.
            high = Math.max(high, width);
        }
        if (density == 1) {
            return high;
        }
        for (int i = 0; i < 60; i++) {
            double middle = (low + high) / 2;
            if (density(middle, widths) < density) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return high;
    }

    /** Expected density of the network that an epsilon gives. */
    static double density(double epsilon, int... widths) {
        double existing = 0;
        double possible = 0;
        for (int l = 1; l < widths.length; l++) {
            double cells = (double) widths[l - 1] * widths[l];
            possible += cells;
            existing += cells * new Sparsity.Epsilon(epsilon).density(widths[l - 1], widths[l]);
        }
        return existing / possible;
    }
}
