/** Ways to choose the connections before training, beside Erdős–Rényi. */
@org.jspecify.annotations.NullMarked
package dev.filigree.topology.model;
