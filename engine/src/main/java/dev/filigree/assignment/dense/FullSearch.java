package dev.filigree.assignment.dense;

import java.util.Arrays;

/**
 * A search for the shortest alternating path that looks at every column of each row on the way. Where many rows are near
 * each other's prices, this is faster than looking at few columns again and again.
 */
final class FullSearch {
    private final CostRows rows;
    private final Pairing pairing;
    private final double[] buffer;
    private final double[] lengths;
    private final double[] rowBefore;
    private final double[] closed;
    private final double[] taken;
    private final double[] nearest = new double[3];
    private final int[] settled;

    FullSearch(CostRows rows, Pairing pairing) {
        this.rows = rows;
        this.pairing = pairing;
        int columns = rows.columns();
        buffer = new double[columns];
        lengths = new double[columns];
        rowBefore = new double[columns];
        closed = new double[columns];
        taken = new double[columns];
        settled = new int[columns];
    }

    void pairFree(int freeRow) {
        Arrays.fill(lengths, Double.POSITIVE_INFINITY);
        for (int j = 0; j < taken.length; j++) {
            taken[j] = pairing.isFree(j) ? 0 : Double.POSITIVE_INFINITY;
        }
        int count = 0;
        RowScratch.SCANS.relax(rows.row(freeRow, buffer), pairing.columnDuals, 0, Double.NEGATIVE_INFINITY, freeRow,
                lengths,
                rowBefore, closed, taken, nearest);
        while (nearest[0] < nearest[2]) {
            int column = (int) nearest[1];
            double length = nearest[0];
            closed[column] = Double.POSITIVE_INFINITY;
            settled[count++] = column;
            int row = pairing.rowOfColumn[column];
            RowScratch.SCANS.relax(rows.row(row, buffer), pairing.columnDuals, length - pairing.pairReduced(row),
                    length, row,
                    lengths, rowBefore, closed, taken, nearest);
        }
        double shortest = nearest[2];
        for (int k = 0; k < count; k++) {
            int column = settled[k];
            closed[column] = 0;
            pairing.columnDuals[column] += lengths[column] - shortest;
        }
        pairing.flip(rows, freeRow, firstFree(shortest), Arrays.stream(rowBefore).mapToInt(row -> (int) row).toArray());
    }

    private int firstFree(double length) {
        int column = 0;
        while (!(lengths[column] == length && pairing.isFree(column))) {
            column++;
        }
        return column;
    }
}
