package dev.filigree.io;

import dev.filigree.memory.OffHeapArray;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Writes off-heap arrays as {@code .npy} files, byte for byte as {@code numpy.save} does: version 1.0, C order,
 * float32, int32 or int64. The elements stream through a small buffer.
 */
public final class NpyWriter {
    private static final int BUFFER_BYTES = 1 << 16;

    private NpyWriter() {}

    /**
     * Writes one array to a file, replacing it as a whole.
     *
     * @param file the file to make; its directory exists
     * @param values the elements in C order
     * @param shape extents, whose product is the number of elements; none given means one dimension
     * @throws IllegalArgumentException if shape and length do not agree
     */
    public static void write(Path file, OffHeapArray values, long... shape) throws IOException {
        Encoded array = encode(values, shape);
        AtomicFiles.write(file, array::writeTo);
    }

    /** An array ready to be written, as often as needed. */
    record Encoded(NpyHeader header, MemorySegment data) {
        long bytes() {
            return header.encode().length + data.byteSize();
        }

        void writeTo(OutputStream out) throws IOException {
            out.write(header.encode());
            byte[] buffer = new byte[(int) Math.min(BUFFER_BYTES, data.byteSize())];
            for (long done = 0; done < data.byteSize(); done += buffer.length) {
                int n = (int) Math.min(buffer.length, data.byteSize() - done);
                MemorySegment.copy(data, ValueLayout.JAVA_BYTE, done, buffer, 0, n);
                out.write(buffer, 0, n);
            }
        }
    }

    static Encoded encode(OffHeapArray values, long... shape) {
        List<Long> extents = shape.length == 0 ? List.of(values.length()) : Arrays.stream(shape).boxed().toList();
        NpyHeader header = new NpyHeader(NpyType.of(values), false, extents);
        if (extents.stream().anyMatch(extent -> extent < 0) || header.count() != values.length()) {
            throw new IllegalArgumentException(
                    "%d elements do not have the shape %s".formatted(values.length(), header.shapeText()));
        }
        return new Encoded(header, values.segment());
    }

    /** A single ASCII text of dtype {@code S}. */
    static Encoded encodeText(String text) {
        byte[] ascii = text.getBytes(StandardCharsets.US_ASCII);
        NpyType type = new NpyType(NpyType.Kind.BYTES, ascii.length, ByteOrder.nativeOrder());
        return new Encoded(new NpyHeader(type, false, List.of()), MemorySegment.ofArray(ascii));
    }
}
