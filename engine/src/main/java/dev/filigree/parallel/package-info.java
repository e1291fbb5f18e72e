/** The worker pool and the static partitions it works on. */
@org.jspecify.annotations.NullMarked
package dev.filigree.parallel;
