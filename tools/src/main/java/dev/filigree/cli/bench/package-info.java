/** Options, text, JSON and pictures of the {@code bench} command. */
@org.jspecify.annotations.NullMarked
package dev.filigree.cli.bench;
