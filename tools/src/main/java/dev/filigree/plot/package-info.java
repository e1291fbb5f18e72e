/** Pictures for people: PNG to look at, SVG to publish. */
@org.jspecify.annotations.NullMarked
package dev.filigree.plot;
