package dev.filigree.cli.distance.ledger;

import dev.filigree.cli.text.ProgressBar;
import dev.filigree.distance.pairs.NetworkPair;
import dev.filigree.distance.pairs.PairDistance;
import dev.filigree.distance.pairs.PairLedger;
import org.jspecify.annotations.Nullable;

/** Moves a bar while another ledger does its work. */
public final class PairProgress implements PairLedger {
    private final PairLedger ledger;
    private final ProgressBar bar;

    /** Tells the bar of every pair that is known or done. */
    public PairProgress(PairLedger ledger, ProgressBar bar) {
        this.ledger = ledger;
        this.bar = bar;
    }

    @Override
    public @Nullable PairDistance find(NetworkPair pair) {
        PairDistance known = ledger.find(pair);
        if (known != null) {
            bar.partDone();
        }
        return known;
    }

    @Override
    public void enter(NetworkPair pair, PairDistance distance) {
        ledger.enter(pair, distance);
        bar.partDone();
    }
}
