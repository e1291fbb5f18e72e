package dev.filigree.assignment;

import dev.filigree.assignment.dense.CostRows;
import dev.filigree.assignment.dense.Search;
import dev.filigree.parallel.WorkerPool;

/**
 * Exact solver for dense problems: falling-increment auctions find nearly optimal prices, shortest augmenting paths the
 * optimum. Both look at a few cheapest columns per row, and at all columns only where that cannot be enough. Takes O(n³)
 * time at worst, usually a few scans of the costs, and O(n) memory beside the costs; a problem with more rows than
 * columns is solved transposed, in a copy of 8 bytes per cost.
 *
 * <p>Integer costs are solved in exact arithmetic as long as their sums stay below 2<sup>53</sup>; the gap is exactly 0
 * then. Of {@code double} costs the gap may be a few units in the last place.
 *
 * <p>Ties: rows choose in ascending order, and of equally cheap columns a row takes a free one if there is one, of those
 * the one of lowest index. All costs equal give the identity.
 *
 * <p>Sources: S. Guthe and D. Thuerck, "Algorithm 1015: A Fast Scalable Solver for the Dense Linear (Sum) Assignment
 * Problem", ACM TOMS 47 (2021), for the combination; R. Jonker and A. Volgenant, Computing 38 (1987), for the paths;
 * D. P. Bertsekas, Annals of Operations Research 14 (1988), for the auctions.
 */
public final class DenseSolver implements AssignmentSolver<DenseCosts> {
    /** A solver; it has no state. */
    public DenseSolver() {}

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException if there are more rows than columns and the transposed copy takes more memory than
     *         Java may use
     */
    @Override
    public Assignment solve(DenseCosts costs, WorkerPool pool) {
        CostRows rows = costs.costRows();
        if (rows.rows() <= rows.columns()) {
            Search search = Search.of(rows, pool);
            return costs.certify(Matching.of(search.columnOfRow(), rows.columns()), search.columnDuals(), pool);
        }
        HeapSpace.require("%,d×%,d costs, transposed,".formatted(rows.columns(), rows.rows()),
                8L * rows.rows() * rows.columns());
        Search search = Search.of(rows.transposed(pool), pool);
        return costs.certify(Matching.of(search.columnOfRow(), rows.rows()).inverse(), search.rowDuals(), pool);
    }
}
