package dev.filigree.assignment;

import dev.filigree.assignment.sparse.Auction;
import dev.filigree.parallel.WorkerPool;

/**
 * Solver for sparse costs that are too many for an exact solution: its result is proven to be within a tolerance of the
 * optimum, see {@link Assignment#gap}. Rows and columns that no stored pair matches are paired with each other, by their
 * number where both are left over and in ascending order else, at the default cost.
 */
public final class AuctionSolver implements AssignmentSolver<SparseCosts> {
    private final double tolerance;

    /**
     * A solver.
     *
     * @param tolerance how much more a pair may cost than in an optimal matching, on average, in the unit of the costs;
     *        finite and above 0
     * @throws IllegalArgumentException if it is not
     */
    public AuctionSolver(double tolerance) {
        if (!(tolerance > 0 && tolerance < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "a tolerance of %s: expected a finite number above 0, or another solver for exact results"
                            .formatted(tolerance));
        }
        this.tolerance = tolerance;
    }

    @Override
    public Assignment solve(SparseCosts costs, WorkerPool pool) {
        Auction auction = run(costs, pool);
        return costs.certify(Completion.inOrder(auction.columnOfRow(), costs.columns()), auction.prices(), pool);
    }

    private Auction run(SparseCosts costs, WorkerPool pool) {
        // Each row ends within a step of its best column; rows may be more than pairs.
        double step = tolerance * Math.min(costs.rows(), costs.columns()) / costs.rows() / costs.unit();
        Auction auction = new Auction(costs.pairRows(), (int) Math.clamp(step, 1, SparseCosts.LARGEST_GAIN / 2.0));
        auction.run(pool);
        return auction;
    }
}
