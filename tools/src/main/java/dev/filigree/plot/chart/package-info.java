/** Curves and paths between two axes. */
@org.jspecify.annotations.NullMarked
package dev.filigree.plot.chart;
