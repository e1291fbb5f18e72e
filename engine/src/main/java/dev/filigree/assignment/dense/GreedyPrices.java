package dev.filigree.assignment.dense;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Prices from a greedy matching: the rows that lose most by missing their cheapest columns choose first (as in Vogel's
 * approximation); then each column, from the last chosen to the first, is priced so that no row that chose later prefers
 * it to its own. Exact where all rows agree on the order of the columns, as with {@code cost(i, j) = a(i) · b(j)}.
 */
final class GreedyPrices {
    private GreedyPrices() {}

    /**
     * Duals of the columns, which are as many as the rows.
     *
     * @param stakes how much each row loses by missing its cheapest columns
     */
    static double[] of(CostRows rows, double[] stakes) {
        int size = rows.rows();
        int[] order = IntStream.range(0, size).boxed().sorted(Comparator.comparingDouble(i -> -stakes[i]))
                .mapToInt(Integer::intValue).toArray();
        int[] choice = choices(rows, order);
        double[] duals = new double[size];
        double[] buffer = new double[size];
        for (int k = size - 1; k >= 0; k--) {
            double[] row = rows.row(order[k], buffer);
            makeFeasible(duals, row, row[choice[k]] - duals[choice[k]]);
        }
        return duals;
    }

    /** Lowers duals so that no reduced cost of the row is below its dual. */
    private static void makeFeasible(double[] duals, double[] row, double rowDual) {
        for (int j = 0; j < row.length; j++) {
            duals[j] = Math.min(duals[j], row[j] - rowDual);
        }
    }

    private static int[] choices(CostRows rows, int[] order) {
        RowScratch scratch = new RowScratch(order.length);
        double[] taken = new double[order.length];
        int[] choice = new int[order.length];
        for (int k = 0; k < order.length; k++) {
            double[] row = rows.row(order[k], scratch.row);
            RowScratch.SCANS.groupMinima(row, taken, scratch.minima);
            double least = Arrays.stream(scratch.minima).min().orElseThrow();
            RowScratch.SCANS.select(row, taken, least, scratch.columns, scratch.reduced);
            choice[k] = scratch.columns[0];
            taken[choice[k]] = Double.NEGATIVE_INFINITY;
        }
        return choice;
    }
}
