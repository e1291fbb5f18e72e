package dev.filigree.assignment.dense;

import dev.filigree.parallel.Partition;
import dev.filigree.parallel.WorkerPool;
import java.util.Arrays;

/**
 * The few cheapest columns of every row, and a bound that no other column's reduced cost is below. Duals of columns only
 * fall, so a bound once true stays true, and most rows never have to be scanned again.
 */
final class Candidates {
    static final int CAPACITY = 16;

    /** Group minima up to this one make the limit: most rows then have about as many candidates as there is room for. */
    private static final int LIMIT_RANK = 10;

    /** If the minimum of this rank is no higher, most columns are equally dear, as pairs without anything in common are. */
    private static final int PLATEAU_RANK = 24;

    /** {@link #CAPACITY} places per row. */
    final int[] columns;

    /** Of the candidates; not reduced. */
    final double[] costs;

    /** Number of candidates per row. */
    final int[] counts;

    /** Per row: what the reduced costs of all other columns are at least. */
    final double[] bounds;

    private final CostRows rows;
    private final Pairing pairing;
    private final RowScratch scratch;

    Candidates(CostRows rows, Pairing pairing) {
        this.rows = rows;
        this.pairing = pairing;
        columns = new int[Math.multiplyExact(rows.rows(), CAPACITY)];
        costs = new double[columns.length];
        counts = new int[rows.rows()];
        bounds = new double[rows.rows()];
        scratch = new RowScratch(rows.columns());
    }

    /** Finds the candidates of all rows. */
    void refreshAll(WorkerPool pool) {
        Partition parts = Partition.even(rows.rows(), pool.threads());
        pool.run(worker -> {
            RowScratch own = worker == 0 ? scratch : new RowScratch(rows.columns());
            for (int i = parts.from(worker); i < parts.to(worker); i++) {
                refresh(i, own);
            }
        });
    }

    /** Finds a row's candidates by the present duals. */
    void refresh(int i) {
        refresh(i, scratch);
    }

    private void refresh(int i, RowScratch own) {
        double[] row = rows.row(i, own.row);
        RowScratch.SCANS.groupMinima(row, pairing.columnDuals, own.minima);
        Arrays.sort(own.minima);
        double limit = own.minima[LIMIT_RANK - 1];
        boolean plateau = limit == own.minima[PLATEAU_RANK - 1];
        int found = RowScratch.SCANS.select(row, pairing.columnDuals, plateau ? Math.nextDown(limit) : limit,
                own.columns,
                own.reduced);
        if (found > CAPACITY) {
            limit = moveCheapestForward(own, found);
            found = CAPACITY;
        } else if (plateau) {
            found = addTies(row, limit, own, found);
        }
        int start = i * CAPACITY;
        for (int k = 0; k < found; k++) {
            columns[start + k] = own.columns[k];
            costs[start + k] = row[own.columns[k]];
        }
        counts[i] = found;
        bounds[i] = limit;
    }

    /** Fills up with columns of the given reduced cost: the first that are free or, if none is, just one. */
    private int addTies(double[] row, double tie, RowScratch own, int found) {
        double[] duals = pairing.columnDuals;
        int count = found;
        for (int j = 0; j < row.length && count < CAPACITY; j++) {
            if (pairing.isFree(j) && row[j] - duals[j] == tie) {
                own.columns[count++] = j;
            }
        }
        for (int j = 0; j < row.length && count == 0; j++) {
            if (row[j] - duals[j] == tie) {
                own.columns[count++] = j;
            }
        }
        return count;
    }

    /**
     * Sorts the first {@link #CAPACITY} places so that they hold the cheapest of all that were found, of equally cheap
     * ones those that are free, of those the first. Returns the least reduced cost that is left out.
     */
    private double moveCheapestForward(RowScratch own, int found) {
        double leftOut = Double.POSITIVE_INFINITY;
        for (int k = 1; k < found; k++) {
            int column = own.columns[k];
            double reduced = own.reduced[k];
            int place = Math.min(k, CAPACITY);
            if (place == CAPACITY) {
                if (!isBefore(reduced, column, own, CAPACITY - 1)) {
                    leftOut = Math.min(leftOut, reduced);
                    continue;
                }
                place--;
                leftOut = Math.min(leftOut, own.reduced[place]);
            }
            while (place > 0 && isBefore(reduced, column, own, place - 1)) {
                own.columns[place] = own.columns[place - 1];
                own.reduced[place] = own.reduced[place - 1];
                place--;
            }
            own.columns[place] = column;
            own.reduced[place] = reduced;
        }
        return leftOut;
    }

    private boolean isBefore(double reduced, int column, RowScratch own, int place) {
        return reduced < own.reduced[place]
                || (reduced == own.reduced[place] && pairing.isFree(column) && !pairing.isFree(own.columns[place]));
    }
}
