/** What the {@code inspect} command is made of. */
@org.jspecify.annotations.NullMarked
package dev.filigree.cli.inspect;
