package dev.filigree.assignment.dense;

import dev.filigree.parallel.WorkerPool;

/** Solves one problem that has no more rows than columns. */
public final class Search {
    /** Bids per row before the shortest paths. */
    private static final int BIDS = 4;

    /** Below, paths are so short that auctions cost more than they save. */
    private static final int WORTH_PRICING = 128;

    private final Pairing pairing;

    private Search(Pairing pairing) {
        this.pairing = pairing;
    }

    /**
     * Pairs every row at least cost.
     *
     * @param rows finite costs, no more rows than columns
     * @param pool whose threads scan the rows for the first time
     */
    public static Search of(CostRows rows, WorkerPool pool) {
        Pairing pairing = new Pairing(rows.rows(), rows.columns());
        Candidates candidates = new Candidates(rows, pairing);
        candidates.refreshAll(pool);
        Bidding bidding = new Bidding(pairing, candidates);
        // With columns to spare, duals of columns must stay 0 until the columns are taken for good.
        if (rows.rows() == rows.columns() && rows.rows() >= WORTH_PRICING) {
            new EpsilonPricing(rows, pairing, candidates, bidding).run(pool);
        }
        bidding.run(0, BIDS * (long) rows.rows());
        new ShortestPaths(rows, pairing, candidates).run();
        return new Search(pairing);
    }

    /** The column of every row. */
    public int[] columnOfRow() {
        return pairing.columnOfRow;
    }

    /** The duals of the columns; 0 where a column is free and not above it where columns are more than rows. */
    public double[] columnDuals() {
        return pairing.columnDuals;
    }

    /** The duals of the rows. */
    public double[] rowDuals() {
        double[] duals = new double[pairing.columnOfRow.length];
        for (int i = 0; i < duals.length; i++) {
            duals[i] = pairing.pairReduced(i);
        }
        return duals;
    }
}
