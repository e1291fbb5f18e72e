/** The singular values of layers. */
@org.jspecify.annotations.NullMarked
package dev.filigree.topology.metrics.spectrum;
