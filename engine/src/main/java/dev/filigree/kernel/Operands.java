package dev.filigree.kernel;

import dev.filigree.memory.FloatArray;

/** Refuses operands that share memory, of which one would be overwritten before it has been read. */
final class Operands {
    private Operands() {}

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
}
