/** How sparse problems are stored and solved, in whole units: for {@link dev.filigree.assignment.SparseCosts} and its solvers alone. */
@org.jspecify.annotations.NullMarked
package dev.filigree.assignment.sparse;
