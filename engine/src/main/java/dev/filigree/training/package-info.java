/** The training loop, its optimizer, schedules, listeners and history. */
@org.jspecify.annotations.NullMarked
package dev.filigree.training;
