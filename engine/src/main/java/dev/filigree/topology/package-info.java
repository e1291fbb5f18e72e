/** Pure structure: which connections exist, without weights. */
@org.jspecify.annotations.NullMarked
package dev.filigree.topology;
