package dev.filigree.topology.model;

import dev.filigree.topology.LayerTopology;
import dev.filigree.topology.Sparsity;
import java.util.SplittableRandom;

/**
 * Correlated sparse topological initialization (CSTI; Zhang et al., "Epitopological learning and Cannistraci-Hebb network
 * shape intelligence brain-inspired theory for ultra-sparse advantage in deep learning", ICLR 2024): every neuron stands
 * for a feature, and the pairs of neurons are connected whose features are correlated most strongly, whatever the sign.
 *
 * <p>A side with as many neurons as there are features has one for each; on a larger side the features repeat, as in the
 * paper. On a smaller one, of which the paper says nothing, some of them are represented, evenly spaced. Where only some
 * of the equally correlated pairs are needed, as among those of features that never change, they are drawn at random;
 * the authors connect all of them and so make more connections than were asked for.
 *
 * <p>What a neuron hears agrees, so its inputs add up instead of cancelling each other: activations grow from layer to
 * layer, and training takes a smaller learning rate than with other models.
 *
 * @param correlations of the features of the training samples
 */
public record CorrelatedFeatures(FeatureCorrelations correlations) implements TopologyModel {
    private static final int HALF = 1 << 16;

    /**
     * Draws a topology with exactly {@link Sparsity#connections} connections, in time proportional to them and the pairs
     * of features.
     */
    @Override
    public LayerTopology generate(int inputs, int outputs, Sparsity sparsity, long seed) {
        int connections = Cells.count(inputs, outputs, sparsity);
        FeatureCopies in = new FeatureCopies(correlations.features(), inputs);
        FeatureCopies out = new FeatureCopies(correlations.features(), outputs);
        Threshold upper = threshold(in, out, connections, 0, HALF);
        Threshold both = threshold(in, out, upper.wanted, upper.bits, 1);
        long[] ties = Cells.distinct(both.tied, (int) both.wanted, new SplittableRandom(seed));
        long[] cells = new long[connections];
        int k = 0;
        int nextTie = 0;
        long tied = 0;
        for (int b = 0; b < correlations.features(); b++) {
            for (int a = 0; a < correlations.features(); a++) {
                int bits = Float.floatToRawIntBits(correlations.coefficient(b, a));
                if (bits < both.bits) {
                    continue;
                }
                for (int output : out.of(b)) {
                    for (int input : in.of(a)) {
                        boolean chosen = bits > both.bits;
                        if (!chosen) {
                            chosen = nextTie < ties.length && ties[nextTie] == tied++;
                            nextTie += chosen ? 1 : 0;
                        }
                        if (chosen) {
                            cells[k++] = (long) output * inputs + input;
                        }
                    }
                }
            }
        }
        return Cells.topology(inputs, outputs, cells);
    }

    /**
     * The bits of the weakest correlation needed, of which one half is found.
     *
     * @param bits of the weakest correlation, the lower half 0 if that is not known yet
     * @param wanted how many pairs with these bits are needed
     * @param tied how many have them
     */
    private record Threshold(int bits, long wanted, long tied) {}

    /** Counts pairs by half of the bits of their correlation, which order floats of one sign, and goes down from the top. */
    private Threshold threshold(FeatureCopies in, FeatureCopies out, long wanted, int above, int unit) {
        long[] pairs = new long[HALF];
        for (int b = 0; b < correlations.features(); b++) {
            long copies = out.of(b).length;
            for (int a = 0; copies > 0 && a < correlations.features(); a++) {
                int bits = Float.floatToRawIntBits(correlations.coefficient(b, a));
                if (unit == HALF || bits >>> 16 == above >>> 16) {
                    pairs[bits / unit & (HALF - 1)] += copies * in.of(a).length;
                }
            }
        }
        int bin = HALF - 1;
        long left = wanted;
        while (bin > 0 && (left > pairs[bin] || pairs[bin] == 0)) {
            left -= pairs[bin--];
        }
        return new Threshold(above + bin * unit, left, pairs[bin]);
    }
}
