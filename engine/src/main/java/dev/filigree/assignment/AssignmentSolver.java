package dev.filigree.assignment;

import dev.filigree.parallel.WorkerPool;

/**
 * Finds a matching of least total cost. Stateless: one solver may serve many threads.
 *
 * @param <C> the kind of costs it reads
 */
public interface AssignmentSolver<C extends CostMatrix> {
    /**
     * Solves one problem. The same costs give the same bits every time, whatever the number of threads.
     *
     * @param pool whose threads share the work where it is large enough to pay
     * @throws IllegalArgumentException if a cost is infinite or not a number
     */
    Assignment solve(C costs, WorkerPool pool);
}
