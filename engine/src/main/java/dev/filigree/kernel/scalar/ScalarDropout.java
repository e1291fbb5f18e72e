package dev.filigree.kernel.scalar;

import static dev.filigree.memory.OffHeapMemory.getFloat;
import static dev.filigree.memory.OffHeapMemory.setFloat;

import dev.filigree.kernel.MaskHash;

/** Dropout, one activation at a time. */
final class ScalarDropout {
    private ScalarDropout() {}

    static void dropout(long matrix, int lanes, int firstSample, int fromRow, int toRow, long key, int threshold,
            float scale) {
        for (int row = fromRow; row < toRow; row++) {
            int rowHash = MaskHash.row(key, row);
            for (int lane = 0; lane < lanes; lane++) {
                long at = matrix + 4L * ((long) row * lanes + lane);
                boolean dropped = MaskHash.of(rowHash, MaskHash.column(key, firstSample + lane)) < threshold;
                setFloat(at, dropped ? 0 : scale * getFloat(at));
            }
        }
    }
}
