/** Data sets from files that a user gives: NumPy archives, comma-separated values, and the text format of LIBSVM. */
@org.jspecify.annotations.NullMarked
package dev.filigree.datasets.file;
