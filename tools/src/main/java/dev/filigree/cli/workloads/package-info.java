/** What {@code filigree workloads} measures: the reference workloads, each row in a process of its own. */
@org.jspecify.annotations.NullMarked
package dev.filigree.cli.workloads;
