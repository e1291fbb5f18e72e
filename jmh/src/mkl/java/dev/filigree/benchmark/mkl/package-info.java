/**
 * Intel MKL as a peer, in the profile {@code mkl} alone. Benchmarks here have the names of those they belong to and run
 * on the same operands.
 */
@org.jspecify.annotations.NullMarked
package dev.filigree.benchmark.mkl;
