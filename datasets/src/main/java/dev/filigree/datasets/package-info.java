/** Training data: labelled samples off the heap, where named sets are found, how they are read, split and scaled. */
@org.jspecify.annotations.NullMarked
package dev.filigree.datasets;
