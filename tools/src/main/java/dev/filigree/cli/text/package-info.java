/** Text that commands print. */
@org.jspecify.annotations.NullMarked
package dev.filigree.cli.text;
