package dev.filigree.benchmark.assignment;

import java.util.Arrays;

/**
 * The Hungarian method as textbooks give it, in O(n³): row after row, the shortest augmenting path by Dijkstra's search
 * without a heap. Rows and columns count from 1; column 0 stands for the row to be paired.
 *
 * <p>Source: the formulation with potentials by A. Lopatin, as in "Hungarian algorithm for solving the assignment
 * problem", e-maxx algorithms.
 */
public final class TextbookHungarian {
    private TextbookHungarian() {}

    /** The column of every row in a matching of least cost. */
    public static int[] solve(int[][] costs) {
        int size = costs.length;
        long[] u = new long[size + 1];
        long[] v = new long[size + 1];
        int[] rowOfColumn = new int[size + 1];
        int[] way = new int[size + 1];
        long[] slack = new long[size + 1];
        boolean[] used = new boolean[size + 1];
        for (int i = 1; i <= size; i++) {
            rowOfColumn[0] = i;
            Arrays.fill(slack, Long.MAX_VALUE);
            Arrays.fill(used, false);
            int column = 0;
            while (rowOfColumn[column] != 0) {
                used[column] = true;
                int row = rowOfColumn[column];
                long delta = Long.MAX_VALUE;
                int next = 0;
                for (int j = 1; j <= size; j++) {
                    if (!used[j]) {
                        long reduced = costs[row - 1][j - 1] - u[row] - v[j];
                        if (reduced < slack[j]) {
                            slack[j] = reduced;
                            way[j] = column;
                        }
                        if (slack[j] < delta) {
                            delta = slack[j];
                            next = j;
                        }
                    }
                }
                for (int j = 0; j <= size; j++) {
                    if (used[j]) {
                        u[rowOfColumn[j]] += delta;
                        v[j] -= delta;
                    } else {
                        slack[j] -= delta;
                    }
                }
                column = next;
            }
            while (column != 0) {
                rowOfColumn[column] = rowOfColumn[way[column]];
                column = way[column];
            }
        }
        int[] columnOfRow = new int[size];
        for (int j = 1; j <= size; j++) {
            columnOfRow[rowOfColumn[j] - 1] = j - 1;
        }
        return columnOfRow;
    }

    /** What a matching costs. */
    public static long cost(int[][] costs, int[] columnOfRow) {
        long cost = 0;
        for (int i = 0; i < costs.length; i++) {
            cost += costs[i][columnOfRow[i]];
        }
        return cost;
    }
}
