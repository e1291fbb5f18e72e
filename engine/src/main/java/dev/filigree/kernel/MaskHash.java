package dev.filigree.kernel;

/**
 * The hash that decides which activations dropout drops: a number for every neuron and sample, from a key. Neurons
 * and samples are mixed on their own first, so that no row of a mask is a shifted copy of another.
 */
public final class MaskHash {
    /** First multiplier of {@link #mix}. */
    public static final int FACTOR_1 = 0x21F0_AAAD;

    /** Second multiplier of {@link #mix}. */
    public static final int FACTOR_2 = 0x735A_2D97;

    private MaskHash() {}

    /** A bijection that scrambles all bits: xor-shift-multiply with the constants of Wellons' hash-prospector. */
    public static int mix(int x) {
        x = (x ^ (x >>> 16)) * FACTOR_1;
        x = (x ^ (x >>> 15)) * FACTOR_2;
        return x ^ (x >>> 15);
    }

    /** The part of a neuron. */
    public static int row(long key, int neuron) {
        return mix((int) (key >>> 32) + neuron);
    }

    /** The part of a sample. */
    public static int column(long key, int sample) {
        return mix((int) key + sample);
    }

    /** Uniform over all ints. */
    public static int of(int row, int column) {
        return mix(row ^ column);
    }

    /** Hashes below this occur with the given probability, in steps of 2<sup>-32</sup>. */
    public static int threshold(double probability) {
        return (int) (probability * 0x1p32 - 0x1p31);
    }
}
