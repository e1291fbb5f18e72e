/** Sparse kernels: the facade that checks arguments, and the choice of provider. */
@org.jspecify.annotations.NullMarked
package dev.filigree.kernel;
