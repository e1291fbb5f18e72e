/** What the {@code train} command is made of: its options and their defaults, the session, and what it prints. */
@org.jspecify.annotations.NullMarked
package dev.filigree.cli.train;
