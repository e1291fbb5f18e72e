/** What {@code growth} prints and draws. */
@org.jspecify.annotations.NullMarked
package dev.filigree.cli.growth;
