package dev.filigree.random;

import java.util.SplittableRandom;

/**
 * Independent random generators derived from one seed, one per purpose and index, so that what one part draws
 * never shifts what another part draws.
 */
public final class RandomStreams {
    private RandomStreams() {}

    /** What a stream is drawn for. */
    public enum Purpose {
        /** Which connections exist at the start. */
        TOPOLOGY,
        /** The initial weights. */
        WEIGHTS,
        /** The initial parameters of learned activations. */
        ACTIVATION,
        /** The order of the samples in an epoch. */
        SHUFFLE,
        /** Which activations are dropped. */
        DROPOUT,
        /** Which connections grow. */
        EVOLUTION,
        /** Which samples are held out for validation. */
        VALIDATION,
        /** Which samples of a file are for the test. */
        TEST,
        /** Synthetic samples. */
        SAMPLES
    }

    /**
     * The generator of one purpose.
     *
     * @param seed the run's seed
     * @param purpose what is drawn
     * @param indices such as layer and epoch
     */
    public static SplittableRandom of(long seed, Purpose purpose, long... indices) {
        return new SplittableRandom(key(seed, purpose, indices));
    }

    /** A 64-bit key of one purpose, for counter-based generators. */
    public static long key(long seed, Purpose purpose, long... indices) {
        long state = mix(seed + purpose.name().hashCode() * 0x9E37_79B9_7F4A_7C15L);
        for (long index : indices) {
            state = mix(state + (index + 1) * 0x9E37_79B9_7F4A_7C15L);
        }
        return state;
    }

    /** The finalizer of SplitMix64 (Steele, Lea and Flood, OOPSLA 2014): a bijection that scrambles all bits. */
    public static long mix(long z) {
        z = (z ^ (z >>> 30)) * 0xBF58_476D_1CE4_E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D0_49BB_1331_11EBL;
        return z ^ (z >>> 31);
    }
}
