/** How one layer's connections are replaced: which go, where others grow, and the merge of both. */
@org.jspecify.annotations.NullMarked
package dev.filigree.evolution.rewiring;
