package dev.filigree.topology;

import java.util.Arrays;

/**
 * A network's density spread over its layers by their shapes: the smaller a layer, the denser it becomes
 * ("Erdős–Rényi-Kernel", Evci et al., ICML 2020, section 3). Of fully connected layers the density is proportional to
 * {@code (inputs + outputs) / (inputs · outputs)}, as with {@link Sparsity.Epsilon}, but what is given is the density of
 * all layers together. A layer that would have more connections than are possible is complete, and the rest is spread
 * over the others.
 */
public final class ErdosRenyiKernel {
    private ErdosRenyiKernel() {}

    /**
     * The densities of layers that follow one another.
     *
     * @param widths neurons from the input side, 2 numbers or more, each 1 or more: the outputs of a layer are the
     *        inputs of the next
     * @param density connections of all layers over those of the dense network, in (0, 1]
     * @return the density of every layer, in (0, 1]
     */
    public static double[] densities(int[] widths, double density) {
        if (widths.length < 2 || Arrays.stream(widths).anyMatch(width -> width < 1)) {
            throw new IllegalArgumentException("the widths are %s, expected two or more, each 1 or more"
                    .formatted(Arrays.toString(widths)));
        }
        if (!(density > 0 && density <= 1)) {
            throw new IllegalArgumentException(
                    "density is %s, expected a number above 0 and at most 1".formatted(density));
        }
        double[] densities = new double[widths.length - 1];
        boolean[] complete = new boolean[densities.length];
        boolean solved = false;
        while (!solved) {
            double epsilon = epsilon(widths, density, complete);
            solved = true;
            for (int l = 0; l < densities.length; l++) {
                double wanted = complete[l] ? 1 : epsilon * sum(widths, l) / product(widths, l);
                densities[l] = Math.min(1, wanted);
                if (wanted > 1) {
                    complete[l] = true;
                    solved = false;
                }
            }
        }
        return densities;
    }

    /** What the layers that are not complete have in common. */
    private static double epsilon(int[] widths, double density, boolean[] complete) {
        double connections = 0;
        double sums = 0;
        for (int l = 0; l < complete.length; l++) {
            connections += product(widths, l) * (complete[l] ? density - 1 : density);
            sums += complete[l] ? 0 : sum(widths, l);
        }
        return sums == 0 ? 0 : connections / sums;
    }

    private static double sum(int[] widths, int layer) {
        return (double) widths[layer] + widths[layer + 1];
    }

    private static double product(int[] widths, int layer) {
        return (double) widths[layer] * widths[layer + 1];
    }
}
