package dev.filigree.assignment.dense;

/**
 * Free rows bid for columns: each takes its cheapest one and lowers its dual until the second cheapest is as good, which
 * drives out the row that was there. With an increment these are the bids of an auction; without, those of Jonker and
 * Volgenant's augmenting row reduction, which leave every paired row with one of its cheapest columns.
 *
 * <p>Of equally cheap columns a row prefers a free one, and of those the first.
 */
final class Bidding {
    private final Pairing pairing;
    private final Candidates candidates;
    private final int[] waiting;

    Bidding(Pairing pairing, Candidates candidates) {
        this.pairing = pairing;
        this.candidates = candidates;
        waiting = new int[pairing.columnOfRow.length];
    }

    /**
     * Lets all free rows bid in ascending order; a row that is driven out bids next.
     *
     * @param increment by how much more each bid lowers a dual
     * @param limit number of bids after which rows stay free
     * @return number of rows that stay free
     */
    int run(double increment, long limit) {
        int[] free = pairing.freeRows();
        int count = free.length;
        for (int k = 0; k < count; k++) {
            waiting[count - 1 - k] = free[k];
        }
        int withoutBid = 0;
        for (long bids = 0; count > 0 && bids < limit; bids++) {
            int row = waiting[--count];
            int drivenOut = bid(row, increment);
            if (drivenOut == row) {
                withoutBid++;
            } else if (drivenOut != Pairing.FREE) {
                waiting[count++] = drivenOut;
            }
        }
        return count + withoutBid;
    }

    /** Returns the row that is driven out, {@link Pairing#FREE} for none, or the row itself if it gets nothing. */
    private int bid(int row, double increment) {
        boolean fresh = false;
        while (true) {
            double[] duals = pairing.columnDuals;
            double bound = candidates.bounds[row];
            double least = Double.POSITIVE_INFINITY;
            double second = bound;
            int best = 0;
            boolean bestIsFree = false;
            int start = row * Candidates.CAPACITY;
            int end = start + candidates.counts[row];
            for (int k = start; k < end; k++) {
                int column = candidates.columns[k];
                double reduced = candidates.costs[k] - duals[column];
                boolean isFree = pairing.isFree(column);
                if (reduced < least || (reduced == least && isFree && !bestIsFree)) {
                    second = Math.min(second, least);
                    least = reduced;
                    best = k;
                    bestIsFree = isFree;
                } else {
                    second = Math.min(second, reduced);
                }
            }
            if (!fresh && (least > bound || (least == bound && !bestIsFree))) {
                candidates.refresh(row);
                fresh = true;
                continue;
            }
            int column = candidates.columns[best];
            double difference = second == Double.POSITIVE_INFINITY ? 0 : second - least;
            double lowered = duals[column] - (difference + increment);
            if (lowered < duals[column]) {
                duals[column] = lowered;
            } else if (!bestIsFree) {
                return row;
            }
            return pairing.pair(row, column, candidates.costs[best]);
        }
    }

    /** Parts all rows from columns that are dearer than their cheapest by more than the increment. */
    void release(double increment) {
        for (int row = 0; row < pairing.columnOfRow.length; row++) {
            if (pairing.columnOfRow[row] != Pairing.FREE && pairing.pairReduced(row) > least(row) + increment) {
                pairing.part(row);
            }
        }
    }

    /** The least reduced cost of a row. */
    double least(int row) {
        while (true) {
            double least = Double.POSITIVE_INFINITY;
            int start = row * Candidates.CAPACITY;
            for (int k = start; k < start + candidates.counts[row]; k++) {
                least = Math.min(least, candidates.costs[k] - pairing.columnDuals[candidates.columns[k]]);
            }
            if (least <= candidates.bounds[row]) {
                return least;
            }
            candidates.refresh(row);
        }
    }
}
