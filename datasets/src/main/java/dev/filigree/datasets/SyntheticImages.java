package dev.filigree.datasets;

import dev.filigree.memory.ArrayGroup;
import dev.filigree.memory.FloatArray;
import dev.filigree.memory.IntArray;
import dev.filigree.random.RandomStreams;
import dev.filigree.random.RandomStreams.Purpose;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.SplittableRandom;

/**
 * Samples of any shape that a network can learn, for measurements that need no real data: every class has a random
 * prototype, and a sample is its class's prototype under strong noise.
 *
 * <p>Values are whole numbers from 0 to 255, as in images of bytes. One label in ten is drawn anew from all classes,
 * so that no network reaches a loss of 0, where gradients would become denormal numbers and slow the processor down.
 *
 * <p>Sample number {@code n} is determined by the seed and {@code n} alone: ranges that do not overlap are training
 * and test samples of one problem.
 */
public final class SyntheticImages {
    private static final double MEAN = 128;
    private static final double CONTRAST = 20;
    private static final double NOISE = 60;
    private static final double WRONG_LABELS = 0.1;

    private final float[][] prototypes;
    private final long seed;

    /**
     * Draws the prototypes.
     *
     * @param features values per sample, 1 or more
     * @param classes number of classes, 1 or more
     * @param seed the same seed gives the same samples
     */
    public SyntheticImages(int features, int classes, long seed) {
        if (features < 1 || classes < 1) {
            throw new IllegalArgumentException("%d features and %d classes, expected 1 or more of each"
                    .formatted(features, classes));
        }
        this.seed = seed;
        this.prototypes = new float[classes][features];
        SplittableRandom random = RandomStreams.of(seed, Purpose.SAMPLES);
        for (float[] prototype : prototypes) {
            for (int f = 0; f < features; f++) {
                prototype[f] = (float) (MEAN + CONTRAST * random.nextGaussian());
            }
        }
    }

    /**
     * Makes samples {@code first} to {@code first + samples - 1}.
     *
     * @param name what the samples are, for messages
     * @param first number of the first sample, 0 or more
     * @param samples how many, 1 or more
     * @return owned by the caller
     */
    public Dataset generate(String name, long first, int samples) {
        if (first < 0 || samples < 1) {
            throw new IllegalArgumentException("%d samples from number %d, expected 1 or more from 0 or more"
                    .formatted(samples, first));
        }
        int features = prototypes[0].length;
        ArrayGroup arrays = new ArrayGroup();
        FloatArray values = arrays.floats((long) samples * features, "features of " + name);
        IntArray labels = arrays.ints(samples, "labels of " + name);
        MemorySegment target = values.segment();
        float[] row = new float[features];
        for (int s = 0; s < samples; s++) {
            labels.set(s, draw(RandomStreams.of(seed, Purpose.SAMPLES, first + s), row));
            MemorySegment.copy(row, 0, target, ValueLayout.JAVA_FLOAT, (long) s * features * Float.BYTES, features);
        }
        return new Dataset(name, values, labels, features, prototypes.length);
    }

    /** Draws one sample and returns its label. */
    private int draw(SplittableRandom random, float[] row) {
        int label = random.nextInt(prototypes.length);
        float[] prototype = prototypes[label];
        for (int f = 0; f < row.length; f++) {
            row[f] = Math.clamp(Math.round(prototype[f] + NOISE * random.nextGaussian()), 0, 255);
        }
        return random.nextDouble() < WRONG_LABELS ? random.nextInt(prototypes.length) : label;
    }
}
