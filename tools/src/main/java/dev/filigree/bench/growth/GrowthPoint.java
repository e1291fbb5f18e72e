package dev.filigree.bench.growth;

/**
 * One comparison of two layers.
 *
 * @param neurons outputs of each layer, and inputs
 * @param related whether the one was made from the other
 * @param storedPairs pairs of neurons that share an input
 * @param costSeconds to count common inputs and make costs of them
 * @param solveSeconds to match, with the certificate
 * @param distance mean distance of the paired neurons
 * @param gap how far it may be above the least one, as a mean distance
 * @param offHeapBytes of the costs
 */
public record GrowthPoint(int neurons, boolean related, long storedPairs, double costSeconds, double solveSeconds,
        double distance, double gap, long offHeapBytes) {}
