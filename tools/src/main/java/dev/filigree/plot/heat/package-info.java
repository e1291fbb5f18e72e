/** Tables of numbers as colours. */
@org.jspecify.annotations.NullMarked
package dev.filigree.plot.heat;
