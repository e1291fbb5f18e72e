/** How the cost of comparing two layers grows with their size. */
@org.jspecify.annotations.NullMarked
package dev.filigree.bench.growth;
