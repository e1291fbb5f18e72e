package dev.filigree.training;

/**
 * How a network does on a set of samples.
 *
 * @param loss mean per sample
 * @param accuracy share of the samples classified as labelled, in [0, 1]
 */
public record Evaluation(double loss, double accuracy) {}
