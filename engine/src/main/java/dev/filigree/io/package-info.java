/**
 * Files: replacing them safely, and arrays in NumPy's NPY and NPZ formats, streamed between disk and off-heap memory.
 * Malformed input is a {@link dev.filigree.io.FileFormatException} with one line that says what to do.
 */
@org.jspecify.annotations.NullMarked
package dev.filigree.io;
