/** Dense assignment problems, and the peers that solve them. */
@org.jspecify.annotations.NullMarked
package dev.filigree.benchmark.assignment;
