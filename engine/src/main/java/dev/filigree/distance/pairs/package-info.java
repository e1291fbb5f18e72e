/** Distances of many pairs of networks, and what a pair of unrelated networks scores. */
@org.jspecify.annotations.NullMarked
package dev.filigree.distance.pairs;
