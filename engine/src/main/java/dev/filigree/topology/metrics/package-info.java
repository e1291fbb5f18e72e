/** What network science measures of a topology, and of how it changes. */
@org.jspecify.annotations.NullMarked
package dev.filigree.topology.metrics;
