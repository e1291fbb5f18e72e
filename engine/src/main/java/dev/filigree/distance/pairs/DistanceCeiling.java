package dev.filigree.distance.pairs;

import dev.filigree.distance.DistanceMethod;
import dev.filigree.distance.NetworkDistance;
import dev.filigree.parallel.WorkerPool;
import dev.filigree.random.RandomStreams;
import dev.filigree.random.RandomStreams.Purpose;
import dev.filigree.topology.ErdosRenyi;
import dev.filigree.topology.LayerTopology;
import dev.filigree.topology.NetworkTopology;
import dev.filigree.topology.Sparsity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How far apart two networks are that have nothing to do with each other: the expected {@link NetworkDistance} of
 * independent Erdős–Rényi topologies with the same shapes and numbers of connections. The scale on which a distance is
 * to be read.
 *
 * <p>It lies below 1, because the best matching pairs neurons that happen to share inputs: at 0.83 for a layer of
 * 784×784 neurons and 0.64 % density, and at 0 where every connection exists.
 *
 * @param layers of every layer, from the input side
 * @param mean of the mean over the layers
 * @param samples number of random pairs behind it
 */
public record DistanceCeiling(List<Estimate> layers, Estimate mean, int samples) {
    private static final int SAMPLES = 10;
    private static final int SAMPLES_OF_LARGE = 3;

    /** From here on a pair takes seconds, and varies so little that three are enough. */
    private static final int LARGE_LAYER = 5_000;

    /**
     * A mean over random pairs.
     *
     * @param mean in [0, 1]
     * @param deviation standard deviation of one pair, 0 or more
     */
    public record Estimate(double mean, double deviation) {
        private static Estimate of(double[] values) {
            double mean = Arrays.stream(values).average().orElseThrow();
            double squares = Arrays.stream(values).map(value -> (value - mean) * (value - mean)).sum();
            return new Estimate(mean, Math.sqrt(squares / (values.length - 1)));
        }
    }

    /** Copies the list. */
    public DistanceCeiling {
        layers = List.copyOf(layers);
    }

    /** How many random pairs are enough for networks like this one. */
    public static int samplesFor(NetworkTopology network) {
        return network.layers().stream().mapToInt(LayerTopology::outputs).max().orElseThrow() < LARGE_LAYER
                ? SAMPLES
                : SAMPLES_OF_LARGE;
    }

    /**
     * Draws random pairs and compares them.
     *
     * @param a the shapes and numbers of connections of the first network of each pair
     * @param b those of the second
     * @param samples number of pairs, 2 or more
     * @param seed the same seed gives the same pairs
     * @param ledger as in {@link PairComparison}; the random pairs are the same ones every time
     * @param pool the result does not depend on its size
     * @throws IllegalArgumentException if the networks cannot be compared or {@code samples} is below 2
     */
    public static DistanceCeiling of(NetworkTopology a, NetworkTopology b, DistanceMethod method, int samples,
            long seed, PairLedger ledger, WorkerPool pool) {
        if (samples < 2) {
            throw new IllegalArgumentException("%d random pairs, expected 2 or more".formatted(samples));
        }
        List<NetworkTopology> random = new ArrayList<>();
        try {
            List<NetworkPair> pairs = new ArrayList<>();
            for (int sample = 0; sample < samples; sample++) {
                random.add(randomLike(a, seed, 2 * sample));
                random.add(randomLike(b, seed, 2 * sample + 1));
                pairs.add(new NetworkPair(random.get(2 * sample), random.get(2 * sample + 1)));
            }
            return of(PairComparison.of(pairs, method, ledger, pool));
        } finally {
            random.forEach(NetworkTopology::close);
        }
    }

    private static DistanceCeiling of(List<PairDistance> pairs) {
        List<Estimate> layers = new ArrayList<>();
        for (int l = 0; l < pairs.get(0).layers().size(); l++) {
            int layer = l;
            layers.add(Estimate.of(pairs.stream().mapToDouble(pair -> pair.layers().get(layer)).toArray()));
        }
        return new DistanceCeiling(layers, Estimate.of(pairs.stream().mapToDouble(PairDistance::mean).toArray()),
                pairs.size());
    }

    private static NetworkTopology randomLike(NetworkTopology network, long seed, int index) {
        List<LayerTopology> layers = new ArrayList<>();
        for (int l = 0; l < network.depth(); l++) {
            LayerTopology layer = network.layer(l);
            layers.add(layer.connections() == 0
                    ? LayerTopology.of(layer.inputs(), new int[layer.outputs()][0])
                    : ErdosRenyi.generate(layer.inputs(), layer.outputs(), new Sparsity.Density(layer.density()),
                            RandomStreams.key(seed, Purpose.TOPOLOGY, index, l)));
        }
        return new NetworkTopology(layers);
    }
}
