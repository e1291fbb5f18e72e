/** How connections spread over neurons, and whether by a power law. */
@org.jspecify.annotations.NullMarked
package dev.filigree.topology.metrics.degree;
