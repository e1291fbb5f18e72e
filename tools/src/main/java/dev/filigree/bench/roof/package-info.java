/** Measures what this machine's arithmetic and memory can do at most. */
@org.jspecify.annotations.NullMarked
package dev.filigree.bench.roof;
