package dev.filigree.topology.model;

import java.util.SplittableRandom;

/**
 * Grows a network by preferential attachment (Barabási and Albert, Science 286, 1999): after a small complete core every
 * new node is joined with earlier ones, each with a probability in proportion to the edges it has.
 */
final class PreferentialGrowth {
    /** Is told the edges. */
    interface Edges {
        void join(int node, int other);
    }

    private final SplittableRandom random;
    private final Edges edges;

    /** Both nodes of every edge: one drawn from here is drawn by preference. */
    private final int[] ends;
    private int numberOfEnds;

    /** The node that was the last to choose each one. */
    private final int[] lastChosenBy;

    private final boolean[] isJoined;
    private int joined;

    private PreferentialGrowth(int nodes, int edges, SplittableRandom random, Edges listener) {
        this.random = random;
        this.edges = listener;
        this.ends = new int[2 * edges];
        this.lastChosenBy = new int[nodes];
        this.isJoined = new boolean[nodes];
    }

    /**
     * Grows a network without loops and double edges.
     *
     * @param nodes 2 or more
     * @param edges how many there are to be, up to a quarter of {@code nodes²}; there may be fewer where nearly all
     *        nodes are joined
     */
    static void grow(int nodes, int edges, SplittableRandom random, Edges listener) {
        if (edges > (1 << 30) - 1) {
            throw new IllegalArgumentException(
                    "%,d edges cannot be grown; the limit is %,d".formatted(edges, (1 << 30) - 1));
        }
        PreferentialGrowth growth = new PreferentialGrowth(nodes, edges, random, listener);
        int core = edges / nodes + 1;
        for (int node = 1; node < core; node++) {
            for (int other = 0; other < node; other++) {
                growth.join(node, other);
            }
        }
        for (int node = core; node < nodes; node++) {
            // Those that remain are spread evenly over the nodes that remain.
            double share = (double) (edges - growth.numberOfEnds / 2) / (nodes - node);
            growth.attach(node, (int) Math.floor(share + (node + 1 < nodes ? random.nextDouble() : 0)));
        }
    }

    private void attach(int node, int wanted) {
        int candidates = numberOfEnds;
        int possible = candidates == 0 ? node : Math.min(node, joined);
        for (int made = 0; made < Math.min(wanted, possible);) {
            int other = candidates == 0 ? random.nextInt(node) : ends[random.nextInt(candidates)];
            if (lastChosenBy[other] != node) {
                lastChosenBy[other] = node;
                join(node, other);
                made++;
            }
        }
    }

    private void join(int node, int other) {
        markJoined(node);
        markJoined(other);
        ends[numberOfEnds++] = node;
        ends[numberOfEnds++] = other;
        edges.join(node, other);
    }

    private void markJoined(int node) {
        if (!isJoined[node]) {
            isJoined[node] = true;
            joined++;
        }
    }
}
