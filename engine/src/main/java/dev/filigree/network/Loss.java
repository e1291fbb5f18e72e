package dev.filigree.network;

import static dev.filigree.memory.OffHeapMemory.getFloat;
import static dev.filigree.memory.OffHeapMemory.setFloat;

import dev.filigree.kernel.TiledMatrix;
import org.jspecify.annotations.Nullable;

/** What training minimizes, over class labels. */
public enum Loss {
    /** Cross-entropy of the softmax of the outputs; the output layer's activation is to be linear. */
    SOFTMAX_CROSS_ENTROPY {
        @Override
        double sample(long output, long stride, int classes, int label, long delta, float deltaScale) {
            double max = getFloat(output);
            for (int c = 1; c < classes; c++) {
                max = Math.max(max, getFloat(output + c * stride));
            }
            double sum = 0;
            for (int c = 0; c < classes; c++) {
                sum += Math.exp(getFloat(output + c * stride) - max);
            }
            if (delta != 0) {
                for (int c = 0; c < classes; c++) {
                    double p = Math.exp(getFloat(output + c * stride) - max) / sum;
                    setFloat(delta + c * stride, (float) ((c == label ? p - 1 : p) * deltaScale));
                }
            }
            return Math.log(sum) + max - getFloat(output + label * stride);
        }
    },

    /** Squared difference to the one-hot label, mean over the outputs. */
    MEAN_SQUARED_ERROR {
        @Override
        double sample(long output, long stride, int classes, int label, long delta, float deltaScale) {
            double sum = 0;
            for (int c = 0; c < classes; c++) {
                double difference = getFloat(output + c * stride) - (c == label ? 1.0 : 0.0);
                sum += difference * difference;
                if (delta != 0) {
                    setFloat(delta + c * stride, (float) (2 * difference / classes * deltaScale));
                }
            }
            return sum / classes;
        }
    };

    /** Sums over samples: reset, then accumulated batch by batch. */
    public static final class Score {
        private double loss;
        private long correct;
        private long samples;

        /** A score of no samples. */
        public Score() {}

        /** Forgets all samples. */
        public void reset() {
            loss = 0;
            correct = 0;
            samples = 0;
        }

        /** Mean loss per sample; NaN of no samples. */
        public double meanLoss() {
            return loss / samples;
        }

        /** Share of the samples whose largest output is their label's, in [0, 1]; NaN of no samples. */
        public double accuracy() {
            return (double) correct / samples;
        }
    }

    /**
     * Loss of one sample; writes the derivative by its outputs where {@code delta} is not 0.
     *
     * @param output address of the first output
     * @param stride bytes from one output to the next
     */
    abstract double sample(long output, long stride, int classes, int label, long delta, float deltaScale);

    /**
     * Adds a batch to a score and, if asked, writes the derivative of the batch's mean loss by its outputs.
     *
     * @param outputs of the last layer
     * @param labels class of each sample
     * @param samples number of samples in use
     * @param delta result, zero in the padding lanes; null if not wanted
     * @param score where loss and hits are added
     * @return sum of the batch's losses
     */
    public double evaluate(TiledMatrix outputs, int[] labels, int samples, @Nullable TiledMatrix delta, Score score) {
        int classes = outputs.neurons();
        for (int s = 0; s < samples; s++) {
            if (labels[s] < 0 || labels[s] >= classes) {
                throw new IllegalArgumentException(
                        "sample %d has label %d, but there are %d outputs".formatted(s, labels[s], classes));
            }
        }
        long stride = 4L * outputs.tileLanes();
        if (delta != null) {
            delta.values().clear();
        }
        double batchLoss = 0;
        for (int s = 0; s < samples; s++) {
            long offset = 4 * outputs.index(0, s);
            long output = outputs.values().address() + offset;
            batchLoss += sample(output, stride, classes, labels[s],
                    delta == null ? 0 : delta.values().address() + offset, 1f / samples);
            int best = 0;
            for (int c = 1; c < classes; c++) {
                if (getFloat(output + c * stride) > getFloat(output + best * stride)) {
                    best = c;
                }
            }
            if (best == labels[s]) {
                score.correct++;
            }
        }
        score.loss += batchLoss;
        score.samples += samples;
        return batchLoss;
    }
}
