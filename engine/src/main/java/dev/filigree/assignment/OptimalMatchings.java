package dev.filigree.assignment;

import static dev.filigree.memory.OffHeapMemory.getLong;

import dev.filigree.assignment.sparse.ExactSearch;
import dev.filigree.assignment.sparse.PairRows;
import dev.filigree.assignment.sparse.PairRowsBuilder;
import dev.filigree.assignment.sparse.ShortestPaths;
import dev.filigree.parallel.WorkerPool;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * All optimal matchings of sparse costs. With duals that prove one of them optimal, they are the matchings of tight pairs,
 * {@code profit(i) + price(j) = gain(i, j)}, that match every row with a profit and every column with a price
 * (complementary slackness). Holds the costs, which must stay open.
 */
public final class OptimalMatchings {
    /** Preferences of all pairs together must not pass the range of the duals. */
    private static final int LARGEST_SUM = SparseCosts.LARGEST_GAIN;

    private final SparseCosts costs;
    private final PairRows pairs;
    private final int[] profits;
    private final int[] prices;
    private final int[] columnOfRow;

    OptimalMatchings(SparseCosts costs, ExactSearch search) {
        this.costs = costs;
        pairs = costs.pairRows();
        profits = search.profits();
        prices = search.prices();
        columnOfRow = search.columnOfRow();
    }

    /** How much one wants a pair to be in the matching. */
    public interface Preference {
        /** Of this pair: 0 to {@link #largestPreference}. */
        int of(int row, int column);
    }

    /** One of them, certified; which one is fixed but says nothing. */
    public Assignment assignment(WorkerPool pool) {
        return costs.certify(Completion.inOrder(columnOfRow, costs.columns()), prices, pool);
    }

    /** The most that a preference may be; at least 1. */
    public int largestPreference() {
        return Math.max(1, LARGEST_SUM / Math.max(costs.rows(), costs.columns()) - 1);
    }

    /**
     * The optimal matching with the largest sum of preferences over its stored pairs.
     *
     * @return the column of each row, {@link Matching#NONE} for those that a stored pair does not match
     */
    public int[] preferred(Preference preference, WorkerPool pool) {
        int[] chosen = new int[costs.rows()];
        int[] rowOfColumn = new int[costs.columns()];
        Arrays.fill(chosen, Matching.NONE);
        Arrays.fill(rowOfColumn, Matching.NONE);
        boolean[] mandatoryRows = positive(profits);
        boolean[] mandatoryColumns = positive(prices);
        int[] newPrices = new int[costs.columns()];
        try (PairRows tight = tightPairs(preference)) {
            int[] newProfits = new int[costs.rows()];
            for (int i = 0; i < newProfits.length; i++) {
                newProfits[i] = tight.profit(i, newPrices);
            }
            new ShortestPaths(tight, newProfits, newPrices, chosen, rowOfColumn, mandatoryRows).run();
            if (isOneFree(mandatoryColumns, rowOfColumn)) {
                try (PairRows transposed = tight.transposed(new int[costs.rows()])) {
                    new ShortestPaths(transposed, newPrices, newProfits, rowOfColumn, chosen, mandatoryColumns).run();
                }
            }
        }
        return chosen;
    }

    private PairRows tightPairs(Preference preference) {
        int[] counts = new int[costs.rows()];
        int longest = 0;
        for (int i = 0; i < counts.length; i++) {
            counts[i] = tightPairs(i, null, preference);
            longest = Math.max(longest, counts[i]);
        }
        long[] buffer = new long[longest];
        PairRowsBuilder builder = new PairRowsBuilder(costs.rows(), costs.columns(), i -> counts[i]);
        return builder.build(() -> {
            for (int i = 0; i < counts.length; i++) {
                builder.row(i, buffer, tightPairs(i, buffer, preference));
            }
        });
    }

    /** Counts the tight pairs of a row, and writes them where there is a buffer. */
    private int tightPairs(int row, long @Nullable [] buffer, Preference preference) {
        int count = 0;
        long end = pairs.address(row) + 8L * pairs.length(row);
        for (long address = pairs.address(row); address < end; address += 8) {
            long pair = getLong(address);
            int reduced = PairRows.gain(pair) - profits[row];
            if (reduced < 0 && pairs.isDescending()) {
                break;
            }
            int column = PairRows.column(pair);
            if (reduced == prices[column]) {
                if (buffer != null) {
                    buffer[count] = PairRows.pair(1 + preference.of(row, column), column);
                }
                count++;
            }
        }
        return count;
    }

    private static boolean[] positive(int[] duals) {
        boolean[] positive = new boolean[duals.length];
        for (int i = 0; i < duals.length; i++) {
            positive[i] = duals[i] > 0;
        }
        return positive;
    }

    private static boolean isOneFree(boolean[] mandatory, int[] partner) {
        for (int i = 0; i < mandatory.length; i++) {
            if (mandatory[i] && partner[i] == Matching.NONE) {
                return true;
            }
        }
        return false;
    }
}
