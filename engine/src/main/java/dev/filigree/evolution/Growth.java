package dev.filigree.evolution;

/** Where connections grow. */
public enum Growth {
    /** Every free place is equally likely. */
    RANDOM,
    /** At the free places of the largest gradients of the last batch. */
    GRADIENT
}
