package dev.filigree.assignment.dense;

import dev.filigree.kernel.RowScans;

/** What one thread needs to scan rows. */
final class RowScratch {
    static final RowScans SCANS = RowScans.best();

    /** For costs that are not stored as {@code double}. */
    final double[] row;

    /** Results of {@link RowScans#groupMinima}. */
    final double[] minima = new double[SCANS.groups()];

    /** Results of {@link RowScans#select}. */
    final int[] columns;
    final double[] reduced;

    RowScratch(int columns) {
        row = new double[columns];
        this.columns = new int[columns];
        reduced = new double[columns];
    }
}
