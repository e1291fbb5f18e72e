package dev.filigree.assignment;

/** Finds a pairing of rows with columns of least total cost. Stateless: one solver may serve many threads. */
public interface AssignmentSolver {
    /**
     * Solves one problem on the calling thread. The same costs give the same pairing every time.
     *
     * @param costs a square matrix of finite costs; pad a rectangular problem with rows or columns of the cost that
     *        being left over has
     * @throws IllegalArgumentException if a cost is infinite or not a number
     */
    Assignment solve(CostMatrix costs);
}
