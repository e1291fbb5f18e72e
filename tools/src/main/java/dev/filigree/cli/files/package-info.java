/** The files that commands write where a user asks for them. */
@org.jspecify.annotations.NullMarked
package dev.filigree.cli.files;
