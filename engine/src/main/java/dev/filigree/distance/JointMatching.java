package dev.filigree.distance;

import dev.filigree.assignment.Matching;
import dev.filigree.assignment.SparseCosts;
import dev.filigree.assignment.SparseSolver;
import dev.filigree.parallel.WorkerPool;
import dev.filigree.topology.NetworkTopology;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Matches the layers of two networks jointly: a layer's matching is chosen for its own distance and for that of the next
 * layer, which reads the neurons under their new names. Goes over the layers again and again until the mean distance no
 * longer falls; where it ends is a local optimum.
 */
public final class JointMatching {
    private static final int MOST_SWEEPS = 50;

    /** Less than this is rounding. */
    private static final double LEAST_GAIN = 1e-12;

    private final NetworkTopology a;
    private final NetworkTopology b;
    private final OutputNeurons outputNeurons;
    private final WorkerPool pool;
    private final Matching[] matchings;
    private final double[] distances;

    private JointMatching(NetworkTopology a, NetworkTopology b, OutputNeurons outputNeurons, NetworkDistance start,
            WorkerPool pool) {
        this.a = a;
        this.b = b;
        this.outputNeurons = outputNeurons;
        this.pool = pool;
        matchings = start.layers().stream().map(LayerDistance::matching).toArray(Matching[]::new);
        distances = start.layers().stream().mapToDouble(LayerDistance::distance).toArray();
    }

    /**
     * Refines the matchings found layer by layer.
     *
     * @param start what {@link NetworkDistance#between} found for the same networks
     * @param pool shares the work; the result does not depend on its size
     * @return a mean distance that is no larger. The gap of a layer is now the distance to its best matching given the
     *         layer before: what was given up for the sake of the layers behind it
     */
    public static NetworkDistance refine(NetworkTopology a, NetworkTopology b, OutputNeurons outputNeurons,
            NetworkDistance start, WorkerPool pool) {
        JointMatching joint = new JointMatching(a, b, outputNeurons, start, pool);
        boolean fell = false;
        for (int sweep = 0; sweep < MOST_SWEEPS; sweep++) {
            if (!joint.sweep()) {
                break;
            }
            fell = true;
        }
        return fell ? joint.result() : start;
    }

    /** Matches every layer anew; whether that lowered the mean distance. */
    private boolean sweep() {
        boolean fell = false;
        for (int l = 0; l < a.depth(); l++) {
            if (isPinned(l)) {
                continue;
            }
            boolean last = l == a.depth() - 1;
            Matching candidate = last ? matcher(l).match(rule(l)).matching() : matchForTwo(l);
            double own = MatchedDistance.of(a.layer(l), b.layer(l), inputs(l), candidate);
            double next = last
                    ? 0
                    : MatchedDistance.of(a.layer(l + 1), b.layer(l + 1), candidate, matchings[l + 1]);
            if (own + next < distances[l] + (last ? 0 : distances[l + 1]) - LEAST_GAIN) {
                matchings[l] = candidate;
                distances[l] = own;
                if (!last) {
                    distances[l + 1] = next;
                }
                fell = true;
            }
        }
        return fell;
    }

    private NetworkDistance result() {
        List<LayerDistance> layers = new ArrayList<>();
        for (int l = 0; l < a.depth(); l++) {
            double best = isPinned(l) ? distances[l] : matcher(l).match(rule(l)).distance();
            layers.add(new LayerDistance(distances[l], matchings[l], Math.max(0, distances[l] - best)));
        }
        return new NetworkDistance(layers);
    }

    private boolean isPinned(int layer) {
        return outputNeurons == OutputNeurons.PINNED && layer == a.depth() - 1;
    }

    private Matching inputs(int layer) {
        return layer == 0 ? Matching.identity(a.layer(0).inputs()) : matchings[layer - 1];
    }

    private LayerMatcher matcher(int layer) {
        return new LayerMatcher(a.layer(layer), b.layer(layer), inputs(layer), pool);
    }

    private TieRule rule(int layer) {
        return TieRule.canonical(a.layer(layer), b.layer(layer), inputs(layer));
    }

    /**
     * The matching of a layer that is best for it and, to first order, for the next one under its present matching:
     * another common input of a pair with c common inputs out of u lowers its distance by {@code (c+1)/(u-1) - c/u}.
     */
    private Matching matchForTwo(int layer) {
        int neuronsA = a.layer(layer).outputs();
        int neuronsB = b.layer(layer).outputs();
        NextLayerGains nextGains = new NextLayerGains(a.layer(layer + 1), b.layer(layer + 1), matchings[layer],
                matchings[layer + 1]);
        int[][] columns = new int[neuronsA][];
        double[][] costs = new double[neuronsA][];
        double[] sums = new double[neuronsB];
        boolean[] met = new boolean[neuronsB];
        int[] order = new int[neuronsB];
        double scale = 1.0 / Math.max(neuronsA, neuronsB);
        try (SparseCosts own = NeuronCosts.between(a.layer(layer), b.layer(layer), inputs(layer), pool)) {
            for (int i = 0; i < neuronsA; i++) {
                int count = own.gains(i, sums, order);
                for (int k = 0; k < count; k++) {
                    met[order[k]] = true;
                    sums[order[k]] *= scale;
                }
                count = nextGains.add(i, sums, met, order, count);
                columns[i] = Arrays.copyOf(order, count);
                costs[i] = new double[count];
                for (int k = 0; k < count; k++) {
                    costs[i][k] = -sums[order[k]];
                    sums[order[k]] = 0;
                    met[order[k]] = false;
                }
            }
        }
        try (SparseCosts both = SparseCosts.of(neuronsB, 0, columns, costs)) {
            return new SparseSolver().solve(both, pool).matching();
        }
    }
}
