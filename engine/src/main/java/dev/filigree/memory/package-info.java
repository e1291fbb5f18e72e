/** Off-heap storage: aligned arrays with one owner each, exposed as Agrona buffers, and the ledger of what is open. */
@org.jspecify.annotations.NullMarked
package dev.filigree.memory;
