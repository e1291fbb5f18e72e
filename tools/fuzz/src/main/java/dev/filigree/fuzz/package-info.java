/** The readers of files under attack: what they may do with any bytes at all, for seeded mutations and for a fuzzer. */
@org.jspecify.annotations.NullMarked
package dev.filigree.fuzz;
