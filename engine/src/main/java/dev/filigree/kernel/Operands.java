package dev.filigree.kernel;

import dev.filigree.memory.FloatArray;

/** Refuses operands that no memory holds, and those that share memory and would be overwritten before they are read. */
final class Operands {
    private Operands() {}

    /** The number of elements of so many rows. */
    static long size(long rows, int length) {
        if (rows > Long.MAX_VALUE / length) {
            throw new IllegalArgumentException(
                    "%,d rows of %,d lanes are more than there are addresses".formatted(rows, length));
        }
        return rows * length;
    }

    static void requireApart(FloatArray result, FloatArray operand) {
        if (result == operand) {
            throw new IllegalArgumentException("%s: expected another array for the result".formatted(result));
        }
    }

    static void requireApart(TiledMatrix result, TiledMatrix operand) {
        if (result.values() == operand.values()) {
            throw new IllegalArgumentException("%s: expected another matrix for the result".formatted(result));
        }
    }

    /** For work on whole rows of lanes, which takes a vector at a time. */
    static void requireWholeVectors(TiledMatrix matrix, Kernels kernels) {
        if (matrix.tileLanes() % kernels.tileLanes(1) != 0) {
            throw new IllegalArgumentException("%s: expected tiles of a multiple of %d lanes".formatted(matrix,
                    kernels.tileLanes(1)));
        }
    }
}
