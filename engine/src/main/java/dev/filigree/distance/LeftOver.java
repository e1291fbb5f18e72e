package dev.filigree.distance;

import dev.filigree.assignment.Matching;
import dev.filigree.topology.LayerTopology;
import java.util.Arrays;
import java.util.function.IntPredicate;

/**
 * Pairs the neurons that share no input with what is left of the other layer: those without any input with each other
 * first, which are 0 apart, then the rest, which are 1 apart. Within each, neurons of one color are paired where both
 * layers have them, and what remains in the order of the colors.
 */
final class LeftOver {
    private final int[] columnOfRow;
    private final boolean[] taken;
    private final TieRule rule;

    private LeftOver(int[] columnOfRow, int columns, TieRule rule) {
        this.columnOfRow = columnOfRow;
        this.rule = rule;
        taken = new boolean[columns];
        for (int column : columnOfRow) {
            if (column != Matching.NONE) {
                taken[column] = true;
            }
        }
    }

    /**
     * Completes a matching.
     *
     * @param columnOfRow the neuron of {@code b} for each of {@code a}, or {@link Matching#NONE}; not changed
     */
    static Matching complete(int[] columnOfRow, LayerTopology a, LayerTopology b, TieRule rule) {
        LeftOver leftOver = new LeftOver(columnOfRow.clone(), b.outputs(), rule);
        leftOver.pair(i -> a.fanIn(i) == 0, j -> b.fanIn(j) == 0);
        leftOver.pair(i -> true, j -> true);
        return Matching.of(leftOver.columnOfRow, b.outputs());
    }

    private void pair(IntPredicate rowsToPair, IntPredicate columnsToPair) {
        int[] rows = sorted(columnOfRow.length, i -> columnOfRow[i] == Matching.NONE && rowsToPair.test(i),
                rule::colorA);
        int[] columns = sorted(taken.length, j -> !taken[j] && columnsToPair.test(j), rule::colorB);
        for (int r = 0, c = 0; r < rows.length && c < columns.length;) {
            int order = Long.compare(rule.colorA(rows[r]), rule.colorB(columns[c]));
            if (order == 0) {
                pair(rows[r], columns[c]);
            }
            r += order <= 0 ? 1 : 0;
            c += order >= 0 ? 1 : 0;
        }
        int c = 0;
        for (int row : rows) {
            if (columnOfRow[row] != Matching.NONE) {
                continue;
            }
            while (c < columns.length && taken[columns[c]]) {
                c++;
            }
            if (c == columns.length) {
                return;
            }
            pair(row, columns[c]);
        }
    }

    private void pair(int row, int column) {
        columnOfRow[row] = column;
        taken[column] = true;
    }

    private interface Color {
        long of(int neuron);
    }

    /** By color, and by number where colors agree in all bits that are left beside the number. */
    private static int[] sorted(int neurons, IntPredicate isMeant, Color color) {
        long numbers = Integer.highestOneBit(Math.max(1, neurons)) * 2L - 1;
        long[] keys = new long[neurons];
        int count = 0;
        for (int i = 0; i < neurons; i++) {
            if (isMeant.test(i)) {
                keys[count++] = (color.of(i) & ~numbers) | i;
            }
        }
        Arrays.sort(keys, 0, count);
        int[] sorted = new int[count];
        for (int k = 0; k < count; k++) {
            sorted[k] = (int) (keys[k] & numbers);
        }
        return sorted;
    }
}
