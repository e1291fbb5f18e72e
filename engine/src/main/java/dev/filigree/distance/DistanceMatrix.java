package dev.filigree.distance;

import dev.filigree.parallel.WorkerPool;
import dev.filigree.topology.NetworkTopology;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The {@link NetworkDistance} of every pair of several networks. Symmetric, with zeros on the diagonal.
 *
 * <p>Each unordered pair is compared once, with the network of the higher index renamed into that of the lower
 * one. The other direction could differ from layer 1 on, see {@link NetworkDistance}; the matrix has the one
 * value in both places.
 */
public final class DistanceMatrix {
    private final int size;
    private final int depth;
    /** {@code [layer][i · size + j]}. */
    private final double[][] layerDistances;
    private final double largestGap;

    private DistanceMatrix(int size, int depth, double[][] layerDistances, double largestGap) {
        this.size = size;
        this.depth = depth;
        this.layerDistances = layerDistances;
        this.largestGap = largestGap;
    }

    /**
     * Compares all pairs, several at a time.
     *
     * @param networks one or more networks of the same shape
     * @param pool compares one pair per worker at a time; the result does not depend on its size
     * @throws IllegalArgumentException if the list is empty or two networks differ in shape
     */
    public static DistanceMatrix of(List<NetworkTopology> networks, OutputNeurons outputNeurons, WorkerPool pool) {
        if (networks.isEmpty()) {
            throw new IllegalArgumentException("a distance matrix needs at least one network");
        }
        List<NetworkTopology> all = List.copyOf(networks);
        int size = all.size();
        for (int j = 1; j < size; j++) {
            try {
                NetworkDistance.checkComparable(all.get(0), all.get(j));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("networks 0 and %d: %s".formatted(j, e.getMessage()), e);
            }
        }
        int depth = all.get(0).depth();
        double[][] layerDistances = new double[depth][Math.multiplyExact(size, size)];
        double[] gaps = new double[size * size];
        int[] pairs = unorderedPairs(size);
        AtomicInteger nextPair = new AtomicInteger();
        pool.run(worker -> {
            for (int k = nextPair.getAndIncrement(); k < pairs.length; k = nextPair.getAndIncrement()) {
                int i = pairs[k] / size;
                int j = pairs[k] % size;
                NetworkDistance pair = NetworkDistance.between(all.get(i), all.get(j), outputNeurons);
                for (int l = 0; l < depth; l++) {
                    double distance = pair.layers().get(l).distance();
                    layerDistances[l][i * size + j] = distance;
                    layerDistances[l][j * size + i] = distance;
                }
                gaps[pairs[k]] = pair.largestGap();
            }
        });
        double largestGap = 0;
        for (double gap : gaps) {
            largestGap = Math.max(largestGap, gap);
        }
        return new DistanceMatrix(size, depth, layerDistances, largestGap);
    }

    /** The positions {@code i · size + j} with {@code i < j}, in order. */
    private static int[] unorderedPairs(int size) {
        int[] pairs = new int[size * (size - 1) / 2];
        int k = 0;
        for (int i = 0; i < size; i++) {
            for (int j = i + 1; j < size; j++) {
                pairs[k++] = i * size + j;
            }
        }
        return pairs;
    }

    /** Number of networks. */
    public int size() {
        return size;
    }

    /** Number of layers of each network. */
    public int depth() {
        return depth;
    }

    /** Distance of networks {@code i} and {@code j}: the mean over the layers, in [0, 1]. */
    public double distance(int i, int j) {
        double sum = 0;
        for (int l = 0; l < depth; l++) {
            sum += layerDistance(l, i, j);
        }
        return sum / depth;
    }

    /** Distance of layer {@code layer} of networks {@code i} and {@code j}, in [0, 1]. */
    public double layerDistance(int layer, int i, int j) {
        return layerDistances[layer][Objects.checkIndex(i, size) * size + Objects.checkIndex(j, size)];
    }

    /** All distances as a new {@code size × size} array. */
    public double[][] toArray() {
        double[][] distances = new double[size][size];
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                distances[i][j] = distance(i, j);
            }
        }
        return distances;
    }

    /** Largest gap of a layer of any pair: every matching is proven to be within this of its best one. */
    public double largestGap() {
        return largestGap;
    }
}
