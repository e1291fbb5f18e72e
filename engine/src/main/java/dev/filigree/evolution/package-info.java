/** How connectivity changes during training. */
@org.jspecify.annotations.NullMarked
package dev.filigree.evolution;
