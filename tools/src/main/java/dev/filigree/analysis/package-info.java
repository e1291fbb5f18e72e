/** What a matrix of distances shows: which things belong together, and where they lie as seen from above. */
@org.jspecify.annotations.NullMarked
package dev.filigree.analysis;
