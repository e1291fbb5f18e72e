/** Presents distances: as text, CSV, JSON and pictures. */
@org.jspecify.annotations.NullMarked
package dev.filigree.cli.distance.report;
