package dev.filigree.io;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The start of an NPY file, versions 1.0 to 3.0: the magic bytes {@code \x93NUMPY}, two version bytes, the
 * length of the header text (2 bytes in version 1, 4 after), and the text, a Python dictionary.
 *
 * @param type the element type
 * @param fortranOrder whether the first index runs fastest
 * @param shape the extents, all 0 or more; empty for a single value
 * @see <a href="https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html">The NPY format</a>
 */
record NpyHeader(NpyType type, boolean fortranOrder, List<Long> shape) {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};

    /** Longer than any plain array's header; a hostile length must not become an allocation. */
    private static final int LONGEST_TEXT = 1 << 16;

    private static final int ALIGNMENT = 64;

    /** NumPy leaves room for the first extent to grow to this many digits. */
    private static final int GROWTH_DIGITS = 21;

    NpyHeader {
        shape = List.copyOf(shape);
    }

    /** Number of elements. */
    long count() {
        return shape.stream().mapToLong(Long::longValue).reduce(1, Math::multiplyExact);
    }

    /** Size of all elements in bytes. */
    long dataBytes() {
        return Math.multiplyExact(count(), type.bytes());
    }

    /** The shape as Python writes it. */
    String shapeText() {
        return shape.size() == 1
                ? "(%d,)".formatted(shape.getFirst())
                : shape.stream().map(String::valueOf).collect(Collectors.joining(", ", "(", ")"));
    }

    /** A header and the number of bytes it took. */
    record Parsed(NpyHeader header, long bytes) {}

    /** Reads a header, leaving the stream at the first element. */
    static Parsed read(InputStream in, String where) throws IOException {
        byte[] start = exactly(in, MAGIC.length + 2, where);
        for (int i = 0; i < MAGIC.length; i++) {
            if (start[i] != MAGIC[i]) {
                throw new FileFormatException(where, "does not start with NumPy's magic bytes; expected an NPY array");
            }
        }
        int version = start[MAGIC.length];
        if (version < 1 || version > 3) {
            throw new FileFormatException(where, "NPY version %d.%d, expected 1.0, 2.0 or 3.0".formatted(version,
                    start[MAGIC.length + 1]));
        }
        int lengthBytes = version == 1 ? 2 : 4;
        ByteBuffer lengthField = ByteBuffer.wrap(exactly(in, lengthBytes, where)).order(ByteOrder.LITTLE_ENDIAN);
        long length = version == 1
                ? Short.toUnsignedLong(lengthField.getShort())
                : Integer.toUnsignedLong(lengthField.getInt());
        if (length > LONGEST_TEXT) {
            throw new FileFormatException(where,
                    "declares a header of %,d bytes, expected at most %,d: the file is damaged or not a plain array"
                            .formatted(length, LONGEST_TEXT));
        }
        String text = new String(exactly(in, (int) length, where),
                version == 3 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1);
        return new Parsed(new NpyHeaderParser(text, where).parse(), start.length + lengthBytes + length);
    }

    private static byte[] exactly(InputStream in, int count, String where) throws IOException {
        try {
            byte[] bytes = in.readNBytes(count);
            if (bytes.length == count) {
                return bytes;
            }
        } catch (EOFException e) {
            // Fall through: a compressed stream that ends early says so by this exception.
        }
        throw new FileFormatException(where, "ends inside the NPY header: the file is cut off");
    }

    /** The header's bytes, the same as NumPy writes (version 1.0). */
    byte[] encode() {
        StringBuilder text = new StringBuilder("{'descr': '%s', 'fortran_order': %s, 'shape': %s, }"
                .formatted(type.descr(), fortranOrder ? "True" : "False", shapeText()));
        if (!shape.isEmpty()) {
            text.append(" ".repeat(GROWTH_DIGITS - shape.getFirst().toString().length()));
        }
        int prefix = MAGIC.length + 4;
        text.append(" ".repeat(ALIGNMENT - (prefix + text.length() + 1) % ALIGNMENT)).append('\n');
        ByteBuffer bytes = ByteBuffer.allocate(prefix + text.length()).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(MAGIC).put((byte) 1).put((byte) 0).putShort((short) text.length());
        bytes.put(text.toString().getBytes(StandardCharsets.ISO_8859_1));
        return bytes.array();
    }
}
