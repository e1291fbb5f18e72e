/** One layer's operands, and those who compute with them: Filigree and its peers. */
@org.jspecify.annotations.NullMarked
package dev.filigree.benchmark.layer;
