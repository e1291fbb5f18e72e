package dev.filigree.assignment;

/** The least cost of all pairings, by trying each. */
final class BruteForce {
    private BruteForce() {}

    static double leastCost(CostMatrix costs) {
        return leastCost(costs, 0, new boolean[costs.size()]);
    }

    private static double leastCost(CostMatrix costs, int row, boolean[] used) {
        if (row == costs.size()) {
            return 0;
        }
        double least = Double.POSITIVE_INFINITY;
        for (int j = 0; j < costs.size(); j++) {
            if (!used[j]) {
                used[j] = true;
                least = Math.min(least, costs.cost(row, j) + leastCost(costs, row + 1, used));
                used[j] = false;
            }
        }
        return least;
    }
}
