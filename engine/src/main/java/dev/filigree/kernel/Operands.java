package dev.filigree.kernel;

import dev.filigree.memory.FloatArray;
import org.jspecify.annotations.Nullable;

/**
 * Refuses operands of wrong shapes, those that no memory holds, and those that share memory and would be overwritten
 * before they are read.
 */
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

    static void checkForward(Kernels kernels, int inputs, int outputs, FloatArray bias, TiledMatrix x, TiledMatrix y,
            @Nullable TiledMatrix z, int fromTile, int toTile, int fromRow, int toRow) {
        checkLength(bias, outputs);
        checkRange(fromTile, toTile, x.tiles());
        checkMatrix(kernels, x, inputs, toTile, x.tileLanes());
        checkMatrix(kernels, y, outputs, toTile, x.tileLanes());
        if (z != null) {
            checkMatrix(kernels, z, outputs, toTile, x.tileLanes());
        }
        checkRange(fromRow, toRow, outputs);
        requireApart(y, x);
        if (z != null) {
            requireApart(z, x);
            requireApart(z, y);
        }
    }

    static void checkMatrix(Kernels kernels, TiledMatrix matrix, int neurons, int tiles, int lanes) {
        if (!kernels.supports(lanes)) {
            throw new IllegalArgumentException("%s: %s kernels do not work on tiles of %d samples".formatted(matrix,
                    kernels.name(), lanes));
        }
        checkShape(matrix, neurons, tiles, lanes);
    }

    static void checkShape(TiledMatrix matrix, int neurons, int tiles, int lanes) {
        if (matrix.neurons() != neurons || matrix.tileLanes() != lanes || matrix.tiles() < tiles) {
            throw new IllegalArgumentException("%s: expected %d or more tiles of %d neurons × %d lanes"
                    .formatted(matrix, tiles, neurons, lanes));
        }
    }

    static void checkScratch(Kernels kernels, FloatArray scratch, long connections) {
        if (scratch.length() < kernels.scratchFloats(connections)) {
            throw new IllegalArgumentException("%s: expected %d or more elements".formatted(scratch,
                    kernels.scratchFloats(connections)));
        }
    }

    static void checkLength(FloatArray array, long length) {
        if (array.length() != length) {
            throw new IllegalArgumentException("%s: expected %d elements".formatted(array, length));
        }
    }

    static void checkRange(long from, long to, long size) {
        if (from < 0 || to < from || to > size) {
            throw new IndexOutOfBoundsException("range %d to %d of %d".formatted(from, to, size));
        }
    }
}
