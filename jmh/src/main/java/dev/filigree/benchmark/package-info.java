/** Benchmarks of the kernels and pipelines, each beside the peer it is compared with. */
@org.jspecify.annotations.NullMarked
package dev.filigree.benchmark;
