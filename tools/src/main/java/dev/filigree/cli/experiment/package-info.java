/**
 * Runs experiments: many trainings, and a report on what came of them.
 *
 * <p>An experiment is one directory:
 *
 * <pre>
 * runs/NAME/      one training, as {@code filigree train} leaves it ({@link dev.filigree.cli.run})
 * filigree-experiment.txt
 *                 the command; written first, it tells whose directory that is
 * report.md       what was found, with the figures beside it
 * report.html     the same in one file
 * *.csv           the numbers behind tables and figures
 * *.png, *.svg    the figures
 * </pre>
 *
 * <p>A finished training is never repeated, so the same command goes on where an experiment was interrupted.
 */
@org.jspecify.annotations.NullMarked
package dev.filigree.cli.experiment;
