package dev.filigree.datasets;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/**
 * Brings every feature to mean 0 and standard deviation 1 over the training samples.
 *
 * <p>A value {@code x} becomes {@code (x - mean) / deviation}, computed in {@code double}, with the mean and the
 * population standard deviation of its feature in the training set. A feature that is constant there becomes 0
 * everywhere. {@link #range} brings the values of all features together into [0, 1] instead.
 */
public final class Standardizer {
    private final double[] means;
    private final double[] deviations;

    private Standardizer(double[] means, double[] deviations) {
        this.means = means;
        this.deviations = deviations;
    }

    /**
     * Measures the training samples; changes nothing.
     *
     * @throws DatasetException if a value is NaN or infinite
     */
    public static Standardizer fit(Dataset training) throws DatasetException {
        checkFinite(training);
        int features = training.features();
        // A double sums up to 2^29 equal floats exactly, so the deviation of a constant feature is exactly 0.
        double[] means = new double[features];
        forEachRow(training, (sample, row) -> {
            for (int f = 0; f < features; f++) {
                means[f] += row[f];
            }
        });
        for (int f = 0; f < features; f++) {
            means[f] /= training.samples();
        }
        double[] deviations = new double[features];
        forEachRow(training, (sample, row) -> {
            for (int f = 0; f < features; f++) {
                double offset = row[f] - means[f];
                deviations[f] += offset * offset;
            }
        });
        for (int f = 0; f < features; f++) {
            deviations[f] = Math.sqrt(deviations[f] / training.samples());
        }
        return new Standardizer(means, deviations);
    }

    /**
     * Measures the range of the training samples, for all features together, as is usual for images: their smallest value
     * becomes 0, their largest 1. Values that are all the same become 0.
     *
     * @throws DatasetException if a value is NaN or infinite
     */
    public static Standardizer range(Dataset training) throws DatasetException {
        checkFinite(training);
        double[] ends = {Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY};
        forEachRow(training, (sample, row) -> {
            for (float value : row) {
                ends[0] = Math.min(ends[0], value);
                ends[1] = Math.max(ends[1], value);
            }
        });
        double[] offsets = new double[training.features()];
        double[] widths = new double[training.features()];
        Arrays.fill(offsets, ends[0]);
        Arrays.fill(widths, ends[1] - ends[0]);
        return new Standardizer(offsets, widths);
    }

    /**
     * Standardizes samples in place.
     *
     * @throws IllegalArgumentException if {@code data} has another number of features than the training samples
     * @throws DatasetException if a value is NaN or infinite; nothing is changed then
     */
    public void apply(Dataset data) throws DatasetException {
        if (data.features() != means.length) {
            throw new IllegalArgumentException("%s does not fit a standardizer of %d features"
                    .formatted(data, means.length));
        }
        checkFinite(data);
        scale(data);
    }

    /** What is subtracted from each feature, its training mean or the lower end of the range, {@code [features]}. */
    public double[] means() {
        return means.clone();
    }

    /**
     * What each feature is divided by, its population standard deviation over the training samples or the width of the
     * range, {@code [features]}, 0 or more.
     */
    public double[] deviations() {
        return deviations.clone();
    }

    /** As {@link #apply}, for values known to be finite. */
    void scale(Dataset data) {
        MemorySegment target = data.values().segment();
        double[] factors = new double[means.length];
        for (int f = 0; f < factors.length; f++) {
            factors[f] = deviations[f] > 0 ? 1 / deviations[f] : 0;
        }
        forEachRow(data, (sample, row) -> {
            for (int f = 0; f < row.length; f++) {
                row[f] = factors[f] == 0 ? 0f : (float) ((row[f] - means[f]) * factors[f]);
            }
            MemorySegment.copy(row, 0, target, ValueLayout.JAVA_FLOAT, offset(sample, row), row.length);
        });
    }

    static void checkFinite(Dataset data) throws DatasetException {
        MemorySegment source = data.values().segment();
        float[] row = new float[data.features()];
        for (int s = 0; s < data.samples(); s++) {
            copyRow(source, s, row);
            for (int f = 0; f < row.length; f++) {
                if (!Float.isFinite(row[f])) {
                    throw new DatasetException(
                            "%s: feature %d of sample %d is %s, expected a finite number: repair or leave out the sample"
                                    .formatted(data.name(), f, s, row[f]));
                }
            }
        }
    }

    private interface RowAction {
        void accept(int sample, float[] row);
    }

    private static void forEachRow(Dataset data, RowAction action) {
        MemorySegment source = data.values().segment();
        float[] row = new float[data.features()];
        for (int s = 0; s < data.samples(); s++) {
            copyRow(source, s, row);
            action.accept(s, row);
        }
    }

    private static void copyRow(MemorySegment source, int sample, float[] row) {
        MemorySegment.copy(source, ValueLayout.JAVA_FLOAT, offset(sample, row), row, 0, row.length);
    }

    private static long offset(int sample, float[] row) {
        return (long) sample * row.length * Float.BYTES;
    }
}
