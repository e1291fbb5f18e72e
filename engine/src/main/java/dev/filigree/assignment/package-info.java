/**
 * Linear assignment: the cheapest one-to-one pairing of rows with columns, solved exactly and handed back with
 * a proof of how good it is.
 */
@org.jspecify.annotations.NullMarked
package dev.filigree.assignment;
