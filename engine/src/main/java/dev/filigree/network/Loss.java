package dev.filigree.network;

/** What training minimizes, over class labels. */
public enum Loss {
    /** Cross-entropy of the softmax of the outputs; the output layer's activation is to be linear. */
    SOFTMAX_CROSS_ENTROPY,

    /** Squared difference to the one-hot label, mean over the outputs. */
    MEAN_SQUARED_ERROR;

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

        void add(double lossSum, int hits, int count) {
            loss += lossSum;
            correct += hits;
            samples += count;
        }

        /** Replaces the sums by others, as {@link #lossSum}, {@link #correct} and {@link #samples} have told them. */
        public void restore(double lossSum, long correctSamples, long allSamples) {
            loss = lossSum;
            correct = correctSamples;
            samples = allSamples;
        }

        /** Sum of the losses; its bits depend on the order of the batches. */
        public double lossSum() {
            return loss;
        }

        /** Number of samples whose largest output is their label's. */
        public long correct() {
            return correct;
        }

        /** Number of samples. */
        public long samples() {
            return samples;
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
}
