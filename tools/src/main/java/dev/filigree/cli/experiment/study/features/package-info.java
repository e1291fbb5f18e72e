/** The study of what sparse networks look at: pixels over the epochs, and the selection of features. */
@org.jspecify.annotations.NullMarked
package dev.filigree.cli.experiment.study.features;
