package dev.filigree.topology.metrics.degree;

import java.util.SplittableRandom;

/** The most likely power law of the numbers from a given one on. */
final class PowerLawTail {
    private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;
    private static final double PRECISION = 1e-6;

    /** Of so many numbers from the smallest on, the probabilities are looked up when samples are drawn. */
    private static final int TABLE = 1024;

    private final DegreeCounts counts;
    private final int first;
    private final int smallest;
    private final int size;
    private final double meanLog;
    private final double exponent;
    private final double zeta;
    private final double distance;

    private PowerLawTail(DegreeCounts counts, int first) {
        this.counts = counts;
        this.first = first;
        this.smallest = counts.value(first);
        int number = 0;
        double logs = 0;
        for (int i = first; i < counts.different(); i++) {
            number += counts.count(i);
            logs += counts.count(i) * Math.log((double) counts.value(i) / smallest);
        }
        this.size = number;
        this.meanLog = logs / number;
        this.exponent = mostLikely();
        this.zeta = HurwitzZeta.scaled(exponent, smallest);
        this.distance = measureDistance();
    }

    /**
     * Fits the tail that begins with the number at {@code first}, which is not the last one.
     */
    static PowerLawTail fit(DegreeCounts counts, int first) {
        return new PowerLawTail(counts, first);
    }

    double exponent() {
        return exponent;
    }

    int smallest() {
        return smallest;
    }

    /** How many neurons have so many connections or more. */
    int size() {
        return size;
    }

    /** Of Kolmogorov and Smirnov. */
    double distance() {
        return distance;
    }

    /** Golden section: the likelihood has one maximum. */
    private double mostLikely() {
        double low = 1 + 1e-6;
        double high = 3;
        while (cost(high + 1) < cost(high)) {
            high *= 2;
        }
        high += 1;
        double left = high - GOLDEN * (high - low);
        double right = low + GOLDEN * (high - low);
        double leftCost = cost(left);
        double rightCost = cost(right);
        while (high - low > PRECISION) {
            if (leftCost < rightCost) {
                high = right;
                right = left;
                rightCost = leftCost;
                left = high - GOLDEN * (high - low);
                leftCost = cost(left);
            } else {
                low = left;
                left = right;
                leftCost = rightCost;
                right = low + GOLDEN * (high - low);
                rightCost = cost(right);
            }
        }
        return (low + high) / 2;
    }

    /** The negative log-likelihood per neuron, but for a constant. */
    private double cost(double alpha) {
        return Math.log(HurwitzZeta.scaled(alpha, smallest)) + alpha * meanLog;
    }

    /** Between two numbers that occur the difference is largest at an end. */
    private double measureDistance() {
        double largest = 0;
        double above = size;
        double survival = 1;
        int next = smallest;
        for (int i = first; i < counts.different(); i++) {
            int value = counts.value(i);
            if (value > next) {
                survival = survival(value);
                largest = Math.max(largest, Math.abs(above / size - survival));
            }
            above -= counts.count(i);
            survival -= probability(value);
            next = value + 1;
            largest = Math.max(largest, Math.abs(above / size - survival));
        }
        return largest;
    }

    private double probability(int value) {
        return Math.pow((double) value / smallest, -exponent) / zeta;
    }

    /** Probability of {@code value} or more. */
    private double survival(int value) {
        return Math.pow((double) value / smallest, -exponent) * HurwitzZeta.scaled(exponent, value) / zeta;
    }

    /**
     * As many numbers as there are neurons with connections: each from the power law with the probability of the tail,
     * else one of the observed numbers below it.
     */
    int[] sample(SplittableRandom random) {
        int[] below = new int[counts.total() - size];
        int k = 0;
        for (int i = 0; i < first; i++) {
            for (int n = 0; n < counts.count(i); n++) {
                below[k++] = counts.value(i);
            }
        }
        int[] sample = new int[counts.total()];
        double[] survivals = new double[TABLE];
        survivals[0] = 1;
        for (int i = 1; i < TABLE; i++) {
            survivals[i] = survivals[i - 1] - probability(smallest + i - 1);
        }
        for (int i = 0; i < sample.length; i++) {
            sample[i] = random.nextInt(sample.length) < size
                    ? draw(1 - random.nextDouble(), survivals)
                    : below[random.nextInt(below.length)];
        }
        return sample;
    }

    /** The largest number that the law reaches with this probability or a higher one. */
    private int draw(double reached, double[] survivals) {
        if (survivals[TABLE - 1] < reached) {
            int low = 0;
            int high = TABLE - 1;
            while (high - low > 1) {
                int middle = (low + high) >>> 1;
                if (survivals[middle] >= reached) {
                    low = middle;
                } else {
                    high = middle;
                }
            }
            return smallest + low;
        }
        long low = (long) smallest + TABLE - 1;
        long high = 2 * low;
        while (high < Integer.MAX_VALUE && survival((int) high) >= reached) {
            low = high;
            high *= 2;
        }
        while (high - low > 1) {
            long middle = (low + high) >>> 1;
            if (middle < Integer.MAX_VALUE && survival((int) middle) >= reached) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return (int) low;
    }
}
