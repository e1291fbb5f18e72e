package dev.filigree.kernel.scalar;

import static dev.filigree.memory.OffHeapMemory.getFloat;
import static dev.filigree.memory.OffHeapMemory.getInt;
import static dev.filigree.memory.OffHeapMemory.setFloat;
import static dev.filigree.memory.OffHeapMemory.setInt;

import dev.filigree.kernel.FloatMath;

/** Losses and their derivatives, one sample at a time. */
final class ScalarLoss {
    private ScalarLoss() {}

    static void argmax(long outputs, int classes, int lanes, long best) {
        for (int lane = 0; lane < lanes; lane++) {
            int largest = 0;
            for (int c = 1; c < classes; c++) {
                if (at(outputs, lanes, c, lane) > at(outputs, lanes, largest, lane)) {
                    largest = c;
                }
            }
            setInt(best + 4L * lane, largest);
        }
    }

    static void crossEntropy(long outputs, int classes, int lanes, long labels, long best, int count, long delta,
            float deltaScale, long rests, long gaps) {
        for (int lane = 0; lane < lanes; lane++) {
            int label = getInt(labels + 4L * lane);
            int largest = getInt(best + 4L * lane);
            float max = at(outputs, lanes, largest, lane);
            float rest = 0;
            for (int c = 0; c < classes; c++) {
                rest += c == largest ? 0 : FloatMath.softmaxTerm(at(outputs, lanes, c, lane) - max);
            }
            setFloat(rests + 4L * lane, rest);
            setFloat(gaps + 4L * lane, max - at(outputs, lanes, label, lane));
            if (delta != 0) {
                float factor = deltaScale / (1 + rest);
                for (int c = 0; c < classes; c++) {
                    float e = c == largest ? 1 : FloatMath.softmaxTerm(at(outputs, lanes, c, lane) - max);
                    float slope = c == label ? e - 1 - rest : e;
                    setFloat(delta + 4L * ((long) c * lanes + lane), lane < count ? slope * factor : 0);
                }
            }
        }
    }

    static void squaredError(long outputs, int classes, int lanes, long labels, int count, long delta,
            float deltaScale, long sums) {
        for (int lane = 0; lane < lanes; lane++) {
            int label = getInt(labels + 4L * lane);
            float sum = 0;
            for (int c = 0; c < classes; c++) {
                float difference = at(outputs, lanes, c, lane) - (c == label ? 1 : 0);
                sum = Math.fma(difference, difference, sum);
                if (delta != 0) {
                    setFloat(delta + 4L * ((long) c * lanes + lane), lane < count ? difference * deltaScale : 0);
                }
            }
            setFloat(sums + 4L * lane, sum);
        }
    }

    private static float at(long outputs, int lanes, int c, int lane) {
        return getFloat(outputs + 4L * ((long) c * lanes + lane));
    }
}
