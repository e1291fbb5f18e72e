package dev.filigree.distance;

import dev.filigree.parallel.WorkerPool;
import dev.filigree.random.RandomStreams;
import dev.filigree.topology.NetworkTopology;
import java.util.ArrayList;
import java.util.List;

/**
 * How far the distances of two networks depend on which of several equally good matchings is taken in each layer: the
 * distances over sampled optimal matchings.
 *
 * @param layers of every layer, from the input side; the first layer has no spread
 * @param mean of the mean over the layers
 */
public record TieSpread(List<Range> layers, Range mean) {
    private static final int FEWEST = 2;

    /**
     * Distances over the samples.
     *
     * @param least of them
     * @param mean of them
     * @param largest of them
     */
    public record Range(double least, double mean, double largest) {
        private static Range of(double[] values) {
            double least = Double.POSITIVE_INFINITY;
            double largest = Double.NEGATIVE_INFINITY;
            double sum = 0;
            for (double value : values) {
                least = Math.min(least, value);
                largest = Math.max(largest, value);
                sum += value;
            }
            return new Range(least, sum / values.length, largest);
        }
    }

    /** Copies the list. */
    public TieSpread {
        layers = List.copyOf(layers);
    }

    /**
     * Samples optimal matchings. In one sample ties are broken in favor of the neuron of the same number, as solvers that
     * are blind to ties tend to; in another as by default; in all others at random, independently in every layer.
     *
     * @param samples 2 or more
     * @param seed of the random ones
     * @param pool shares the work; the result does not depend on its size
     * @throws IllegalArgumentException if the networks cannot be compared, or the samples are too few
     */
    public static TieSpread of(NetworkTopology a, NetworkTopology b, OutputNeurons outputNeurons, int samples,
            long seed,
            WorkerPool pool) {
        if (samples < FEWEST) {
            throw new IllegalArgumentException(
                    "%d samples of optimal matchings, expected %d or more".formatted(samples, FEWEST));
        }
        NetworkDistance.checkComparable(a, b);
        double[][] distances = new double[a.depth()][samples];
        double[] means = new double[samples];
        for (int k = 0; k < samples; k++) {
            NetworkDistance distance = sample(a, b, outputNeurons, k, seed, pool);
            for (int l = 0; l < a.depth(); l++) {
                distances[l][k] = distance.layers().get(l).distance();
            }
            means[k] = distance.distance();
        }
        List<Range> ranges = new ArrayList<>();
        for (double[] layer : distances) {
            ranges.add(Range.of(layer));
        }
        return new TieSpread(ranges, Range.of(means));
    }

    private static NetworkDistance sample(NetworkTopology a, NetworkTopology b, OutputNeurons outputNeurons, int sample,
            long seed, WorkerPool pool) {
        if (sample == 1) {
            return NetworkDistance.between(a, b, outputNeurons, pool);
        }
        long sampleSeed = RandomStreams.mix(seed) + sample;
        return NetworkDistance.between(a, b, outputNeurons, (matcher, l) -> {
            long layerSeed = RandomStreams.mix(sampleSeed) + l;
            int neuronsA = a.layer(l).outputs();
            int neuronsB = b.layer(l).outputs();
            return matcher.match(sample == 0
                    ? TieRule.byNumber(layerSeed, neuronsA, neuronsB)
                    : TieRule.sampled(layerSeed, neuronsA, neuronsB));
        }, pool);
    }
}
