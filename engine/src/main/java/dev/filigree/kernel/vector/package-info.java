/**
 * The fast kernels in the Vector API.
 *
 * <p>In the loops over connections, but in those of the forward product of one tile, which C2 unrolls, the parts of an
 * address are masked before the loop, and the index is masked with {@link java.lang.Integer#MAX_VALUE}, which changes nothing
 * but proves that it is not negative: so is their sum, no check is left, and C2 makes no copies of the loop for the checks' sake, which
 * would cost every neuron a wrongly predicted branch. A weight is broadcast as an int there: as a float, C2 would load it
 * into a general register first.
 */
@org.jspecify.annotations.NullMarked
package dev.filigree.kernel.vector;
