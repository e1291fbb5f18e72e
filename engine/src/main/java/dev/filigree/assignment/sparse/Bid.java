package dev.filigree.assignment.sparse;

import static dev.filigree.memory.OffHeapMemory.getLong;

/**
 * What a row bids at the prices it has seen.
 *
 * @param column the one that gains it most, of several the first; {@link PairRows#NONE} if none gains it anything
 * @param price of that column
 * @param rival the column that gains it most of all others; {@link PairRows#NONE} for the default
 * @param rivalPrice of that column
 * @param rise by how much the column may become dearer until the rival gains the row as much
 */
record Bid(int row, int column, int price, int rival, int rivalPrice, int rise) {
    /** Gains nothing. */
    private static final long NOBODY = PairRows.pair(0, PairRows.NONE);

    /** Lets a row choose. */
    static Bid of(int row, PairRows pairs, int[] prices) {
        boolean descending = pairs.isDescending();
        long address = pairs.address(row);
        long end = address + 8L * pairs.length(row);
        int best = 0;
        int second = 0;
        long bestPair = NOBODY;
        long secondPair = NOBODY;
        for (; address < end; address += 8) {
            long pair = getLong(address);
            int gain = PairRows.gain(pair);
            if (descending && gain <= second) {
                break;
            }
            int profit = gain - prices[PairRows.column(pair)];
            if (profit > second) {
                if (profit > best) {
                    second = best;
                    secondPair = bestPair;
                    best = profit;
                    bestPair = pair;
                } else {
                    second = profit;
                    secondPair = pair;
                }
            }
        }
        return new Bid(row, PairRows.column(bestPair), PairRows.gain(bestPair) - best, PairRows.column(secondPair),
                PairRows.gain(secondPair) - second, best - second);
    }

    /**
     * Whether the row would bid the same now. No price is lower than the one it has seen, so nothing matters but the two
     * best columns.
     */
    boolean stands(int[] prices) {
        return column == PairRows.NONE
                || (prices[column] == price && (rival == PairRows.NONE || prices[rival] == rivalPrice));
    }
}
