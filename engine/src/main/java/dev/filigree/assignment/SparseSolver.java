package dev.filigree.assignment;

import dev.filigree.assignment.sparse.Auction;
import dev.filigree.assignment.sparse.ExactSearch;
import dev.filigree.assignment.sparse.PairRows;
import dev.filigree.parallel.WorkerPool;

/**
 * Exact solver for sparse costs, in memory proportional to the stored pairs: an auction brings almost all rows to their
 * columns at nearly the right prices, shortest augmenting paths put the rest right.
 *
 * <p>All arithmetic is in whole units of the costs, so the gap of the result is exactly 0. Rows and columns that no stored
 * pair matches are paired with each other in ascending order, at the default cost.
 */
public final class SparseSolver implements AssignmentSolver<SparseCosts> {
    /** Up to so many rows, bids rise in large steps; above, in small ones, for there is more to put right after them. */
    private static final int SMALL = 2000;
    private static final double COARSE = 5e-4;
    private static final double FINE = 1e-4;

    @Override
    public Assignment solve(SparseCosts costs, WorkerPool pool) {
        return optima(costs, pool).assignment(pool);
    }

    /** Solves a problem and leaves the choice among its optimal matchings to the caller. */
    public OptimalMatchings optima(SparseCosts costs, WorkerPool pool) {
        PairRows pairs = costs.pairRows();
        double step = costs.rows() <= SMALL ? COARSE : FINE;
        Auction auction = new Auction(pairs, (int) (step * SparseCosts.LARGEST_GAIN));
        auction.run(pool);
        return new OptimalMatchings(costs, ExactSearch.after(auction, pairs, pool));
    }
}
