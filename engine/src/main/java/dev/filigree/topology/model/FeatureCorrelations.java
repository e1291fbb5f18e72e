package dev.filigree.topology.model;

import dev.filigree.dense.DenseBackend;
import dev.filigree.memory.FloatArray;

/**
 * How strongly each feature of some samples is correlated with each other: the absolute values of Pearson's coefficient,
 * 0 of a feature with itself and of one that never changes.
 *
 * <p>Computed in blocks of features by products of standardized samples. One block is kept, so that the coefficients of
 * up to 4,096 features are computed once, and more never take more memory.
 */
public final class FeatureCorrelations {
    private static final int BLOCK = 1 << 24;
    private static final int PANEL = 1 << 20;

    private final FloatArray values;
    private final int samples;
    private final int features;
    private final DenseBackend backend;
    private final float[] means;
    private final float[] scales;
    private final int blockRows;
    private final float[] block;
    private int firstInBlock = -1;

    /**
     * Correlates features.
     *
     * @param values {@code [sample][feature]}, finite; must stay open as long as this is used
     * @param samples number of samples, 1 or more
     * @param features number of features, 1 or more
     * @param backend computes the products
     */
    public FeatureCorrelations(FloatArray values, int samples, int features, DenseBackend backend) {
        if (samples < 1 || features < 1 || values.length() < (long) samples * features) {
            throw new IllegalArgumentException(
                    "%d samples of %d features need more than %s".formatted(samples, features, values));
        }
        this.values = values;
        this.samples = samples;
        this.features = features;
        this.backend = backend;
        this.means = new float[features];
        this.scales = new float[features];
        this.blockRows = Math.clamp(BLOCK / features, 1, features);
        this.block = new float[blockRows * features];
        standardize();
    }

    /** Number of features. */
    public int features() {
        return features;
    }

    /** The coefficient of two features, in [0, 1] but for rounding. Fast if the first one changes slowly. */
    public float coefficient(int feature, int other) {
        if (firstInBlock < 0 || feature < firstInBlock || feature >= firstInBlock + blockRows) {
            compute(feature - feature % blockRows);
        }
        return block[(feature - firstInBlock) * features + other];
    }

    private void standardize() {
        double[] sums = new double[features];
        double[] squares = new double[features];
        for (long s = 0; s < samples; s++) {
            for (int f = 0; f < features; f++) {
                sums[f] += values.get(s * features + f);
            }
        }
        for (int f = 0; f < features; f++) {
            means[f] = (float) (sums[f] / samples);
        }
        for (long s = 0; s < samples; s++) {
            for (int f = 0; f < features; f++) {
                double deviation = values.get(s * features + f) - means[f];
                squares[f] += deviation * deviation;
            }
        }
        for (int f = 0; f < features; f++) {
            scales[f] = squares[f] == 0 ? 0 : (float) (1 / Math.sqrt(squares[f]));
        }
    }

    private void compute(int first) {
        int rows = Math.min(blockRows, features - first);
        int panelSamples = Math.clamp(PANEL / features, 1, samples);
        try (FloatArray panel = FloatArray.allocate((long) panelSamples * features, "standardized samples");
                FloatArray products = FloatArray.allocate((long) rows * features, "correlations")) {
            for (int from = 0; from < samples; from += panelSamples) {
                int count = Math.min(panelSamples, samples - from);
                fill(panel, from, count);
                backend.gemm(true, false, rows, features, count, panel.address() + 4L * first, features,
                        panel.address(), features, from == 0 ? 0 : 1, products.address(), features);
            }
            for (int k = 0; k < rows * features; k++) {
                block[k] = Math.abs(products.get(k));
            }
        }
        for (int f = first; f < first + rows; f++) {
            block[(f - first) * features + f] = 0;
        }
        firstInBlock = first;
    }

    private void fill(FloatArray panel, int from, int count) {
        for (int s = 0; s < count; s++) {
            for (int f = 0; f < features; f++) {
                float value = values.get((long) (from + s) * features + f);
                panel.set((long) s * features + f, (value - means[f]) * scales[f]);
            }
        }
    }
}
