/**
 * Benchmarks of the kernels and pipelines, one class each, and the program that runs them.
 *
 * <p>Every method of a class does the same work on the same operands: {@code filigree} as the engine does it, the
 * others as a peer does. Names tell what a peer computes: {@code sparse…} the connections that exist, {@code dense…}
 * all of them.
 */
@org.jspecify.annotations.NullMarked
package dev.filigree.benchmark;
