package dev.filigree.io;

import dev.filigree.memory.FloatArray;
import dev.filigree.memory.IntArray;
import dev.filigree.memory.LongArray;
import dev.filigree.memory.OffHeapArray;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipException;

/**
 * Reads one NumPy array, a {@code .npy} file or a member of an {@link NpzFile}, straight into off-heap memory
 * through a small buffer. The header is read on opening; the elements by one of the {@code read} methods, once.
 *
 * <p>NPY versions 1.0 to 3.0; bool, signed and unsigned integers of 1 to 8 bytes, float32, float64 and, for
 * {@link #readText}, text; either byte order. Elements come out in C order (last index fastest); Fortran order is
 * converted for one and two dimensions and refused for more.
 */
public final class NpyReader implements AutoCloseable {
    private static final int BUFFER_BYTES = 1 << 16;
    private static final int LONGEST_TEXT_BYTES = 1 << 12;

    private final String where;
    private final InputStream in;
    private final NpyHeader header;
    private boolean consumed;

    /**
     * Reads the header.
     *
     * @param where names the array in messages
     * @param in the NPY bytes; owned by the reader from here, closed if this fails
     * @param size number of bytes {@code in} holds
     */
    NpyReader(String where, InputStream in, long size) throws IOException {
        this.where = where;
        this.in = in;
        try {
            NpyHeader.Parsed parsed = NpyHeader.read(in, where);
            header = parsed.header();
            long present = size - parsed.bytes();
            if (present != header.dataBytes()) {
                throw new FileFormatException(where,
                        "shape %s of '%s' needs %,d bytes of data, but there are %,d; the file is damaged".formatted(
                                header.shapeText(), header.type().descr(), header.dataBytes(), present));
            }
        } catch (IOException e) {
            in.close();
            throw readable(e);
        }
    }

    /**
     * Opens a {@code .npy} file.
     *
     * @throws FileFormatException if it is missing, cut off, or not a plain NumPy array
     */
    public static NpyReader open(Path file) throws IOException {
        requireFile(file);
        return new NpyReader(file.toString(), Files.newInputStream(file), Files.size(file));
    }

    static void requireFile(Path file) throws FileFormatException {
        if (!Files.exists(file)) {
            throw new FileFormatException(file, "no such file");
        }
        if (!Files.isRegularFile(file)) {
            throw new FileFormatException(file, "is not a file");
        }
        if (!Files.isReadable(file)) {
            throw new FileFormatException(file, "may not be read; check its permissions");
        }
    }

    /** The extents, all 0 or more; empty for a single value. */
    public List<Long> shape() {
        return header.shape();
    }

    /** Number of elements, the product of the shape. */
    public long count() {
        return header.count();
    }

    /** NumPy's name of the element type, such as {@code <f4}. */
    public String dtype() {
        return header.type().descr();
    }

    /**
     * Requires an array of one dimension, and gives its length.
     *
     * @throws FileFormatException if it has another number of dimensions
     */
    public long requireVector() throws FileFormatException {
        if (shape().size() != 1) {
            throw new FileFormatException(where, "shape %s, expected one dimension".formatted(header.shapeText()));
        }
        return count();
    }

    /**
     * Reads all elements as floats in C order: bool as 0 and 1, integers and float64 rounded to the nearest float. NaN
     * and infinities are kept as they are.
     *
     * @param label what the array holds, for the leak report
     * @return an array of {@link #count} elements, owned by the caller
     * @throws FileFormatException if the file is damaged, or holds text or a number beyond the range of float
     */
    public FloatArray readFloats(String label) throws IOException {
        if (header.type().isText()) {
            throw new FileFormatException(where, "holds text (dtype '%s'), expected numbers".formatted(dtype()));
        }
        FloatArray values = FloatArray.allocate(count(), label);
        boolean wide = header.type().kind() == NpyType.Kind.FLOAT && header.type().bytes() > Float.BYTES;
        fill(values, (position, buffer, at) -> {
            float value = header.type().floatAt(buffer, at);
            if (wide && Float.isInfinite(value) && Double.isFinite(buffer.getDouble(at))) {
                throw new FileFormatException(where,
                        "element %d is %s, which does not fit a 32-bit float: scale the numbers"
                                .formatted(position, buffer.getDouble(at)));
            }
            values.set(position, value);
        });
        return values;
    }

    /**
     * Reads all elements as 32-bit integers in C order.
     *
     * @param label what the array holds, for the leak report
     * @return an array of {@link #count} elements, owned by the caller
     * @throws FileFormatException if the file is damaged, or holds anything but bool or integers, or one beyond 32 bits
     */
    public IntArray readInts(String label) throws IOException {
        requireIntegers();
        IntArray values = IntArray.allocate(count(), label);
        fill(values, (position, buffer, at) -> {
            long value = longAt(position, buffer, at);
            if (value != (int) value) {
                throw new FileFormatException(where,
                        "element %d is %d, which does not fit a 32-bit integer".formatted(position, value));
            }
            values.set(position, (int) value);
        });
        return values;
    }

    /**
     * Reads all elements as 64-bit integers in C order.
     *
     * @param label what the array holds, for the leak report
     * @return an array of {@link #count} elements, owned by the caller
     * @throws FileFormatException if the file is damaged, or holds anything but bool or integers, or one of 2^63 or more
     */
    public LongArray readLongs(String label) throws IOException {
        requireIntegers();
        LongArray values = LongArray.allocate(count(), label);
        fill(values, (position, buffer, at) -> values.set(position, longAt(position, buffer, at)));
        return values;
    }

    /**
     * Reads a single text, of bytes ({@code S}, ASCII) or of characters ({@code U}), without padding.
     *
     * @throws FileFormatException if the file is damaged or holds anything but one short text
     */
    public String readText() throws IOException {
        NpyType type = header.type();
        if (!type.isText() || count() != 1 || type.bytes() > LONGEST_TEXT_BYTES) {
            throw new FileFormatException(where,
                    "shape %s of '%s', expected a single short text".formatted(header.shapeText(), dtype()));
        }
        byte[] bytes = new byte[type.bytes()];
        fillBuffer(bytes, bytes.length);
        finish();
        Charset charset = type.kind() == NpyType.Kind.BYTES
                ? StandardCharsets.US_ASCII
                : Charset.forName(type.order() == ByteOrder.LITTLE_ENDIAN ? "UTF-32LE" : "UTF-32BE");
        return new String(bytes, charset).replaceAll("\0+$", "");
    }

    private void requireIntegers() throws FileFormatException {
        if (!header.type().isInteger()) {
            throw new FileFormatException(where, "dtype '%s', expected integers".formatted(dtype()));
        }
    }

    private long longAt(long position, ByteBuffer buffer, int at) throws FileFormatException {
        long value = header.type().longAt(buffer, at);
        if (value < 0 && header.type().kind() == NpyType.Kind.UNSIGNED) {
            throw new FileFormatException(where, "element %d is %s, which does not fit a 64-bit integer"
                    .formatted(position, Long.toUnsignedString(value)));
        }
        return value;
    }

    /** Stores the element found in {@code buffer} at byte {@code at}. */
    @FunctionalInterface
    private interface ElementStore {
        void store(long position, ByteBuffer buffer, int at) throws IOException;
    }

    private void fill(OffHeapArray target, ElementStore elements) throws IOException {
        try {
            boolean transposed = isTransposed();
            boolean asIs = !transposed && header.type().isSameLayout(NpyType.of(target));
            int size = header.type().bytes();
            byte[] bytes = new byte[BUFFER_BYTES];
            ByteBuffer buffer = ByteBuffer.wrap(bytes).order(header.type().order());
            long count = count();
            for (long done = 0; done < count;) {
                int n = (int) Math.min(count - done, BUFFER_BYTES / size);
                fillBuffer(bytes, n * size);
                if (asIs) {
                    MemorySegment.copy(bytes, 0, target.segment(), ValueLayout.JAVA_BYTE, done * size, n * size);
                } else {
                    for (int i = 0; i < n; i++) {
                        elements.store(transposed ? transposedPosition(done + i) : done + i, buffer, i * size);
                    }
                }
                done += n;
            }
            finish();
        } catch (IOException | RuntimeException e) {
            target.close();
            throw e;
        }
    }

    private boolean isTransposed() throws FileFormatException {
        if (!header.fortranOrder() || shape().size() < 2) {
            return false;
        }
        if (shape().size() > 2) {
            throw new FileFormatException(where,
                    "shape %s in Fortran order; save it again after numpy.ascontiguousarray"
                            .formatted(header.shapeText()));
        }
        return true;
    }

    private long transposedPosition(long filePosition) {
        long rows = shape().get(0);
        long columns = shape().get(1);
        return filePosition % rows * columns + filePosition / rows;
    }

    private void fillBuffer(byte[] buffer, int count) throws IOException {
        if (consumed) {
            throw new IllegalStateException(where + " was read already; open it again");
        }
        try {
            if (in.readNBytes(buffer, 0, count) < count) {
                throw new EOFException();
            }
        } catch (IOException e) {
            throw readable(e);
        }
    }

    /** Reads on to the end, which is where a zip member checks its sum. */
    private void finish() throws IOException {
        consumed = true;
        try {
            if (in.read() >= 0) {
                throw new FileFormatException(where, "has bytes after the array; the file is damaged");
            }
        } catch (IOException e) {
            throw readable(e);
        }
    }

    private IOException readable(IOException e) {
        if (e instanceof EOFException) {
            return new FileFormatException(where, "ends before its data does: the file is cut off", e);
        }
        if (e instanceof ZipException) {
            return new FileFormatException(where, "the archive is damaged (%s)".formatted(e.getMessage()), e);
        }
        return e;
    }

    /** Closes the file. */
    @Override
    public void close() throws IOException {
        in.close();
    }
}
