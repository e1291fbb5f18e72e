/** What {@code filigree distance} compares, and how it presents the result. */
@org.jspecify.annotations.NullMarked
package dev.filigree.cli.distance;
