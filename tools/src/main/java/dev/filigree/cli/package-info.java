/** The command line: one class per command, and what they have in common. */
@org.jspecify.annotations.NullMarked
package dev.filigree.cli;
