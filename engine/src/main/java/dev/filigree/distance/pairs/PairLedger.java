package dev.filigree.distance.pairs;

import org.jspecify.annotations.Nullable;

/**
 * Follows the comparison of many pairs, and may know some of them from before. Called from several threads, but by one
 * at a time.
 */
public interface PairLedger {
    /** Knows nothing and keeps nothing. */
    PairLedger NONE = new PairLedger() {
        @Override
        public @Nullable PairDistance find(NetworkPair pair) {
            return null;
        }

        @Override
        public void enter(NetworkPair pair, PairDistance distance) {
            // Nobody asks for it again.
        }
    };

    /**
     * Asked once per pair, before any is compared.
     *
     * @return the distance if it is known; null if the pair is to be compared
     */
    @Nullable
    PairDistance find(NetworkPair pair);

    /**
     * Told once per pair that was compared, as soon as it is done; in no particular order.
     *
     * @throws RuntimeException to end the comparison; it reaches the caller
     */
    void enter(NetworkPair pair, PairDistance distance);
}
