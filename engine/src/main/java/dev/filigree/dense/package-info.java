/** The dense matrix products behind one interface, and their plain Java implementation. */
@org.jspecify.annotations.NullMarked
package dev.filigree.dense;
