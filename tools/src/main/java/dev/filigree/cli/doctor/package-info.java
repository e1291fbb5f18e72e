/** What the {@code doctor} command finds out about the machine. */
@org.jspecify.annotations.NullMarked
package dev.filigree.cli.doctor;
