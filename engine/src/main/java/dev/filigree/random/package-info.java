/** Independent random streams from one seed. */
@org.jspecify.annotations.NullMarked
package dev.filigree.random;
