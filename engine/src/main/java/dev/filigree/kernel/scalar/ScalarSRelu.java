package dev.filigree.kernel.scalar;

import static dev.filigree.memory.OffHeapMemory.getFloat;
import static dev.filigree.memory.OffHeapMemory.setFloat;

import dev.filigree.kernel.SRelu;

/** S-shaped rectified linear units, one value at a time. */
final class ScalarSRelu {
    private ScalarSRelu() {}

    static void srelu(long z, long y, long parameters, int lanes, int fromRow, int toRow) {
        for (int row = fromRow; row < toRow; row++) {
            long p = parameters + 4L * SRelu.PARAMETERS * row;
            for (long at = 4L * lanes * row; at < 4L * lanes * (row + 1L); at += 4) {
                setFloat(y + at,
                        SRelu.at(getFloat(z + at), getFloat(p), getFloat(p + 4), getFloat(p + 8), getFloat(p + 12)));
            }
        }
    }

    static void backward(long delta, long z, long stride, int tiles, int lanes, long parameters, long gradient,
            int fromRow, int toRow) {
        for (int row = fromRow; row < toRow; row++) {
            long p = parameters + 4L * SRelu.PARAMETERS * row;
            float leftThreshold = getFloat(p);
            float leftSlope = getFloat(p + 4);
            float distance = getFloat(p + 8);
            float rightSlope = getFloat(p + 12);
            float rightThreshold = leftThreshold + Math.abs(distance);
            float left = 0;
            float leftProducts = 0;
            float right = 0;
            float rightProducts = 0;
            for (int tile = 0; tile < tiles; tile++) {
                long at = tile * stride + 4L * lanes * row;
                for (long end = at + 4L * lanes; at < end; at += 4) {
                    float d = getFloat(delta + at);
                    float value = getFloat(z + at);
                    if (value <= leftThreshold) {
                        left += d;
                        leftProducts += d * (value - leftThreshold);
                        setFloat(delta + at, d * leftSlope);
                    } else if (value > rightThreshold) {
                        right += d;
                        rightProducts += d * (value - rightThreshold);
                        setFloat(delta + at, d * rightSlope);
                    }
                }
            }
            long g = gradient + 4L * SRelu.PARAMETERS * row;
            setFloat(g, (1 - leftSlope) * left + (1 - rightSlope) * right);
            setFloat(g + 4, leftProducts);
            setFloat(g + 8, (distance < 0 ? rightSlope - 1 : 1 - rightSlope) * right);
            setFloat(g + 12, rightProducts);
        }
    }
}
