package dev.filigree.kernel.scalar;

import dev.filigree.kernel.RowScans;
import java.util.Arrays;

/** The reference of the row scans, in plain loops. */
public final class ScalarRowScans implements RowScans {
    private static final int GROUPS = 32;

    /** A provider; it has no state. */
    public ScalarRowScans() {}

    @Override
    public int groups() {
        return GROUPS;
    }

    @Override
    public void groupMinima(double[] costs, double[] duals, double[] minima) {
        Arrays.fill(minima, 0, GROUPS, Double.POSITIVE_INFINITY);
        for (int j = 0; j < costs.length; j++) {
            minima[j % GROUPS] = Math.min(minima[j % GROUPS], costs[j] - duals[j]);
        }
    }

    @Override
    public int select(double[] costs, double[] duals, double limit, int[] columns, double[] reduced) {
        int count = 0;
        for (int j = 0; j < costs.length; j++) {
            double cost = costs[j] - duals[j];
            if (cost <= limit) {
                columns[count] = j;
                reduced[count++] = cost;
            }
        }
        return count;
    }

    @Override
    public void relax(double[] costs, double[] duals, double offset, double floor, int row, double[] lengths,
            double[] before, double[] closed, double[] taken, double[] nearest) {
        nearest[0] = Double.POSITIVE_INFINITY;
        nearest[2] = Double.POSITIVE_INFINITY;
        for (int j = 0; j < costs.length; j++) {
            double length = Math.max(floor, offset + (costs[j] - duals[j]));
            if (length < lengths[j]) {
                lengths[j] = length;
                before[j] = row;
            }
            double open = lengths[j] + closed[j];
            if (open < nearest[0]) {
                nearest[0] = open;
                nearest[1] = j;
            }
            nearest[2] = Math.min(nearest[2], lengths[j] + taken[j]);
        }
    }
}
