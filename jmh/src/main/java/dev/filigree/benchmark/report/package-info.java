/** What a run of benchmarks leaves behind: ratios, the machine it ran on, flame graphs. */
@org.jspecify.annotations.NullMarked
package dev.filigree.benchmark.report;
