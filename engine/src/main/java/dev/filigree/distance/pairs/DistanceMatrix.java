package dev.filigree.distance.pairs;

import dev.filigree.distance.DistanceMethod;
import dev.filigree.distance.NetworkDistance;
import dev.filigree.parallel.WorkerPool;
import dev.filigree.topology.NetworkTopology;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

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
    /** Those with {@code i < j}, row by row. */
    private final List<PairDistance> pairs;

    private DistanceMatrix(int size, int depth, List<PairDistance> pairs) {
        this.size = size;
        this.depth = depth;
        this.pairs = pairs;
    }

    /**
     * Compares all pairs, several at a time.
     *
     * @param networks one or more networks that can be compared
     * @param pool the result does not depend on its size
     * @throws IllegalArgumentException if the list is empty or two networks cannot be compared
     */
    public static DistanceMatrix of(List<NetworkTopology> networks, DistanceMethod method, WorkerPool pool) {
        return of(networks, method, PairLedger.NONE, pool);
    }

    /**
     * Compares all pairs that are not known yet, several at a time.
     *
     * @param networks one or more networks that can be compared
     * @param ledger knows pairs from before, and is told those that are done
     * @param pool the result does not depend on its size
     * @throws IllegalArgumentException if the list is empty or two networks cannot be compared
     */
    public static DistanceMatrix of(List<NetworkTopology> networks, DistanceMethod method, PairLedger ledger,
            WorkerPool pool) {
        if (networks.isEmpty()) {
            throw new IllegalArgumentException("a distance matrix needs at least one network");
        }
        List<NetworkPair> pairs = new ArrayList<>();
        for (int i = 0; i < networks.size(); i++) {
            for (int j = i + 1; j < networks.size(); j++) {
                checkComparable(networks, i, j);
                pairs.add(new NetworkPair(networks.get(i), networks.get(j)));
            }
        }
        return new DistanceMatrix(networks.size(), networks.get(0).depth(),
                PairComparison.of(pairs, method, ledger, pool));
    }

    private static void checkComparable(List<NetworkTopology> networks, int i, int j) {
        try {
            NetworkDistance.checkComparable(networks.get(i), networks.get(j));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("networks %d and %d: %s".formatted(i, j, e.getMessage()), e);
        }
    }

    /** Number of networks. */
    public int size() {
        return size;
    }

    /** Number of layers of each network. */
    public int depth() {
        return depth;
    }

    /** What was found for networks {@code i} and {@code j}, which are not the same. */
    public PairDistance pair(int i, int j) {
        int first = Math.min(Objects.checkIndex(i, size), Objects.checkIndex(j, size));
        int second = Math.max(i, j);
        if (first == second) {
            throw new IllegalArgumentException("network %d and itself are no pair".formatted(i));
        }
        // The rows before hold size - 1, size - 2, … pairs.
        return pairs.get(first * (2 * size - first - 1) / 2 + second - first - 1);
    }

    /** Distance of networks {@code i} and {@code j}: the mean over the layers, in [0, 1]. */
    public double distance(int i, int j) {
        return i == j ? 0 : pair(i, j).mean();
    }

    /** Distance of layer {@code layer} of networks {@code i} and {@code j}, in [0, 1]. */
    public double layerDistance(int layer, int i, int j) {
        return i == j ? 0 : pair(i, j).layers().get(layer);
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

    /** The distances of layer {@code layer} as a new {@code size × size} array. */
    public double[][] toArray(int layer) {
        double[][] distances = new double[size][size];
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                distances[i][j] = layerDistance(layer, i, j);
            }
        }
        return distances;
    }

    /** Largest gap of a layer of any pair: every matching is proven to be within this of its best one. */
    public double largestGap() {
        return pairs.stream().mapToDouble(PairDistance::largestGap).max().orElse(0);
    }
}
