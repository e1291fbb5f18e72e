/** What the {@code evaluate} command is made of. */
@org.jspecify.annotations.NullMarked
package dev.filigree.cli.evaluate;
