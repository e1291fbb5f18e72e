/** The multilayer perceptron: layers, activations, losses, initializers. */
@org.jspecify.annotations.NullMarked
package dev.filigree.network;
