/** Saving a training, and going on with it as if nothing had happened. */
@org.jspecify.annotations.NullMarked
package dev.filigree.training.checkpoint;
