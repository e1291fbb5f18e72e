/** What pictures for people are drawn on and with: PNG to look at, SVG to publish. */
@org.jspecify.annotations.NullMarked
package dev.filigree.plot;
