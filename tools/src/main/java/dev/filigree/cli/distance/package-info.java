/** What {@code filigree distance} compares, and what it finds. */
@org.jspecify.annotations.NullMarked
package dev.filigree.cli.distance;
