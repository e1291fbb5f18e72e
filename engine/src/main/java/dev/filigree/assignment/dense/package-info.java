/** How dense problems are solved: for {@link dev.filigree.assignment.DenseSolver} alone. */
@org.jspecify.annotations.NullMarked
package dev.filigree.assignment.dense;
