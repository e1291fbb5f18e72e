package dev.filigree.evolution;

import dev.filigree.memory.FloatArray;
import java.util.Arrays;

/**
 * Which weights to remove: exactly the given fraction of the positive ones, smallest first, the same fraction of
 * the negative ones, largest first, and all that are 0. Ties at the threshold go in the order of the array.
 *
 * <p>Thresholds are found by two histogram passes over the bits of the magnitudes, without sorting.
 */
final class SmallestMagnitudes {
    private static final int HALF = 1 << 16;

    private final Threshold positive;
    private final Threshold negative;
    private final long total;

    private SmallestMagnitudes(Threshold positive, Threshold negative, long total) {
        this.positive = positive;
        this.negative = negative;
        this.total = total;
    }

    static SmallestMagnitudes of(FloatArray weights, double fraction) {
        long zeros = 0;
        for (long k = 0; k < weights.length(); k++) {
            if (weights.get(k) == 0) {
                zeros++;
            }
        }
        Threshold positive = new Threshold(weights, 1, fraction);
        Threshold negative = new Threshold(weights, -1, fraction);
        return new SmallestMagnitudes(positive, negative, zeros + positive.count + negative.count);
    }

    /** How many weights are to be removed. */
    long total() {
        return total;
    }

    /** Whether the next weight, asked for in the order of the array, is to be removed. */
    boolean takes(float weight) {
        return weight == 0 || (weight > 0 ? positive : negative).takes(weight);
    }

    /** The magnitudes of one sign up to which weights are removed. */
    private static final class Threshold {
        private final long count;
        private int bits = -1;
        private long ties;

        Threshold(FloatArray weights, int sign, double fraction) {
            long[] histogram = new long[HALF];
            long ofSign = 0;
            for (long k = 0; k < weights.length(); k++) {
                float magnitude = sign * weights.get(k);
                if (magnitude > 0) {
                    histogram[Float.floatToRawIntBits(magnitude) >>> 16]++;
                    ofSign++;
                }
            }
            count = (long) (fraction * ofSign);
            if (count == 0) {
                return;
            }
            long left = count;
            int high = 0;
            while (left > histogram[high]) {
                left -= histogram[high++];
            }
            Arrays.fill(histogram, 0);
            for (long k = 0; k < weights.length(); k++) {
                float magnitude = sign * weights.get(k);
                if (magnitude > 0) {
                    int magnitudeBits = Float.floatToRawIntBits(magnitude);
                    if (magnitudeBits >>> 16 == high) {
                        histogram[magnitudeBits & (HALF - 1)]++;
                    }
                }
            }
            int low = 0;
            while (left > histogram[low]) {
                left -= histogram[low++];
            }
            bits = high << 16 | low;
            ties = left;
        }

        boolean takes(float weight) {
            int magnitudeBits = Float.floatToRawIntBits(Math.abs(weight));
            if (magnitudeBits == bits && ties > 0) {
                ties--;
                return true;
            }
            return magnitudeBits < bits;
        }
    }
}
