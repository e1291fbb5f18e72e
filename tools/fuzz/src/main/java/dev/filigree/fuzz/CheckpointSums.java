package dev.filigree.fuzz;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/** Puts right sums around damage in a checkpoint, so that the reader goes on to what lies behind them. */
public final class CheckpointSums {
    private static final int HEADER = 64;
    private static final int ENTRY = 64;

    private CheckpointSums() {}

    /** A copy with the sums of its header, table and sections, as far as these lie within it. */
    public static byte[] repaired(byte[] checkpoint) {
        if (checkpoint.length < HEADER) {
            return checkpoint.clone();
        }
        ByteBuffer bytes = ByteBuffer.wrap(checkpoint.clone()).order(ByteOrder.LITTLE_ENDIAN);
        int sections = Math.clamp(bytes.getInt(12), 0, (checkpoint.length - HEADER) / ENTRY);
        for (int entry = HEADER; entry < HEADER + ENTRY * sections; entry += ENTRY) {
            long offset = bytes.getLong(entry + 48);
            int size = switch (bytes.getInt(entry + 40)) {
                case 1 -> 1;
                case 2, 4 -> 4;
                default -> 8;
            };
            long count = bytes.getLong(entry + 56);
            if (offset >= 0 && offset <= checkpoint.length && count >= 0
                    && count <= (checkpoint.length - offset) / size) {
                bytes.putInt(entry + 44, sum(bytes, (int) offset, (int) count * size));
            }
        }
        bytes.putInt(24, sum(bytes, HEADER, ENTRY * sections)).putInt(28, sum(bytes, 0, 28));
        return bytes.array();
    }

    private static int sum(ByteBuffer bytes, int offset, int length) {
        CRC32C sum = new CRC32C();
        sum.update(bytes.slice(offset, length));
        return (int) sum.getValue();
    }
}
