package dev.filigree.kernel.scalar;

import static dev.filigree.memory.OffHeapMemory.getFloat;
import static dev.filigree.memory.OffHeapMemory.setFloat;

import dev.filigree.kernel.FloatMath;

/** Smooth activations and their derivatives, one value at a time. */
final class ScalarSmooth {
    private ScalarSmooth() {}

    static void tanh(long matrix, int lanes, int fromRow, int toRow) {
        long end = matrix + 4L * lanes * toRow;
        for (long at = matrix + 4L * lanes * fromRow; at < end; at += 4) {
            setFloat(at, FloatMath.tanh(getFloat(at)));
        }
    }

    static void sigmoid(long matrix, int lanes, int fromRow, int toRow) {
        long end = matrix + 4L * lanes * toRow;
        for (long at = matrix + 4L * lanes * fromRow; at < end; at += 4) {
            setFloat(at, FloatMath.sigmoid(getFloat(at)));
        }
    }

    static void tanhDerivative(long delta, long y, int lanes, int fromRow, int toRow, float yFactor) {
        long end = 4L * lanes * toRow;
        for (long at = 4L * lanes * fromRow; at < end; at += 4) {
            float f = getFloat(y + at) * yFactor;
            setFloat(delta + at, getFloat(delta + at) * Math.fma(-f, f, 1f));
        }
    }

    static void sigmoidDerivative(long delta, long y, int lanes, int fromRow, int toRow, float yFactor) {
        long end = 4L * lanes * toRow;
        for (long at = 4L * lanes * fromRow; at < end; at += 4) {
            float f = getFloat(y + at) * yFactor;
            setFloat(delta + at, getFloat(delta + at) * Math.fma(-f, f, f));
        }
    }
}
