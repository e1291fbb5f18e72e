/** What the benchmarks of distances run on. */
@org.jspecify.annotations.NullMarked
package dev.filigree.benchmark.distance;
