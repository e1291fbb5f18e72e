package dev.filigree.distance;

import dev.filigree.assignment.Matching;
import dev.filigree.topology.LayerTopology;
import java.util.Arrays;

/** By intersecting bit sets: in dense layers most neurons share inputs, and 64 inputs are counted at a time. */
final class BitSets implements CommonInputs {
    private final LayerTopology a;
    private final Matching inputs;
    private final int words;
    /** {@code [neuron][word]} of the other layer; shared by all threads. */
    private final long[] setsB;
    private final long[] setA;
    private final int[] met;
    private final int[] counts;

    /**
     * Prepares.
     *
     * @param inputs the input neuron of the other layer that stands for each of {@code a}
     * @param setsB of the other layer, see {@link #of}
     */
    BitSets(LayerTopology a, Matching inputs, LayerTopology b, long[] setsB) {
        this.a = a;
        this.inputs = inputs;
        this.setsB = setsB;
        words = words(b);
        setA = new long[words];
        met = new int[b.outputs()];
        counts = new int[b.outputs()];
    }

    /** Words of the bit set of one neuron. */
    static int words(LayerTopology layer) {
        return Math.ceilDiv(layer.inputs(), Long.SIZE);
    }

    /** The inputs of every neuron of a layer. */
    static long[] of(LayerTopology layer) {
        int words = words(layer);
        long[] sets = new long[Math.multiplyExact(layer.outputs(), words)];
        for (int j = 0; j < layer.outputs(); j++) {
            for (long k = layer.rowStart(j); k < layer.rowStart(j + 1); k++) {
                int input = layer.source(k);
                sets[j * words + input / Long.SIZE] |= 1L << input;
            }
        }
        return sets;
    }

    @Override
    public int count(int neuron) {
        Arrays.fill(setA, 0);
        for (long k = a.rowStart(neuron); k < a.rowStart(neuron + 1); k++) {
            int input = inputs.column(a.source(k));
            if (input != Matching.NONE) {
                setA[input / Long.SIZE] |= 1L << input;
            }
        }
        int count = 0;
        for (int j = 0; j < met.length; j++) {
            int common = 0;
            for (int word = 0; word < words; word++) {
                common += Long.bitCount(setA[word] & setsB[j * words + word]);
            }
            if (common > 0) {
                met[count] = j;
                counts[count++] = common;
            }
        }
        return count;
    }

    @Override
    public int[] met() {
        return met;
    }

    @Override
    public int[] counts() {
        return counts;
    }
}
