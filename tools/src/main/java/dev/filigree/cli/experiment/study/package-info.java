/** The experiments: which trainings they take, and what is read from them. */
@org.jspecify.annotations.NullMarked
package dev.filigree.cli.experiment.study;
