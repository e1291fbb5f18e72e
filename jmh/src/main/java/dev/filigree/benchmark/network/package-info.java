/** Whole networks and what happens around the products of a layer, with the peers of each. */
@org.jspecify.annotations.NullMarked
package dev.filigree.benchmark.network;
