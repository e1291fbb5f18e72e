/** The readable reference kernels in plain Java. */
@org.jspecify.annotations.NullMarked
package dev.filigree.kernel.scalar;
