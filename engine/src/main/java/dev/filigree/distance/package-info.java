/**
 * How different two sparse networks are wired: Neural Network Sparse Topology Distance (NNSTD; Liu et al.,
 * "Topological Insights into Sparse Neural Networks", ECML-PKDD 2020, arXiv 2006.14085). Works on topologies alone.
 */
@org.jspecify.annotations.NullMarked
package dev.filigree.distance;
