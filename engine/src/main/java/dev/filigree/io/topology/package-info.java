/** Layers and networks on disk: sparse matrices as SciPy stores them, and the directories that hold them. */
@org.jspecify.annotations.NullMarked
package dev.filigree.io.topology;
