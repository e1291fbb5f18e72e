/** Reports in Markdown and in HTML. */
@org.jspecify.annotations.NullMarked
package dev.filigree.cli.experiment.report;
