package dev.filigree.evolution;

import static dev.filigree.memory.OffHeapMemory.getInt;

import dev.filigree.memory.FloatArray;
import dev.filigree.parallel.WorkerPool;

/**
 * Which weights to remove: exactly the given fraction of the positive ones, smallest first, the same fraction of
 * the negative ones, largest first, and all that are 0. Ties at the threshold go in the order of the array.
 *
 * <p>Thresholds are found without sorting, by two histograms over the bits of the weights: first of the upper half,
 * then of the lower half of those in whose bin a threshold lies. What a worker counts in the second one also tells how
 * many ties it may take.
 */
final class SmallestMagnitudes {
    private static final int HALF = 1 << 16;
    private static final int SIGN = HALF >> 1;

    private final Threshold positive;
    private final Threshold negative;

    private SmallestMagnitudes(Threshold positive, Threshold negative) {
        this.positive = positive;
        this.negative = negative;
    }

    /**
     * Finds the thresholds.
     *
     * @param weights finite numbers
     * @param bounds worker {@code w} is to look at positions {@code bounds[w] … bounds[w + 1] - 1}, together all
     * @param fraction in [0, 1)
     */
    static SmallestMagnitudes of(FloatArray weights, long[] bounds, double fraction, WorkerPool pool) {
        int workers = bounds.length - 1;
        Counts[] counts = new Counts[workers];
        pool.run(w -> {
            counts[w] = new Counts(weights.address() + 4 * bounds[w], weights.address() + 4 * bounds[w + 1]);
            counts[w].countUpperHalves();
        });
        Threshold positive = new Threshold(counts, 0, fraction);
        Threshold negative = new Threshold(counts, SIGN, fraction);
        pool.run(w -> counts[w].countLowerHalves(positive.upper, negative.upper));
        positive.refine(counts);
        negative.refine(counts);
        return new SmallestMagnitudes(positive, negative);
    }

    /** How many weights are to be removed. */
    long total() {
        return positive.removed + negative.removed;
    }

    /** Bits of the magnitude below which all positive weights and 0 are to be removed. */
    int positiveLimit() {
        return positive.limit;
    }

    /** Bits of the magnitude below which all negative weights and -0 are to be removed. */
    int negativeLimit() {
        return negative.limit;
    }

    /** How many of its positive weights at the limit a worker is to remove, the first of them. */
    long positiveTies(int worker) {
        return positive.ties[worker];
    }

    /** How many of its negative weights at the limit a worker is to remove, the first of them. */
    long negativeTies(int worker) {
        return negative.ties[worker];
    }

    /** One worker's histograms. */
    private static final class Counts {
        private final long from;
        private final long to;
        private final long[] upper = new long[HALF];
        private final long[] lowerPositive = new long[HALF];
        private final long[] lowerNegative = new long[HALF];
        private long positiveZeros;
        private long negativeZeros;

        Counts(long from, long to) {
            this.from = from;
            this.to = to;
        }

        void countUpperHalves() {
            long zeros = 0;
            long minusZeros = 0;
            for (long at = from; at < to; at += 4) {
                int bits = getInt(at);
                upper[bits >>> 16]++;
                if (bits << 1 == 0) {
                    zeros += 1 + (bits >> 31);
                    minusZeros -= bits >> 31;
                }
            }
            positiveZeros = zeros;
            negativeZeros = minusZeros;
        }

        void countLowerHalves(int positiveUpper, int negativeUpper) {
            for (long at = from; at < to; at += 4) {
                int bits = getInt(at);
                int half = bits >>> 16;
                if (half == positiveUpper) {
                    lowerPositive[bits & (HALF - 1)]++;
                } else if (half == negativeUpper) {
                    lowerNegative[bits & (HALF - 1)]++;
                }
            }
        }
    }

    /** Up to which magnitude weights of one sign are removed. */
    private static final class Threshold {
        private final int sign;
        private final long removed;
        private final long[] ties;
        private int upper = -1;
        private long left;
        private int limit;

        Threshold(Counts[] counts, int sign, double fraction) {
            this.sign = sign;
            this.ties = new long[counts.length];
            long[] histogram = new long[SIGN];
            long all = 0;
            long zeros = 0;
            for (Counts ofWorker : counts) {
                for (int bin = 0; bin < SIGN; bin++) {
                    histogram[bin] += ofWorker.upper[sign + bin];
                    all += ofWorker.upper[sign + bin];
                }
                zeros += sign == 0 ? ofWorker.positiveZeros : ofWorker.negativeZeros;
            }
            removed = (long) (fraction * (all - zeros)) + zeros;
            if (removed > 0) {
                left = removed;
                int bin = 0;
                while (left > histogram[bin]) {
                    left -= histogram[bin++];
                }
                upper = sign + bin;
            }
        }

        void refine(Counts[] counts) {
            if (removed == 0) {
                return;
            }
            int bin = 0;
            for (long inBin = inBin(counts, 0); left > inBin; inBin = inBin(counts, bin)) {
                left -= inBin;
                bin++;
            }
            limit = (upper - sign) << 16 | bin;
            for (int w = 0; w < ties.length; w++) {
                ties[w] = Math.min(left, lower(counts[w])[bin]);
                left -= ties[w];
            }
        }

        private long inBin(Counts[] counts, int bin) {
            long sum = 0;
            for (Counts ofWorker : counts) {
                sum += lower(ofWorker)[bin];
            }
            return sum;
        }

        private long[] lower(Counts counts) {
            return sign == 0 ? counts.lowerPositive : counts.lowerNegative;
        }
    }
}
