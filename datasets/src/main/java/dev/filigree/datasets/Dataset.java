package dev.filigree.datasets;

import dev.filigree.memory.ArrayGroup;
import dev.filigree.memory.FloatArray;
import dev.filigree.memory.IntArray;
import java.util.Objects;

/**
 * Labelled samples, off the heap. Owns its arrays: closing it frees them.
 *
 * <p>The layout is sample-major: feature {@code f} of sample {@code s} is element {@code s * features + f} of
 * {@link #values()}. Images keep their pixel values, 0 to 255, row by row, until a {@link Standardizer} is applied.
 */
public final class Dataset implements AutoCloseable {
    private final String name;
    private final FloatArray values;
    private final IntArray labels;
    private final int samples;
    private final int features;
    private final int classes;

    /**
     * Takes ownership of the arrays, unless it throws.
     *
     * @param name what the samples are, for messages
     * @param values {@code samples * features} values, sample-major
     * @param labels the class of each sample, from 0 to {@code classes - 1}; its length is the number of samples
     * @param features values per sample, 1 or more
     * @param classes number of classes, 1 or more
     * @throws IllegalArgumentException if there is no sample, the lengths do not fit or a label is out of range
     */
    public Dataset(String name, FloatArray values, IntArray labels, int features, int classes) {
        if (features < 1 || classes < 1) {
            throw new IllegalArgumentException("%s has %d features and %d classes, expected 1 or more of each"
                    .formatted(name, features, classes));
        }
        if (labels.length() < 1 || labels.length() > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("%s has %d samples, expected 1 to %d"
                    .formatted(name, labels.length(), Integer.MAX_VALUE));
        }
        if (values.length() != labels.length() * features) {
            throw new IllegalArgumentException("%s has %d values, expected %d samples × %d features = %d"
                    .formatted(name, values.length(), labels.length(), features, labels.length() * features));
        }
        for (long s = 0; s < labels.length(); s++) {
            if (labels.get(s) < 0 || labels.get(s) >= classes) {
                throw new IllegalArgumentException("label of sample %d of %s is %d, expected 0 to %d"
                        .formatted(s, name, labels.get(s), classes - 1));
            }
        }
        this.name = name;
        this.values = values;
        this.labels = labels;
        this.samples = (int) labels.length();
        this.features = features;
        this.classes = classes;
    }

    /** What the samples are, for messages: {@code "fashion-mnist training"}. */
    public String name() {
        return name;
    }

    /** Number of samples, 1 or more. */
    public int samples() {
        return samples;
    }

    /** Number of values per sample, 1 or more. */
    public int features() {
        return features;
    }

    /** Number of classes, 1 or more; not every class needs to occur. */
    public int classes() {
        return classes;
    }

    /** All values, {@code [samples][features]}; owned by this data set. */
    public FloatArray values() {
        return values;
    }

    /** The class of each sample, {@code [samples]}, each from 0 to {@code classes - 1}; owned by this data set. */
    public IntArray labels() {
        return labels;
    }

    /**
     * One value.
     *
     * @throws IndexOutOfBoundsException if there is no such sample or feature
     */
    public float value(int sample, int feature) {
        Objects.checkIndex(sample, samples);
        Objects.checkIndex(feature, features);
        return values.get((long) sample * features + feature);
    }

    /**
     * The class of one sample.
     *
     * @throws IndexOutOfBoundsException if there is no such sample
     */
    public int label(int sample) {
        return labels.get(sample);
    }

    /** How many samples each class has, {@code [classes]}. */
    public int[] samplesPerClass() {
        return samplesPerClass(labels, classes);
    }

    /**
     * The same samples with some of the features.
     *
     * @param chosen numbers of features, in the order they are to have
     * @return with memory of its own, owned by the caller
     * @throws DatasetException if there is no such feature
     */
    public Dataset select(int[] chosen) throws DatasetException {
        for (int feature : chosen) {
            if (feature < 0 || feature >= features) {
                throw new DatasetException("%s has no feature %d, expected 0 to %d".formatted(name, feature,
                        features - 1));
            }
        }
        ArrayGroup arrays = new ArrayGroup();
        FloatArray selected = arrays.floats((long) samples * chosen.length, "some features of " + name);
        IntArray sameLabels = arrays.ints(samples, "labels of " + name);
        return arrays.orClose(() -> {
            sameLabels.copyFrom(labels);
            long next = 0;
            for (int s = 0; s < samples; s++) {
                for (int feature : chosen) {
                    selected.set(next++, values.get((long) s * features + feature));
                }
            }
            return new Dataset(name, selected, sameLabels, chosen.length, classes);
        });
    }

    static int[] samplesPerClass(IntArray labels, int classes) {
        int[] counts = new int[classes];
        for (long s = 0; s < labels.length(); s++) {
            counts[labels.get(s)]++;
        }
        return counts;
    }

    /** Frees the memory. Closing twice does nothing. */
    @Override
    public void close() {
        values.close();
        labels.close();
    }

    @Override
    public String toString() {
        return "%s: %d samples × %d features, %d classes".formatted(name, samples, features, classes);
    }
}
