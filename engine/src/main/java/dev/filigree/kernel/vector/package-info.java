/** The fast kernels in the Vector API. */
@org.jspecify.annotations.NullMarked
package dev.filigree.kernel.vector;
