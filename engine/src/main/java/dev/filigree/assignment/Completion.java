package dev.filigree.assignment;

/** Pairs what no stored pair matches. */
final class Completion {
    private Completion() {}

    /** Gives every row that is left over a column that is left over, both in ascending order, while there are both. */
    static Matching inOrder(int[] columnOfRow, int columns) {
        int[] completed = columnOfRow.clone();
        boolean[] taken = new boolean[columns];
        for (int column : completed) {
            if (column != Matching.NONE) {
                taken[column] = true;
            }
        }
        // A row takes the column of its own number where it can: so what is alike stays in place.
        for (int i = 0; i < Math.min(completed.length, columns); i++) {
            if (completed[i] == Matching.NONE && !taken[i]) {
                completed[i] = i;
                taken[i] = true;
            }
        }
        int next = 0;
        for (int i = 0; i < completed.length; i++) {
            if (completed[i] == Matching.NONE) {
                while (next < columns && taken[next]) {
                    next++;
                }
                if (next == columns) {
                    break;
                }
                completed[i] = next++;
            }
        }
        return Matching.of(completed, columns);
    }
}
