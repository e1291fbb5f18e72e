/** Times sparse layers against dense ones over a range of densities. */
@org.jspecify.annotations.NullMarked
package dev.filigree.bench;
