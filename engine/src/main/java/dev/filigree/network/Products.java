package dev.filigree.network;

import java.util.Locale;

/** How a layer computes its products. */
public enum Products {
    /** Connection by connection, in the order of the neurons. */
    SPARSE,

    /** The same, but over blocks of neurons whose activations and deltas stay in the L1 cache. */
    BLOCKED,

    /** On a dense backend, a sparse layer's over full matrices with zeros. */
    DENSE;

    /** The word that reports use. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
