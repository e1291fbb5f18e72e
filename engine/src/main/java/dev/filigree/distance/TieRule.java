package dev.filigree.distance;

import dev.filigree.assignment.Matching;
import dev.filigree.assignment.OptimalMatchings.Preference;
import dev.filigree.random.RandomStreams;
import dev.filigree.topology.LayerTopology;

/**
 * Which of several equally good matchings of two layers is taken.
 *
 * <p>Canonical: of all optimal matchings the one that pairs most neurons of the same color, see {@link NeuronColors};
 * what is still equal is decided by numbers drawn from the colors of both neurons. So the choice follows from structure,
 * not from the order of the neurons, and two networks that differ in that order alone are paired as what they are.
 * Sampled: by numbers drawn from a seed and the neurons' numbers.
 */
final class TieRule {
    /** More would not tell more pairs apart than there are. */
    private static final int MOST_BITS = 20;

    private final long[] colorsA;
    private final long[] colorsB;
    private final boolean prefersSame;

    private TieRule(long[] colorsA, long[] colorsB, boolean prefersSame) {
        this.colorsA = colorsA;
        this.colorsB = colorsB;
        this.prefersSame = prefersSame;
    }

    /** By the colors of both layers' output neurons. */
    static TieRule canonical(long[] colorsA, long[] colorsB) {
        return new TieRule(colorsA, colorsB, true);
    }

    /** By the colors that both layers' output neurons have from their inputs alone. */
    static TieRule canonical(LayerTopology a, LayerTopology b, Matching inputs) {
        long[] inputsA = random(1, a.inputs());
        long[] inputsB = random(2, b.inputs());
        for (int s = 0; s < inputsA.length; s++) {
            if (inputs.column(s) != Matching.NONE) {
                inputsB[inputs.column(s)] = inputsA[s];
            }
        }
        return canonical(NeuronColors.forward(a, inputsA), NeuronColors.forward(b, inputsB));
    }

    /** At random. */
    static TieRule sampled(long seed, int neuronsA, int neuronsB) {
        return new TieRule(random(seed, neuronsA), random(~seed, neuronsB), false);
    }

    /** The neuron of the same number where that is possible, the rest at random: what solvers blind to ties tend to. */
    static TieRule byNumber(long seed, int neuronsA, int neuronsB) {
        return new TieRule(random(seed, neuronsA), random(seed, neuronsB), true);
    }

    private static long[] random(long seed, int neurons) {
        long[] colors = new long[neurons];
        for (int i = 0; i < neurons; i++) {
            colors[i] = RandomStreams.mix(RandomStreams.mix(seed) + i);
        }
        return colors;
    }

    long colorA(int i) {
        return colorsA[i];
    }

    long colorB(int j) {
        return colorsB[j];
    }

    /** Whether the pair is one of neurons that stand in the same place. */
    boolean isSame(int i, int j) {
        return prefersSame && colorsA[i] == colorsB[j];
    }

    /** Preferences of pairs, none above {@code largest}. */
    Preference preference(int largest) {
        int bits = Math.min(MOST_BITS, 31 - Integer.numberOfLeadingZeros(largest));
        int most = (1 << bits) - 1;
        return (i, j) -> isSame(i, j)
                ? most
                : (int) (RandomStreams.mix(colorsA[i] + Long.rotateLeft(colorsB[j], 32)) >>> 1) & most >>> 1;
    }
}
