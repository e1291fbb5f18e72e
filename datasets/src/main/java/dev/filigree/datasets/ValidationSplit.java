package dev.filigree.datasets;

import dev.filigree.memory.IntArray;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * How much of the training set is held out for validation, and which samples.
 *
 * <p>The choice is stratified: every class gives its share, to within one sample. The same seed and labels give the
 * same choice on every machine. The samples of both parts keep their order.
 */
public final class ValidationSplit {
    private static final ValidationSplit NONE = new ValidationSplit(0, 0, 0);

    /** Share of the samples; 0 if {@link #count} says it. */
    private final double fraction;

    private final int count;
    private final long seed;

    private ValidationSplit(double fraction, int count, long seed) {
        this.fraction = fraction;
        this.count = count;
        this.seed = seed;
    }

    /** Holds nothing out. */
    public static ValidationSplit none() {
        return NONE;
    }

    /**
     * Holds out a share of the training samples, rounded to a whole number.
     *
     * @param fraction more than 0, less than 1
     * @throws IllegalArgumentException if {@code fraction} is out of range
     */
    public static ValidationSplit fraction(double fraction, long seed) {
        if (!(fraction > 0 && fraction < 1)) {
            throw new IllegalArgumentException(
                    "validation fraction is %s, expected more than 0 and less than 1".formatted(fraction));
        }
        return new ValidationSplit(fraction, 0, seed);
    }

    /**
     * Holds out a number of training samples.
     *
     * @param samples 1 or more, and fewer than the training set has
     * @throws IllegalArgumentException if {@code samples} is not positive
     */
    public static ValidationSplit count(int samples, long seed) {
        if (samples < 1) {
            throw new IllegalArgumentException("validation count is %d, expected 1 or more".formatted(samples));
        }
        return new ValidationSplit(0, samples, seed);
    }

    /**
     * The held-out samples.
     *
     * @param labels the class of each sample, from 0 to {@code classes - 1}
     * @throws DatasetException if one of the two parts would be empty
     */
    public BitSet choose(IntArray labels, int classes) throws DatasetException {
        BitSet heldOut = new BitSet();
        if (fraction == 0 && count == 0) {
            return heldOut;
        }
        int samples = (int) labels.length();
        long wanted = fraction > 0 ? Math.round(fraction * samples) : count;
        if (wanted < 1 || wanted >= samples) {
            throw new DatasetException(
                    "validation would take %d of the %d training samples, expected 1 to %d: choose another size"
                            .formatted(wanted, samples, samples - 1));
        }
        int[] left = Dataset.samplesPerClass(labels, classes);
        int[] open = shares(left, samples, wanted);
        // Selection sampling (Knuth, TAOCP 3.4.2, algorithm S) by class. Random's sequence is part of its contract.
        Random random = new Random(seed);
        for (int s = 0; s < samples; s++) {
            int label = labels.get(s);
            if (random.nextInt(left[label]--) < open[label]) {
                open[label]--;
                heldOut.set(s);
            }
        }
        return heldOut;
    }

    /** Divides {@code wanted} among the classes in proportion to their sizes, by largest remainder. */
    private static int[] shares(int[] perClass, int samples, long wanted) {
        int[] shares = new int[perClass.length];
        long given = 0;
        for (int c = 0; c < shares.length; c++) {
            shares[c] = (int) (wanted * perClass[c] / samples);
            given += shares[c];
        }
        IntStream.range(0, shares.length).boxed()
                .sorted(Comparator.comparingLong(c -> -(wanted * perClass[c] % samples))).limit(wanted - given)
                .forEach(c -> shares[c]++);
        return shares;
    }
}
