/**
 * Google's OR-tools as a peer, in the profile {@code ortools} alone. Benchmarks here have the names of those they belong
 * to and run on the same operands.
 */
@org.jspecify.annotations.NullMarked
package dev.filigree.benchmark.ortools;
