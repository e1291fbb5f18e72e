package dev.filigree.assignment;

/** The least cost of all complete matchings, by trying each. */
final class BruteForce {
    private BruteForce() {}

    static double leastCost(CostMatrix costs) {
        return leastCost(costs, 0, new boolean[costs.columns()], Math.max(0, costs.rows() - costs.columns()));
    }

    private static double leastCost(CostMatrix costs, int row, boolean[] used, int leftOver) {
        if (row == costs.rows()) {
            return 0;
        }
        double least = leftOver > 0 ? leastCost(costs, row + 1, used, leftOver - 1) : Double.POSITIVE_INFINITY;
        for (int j = 0; j < costs.columns(); j++) {
            if (!used[j]) {
                used[j] = true;
                least = Math.min(least, costs.cost(row, j) + leastCost(costs, row + 1, used, leftOver));
                used[j] = false;
            }
        }
        return least;
    }
}
