package dev.filigree.io;

import dev.filigree.memory.OffHeapArray;
import java.io.IOException;
import java.io.OutputStream;
import java.time.LocalDateTime;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes a NumPy {@code .npz} archive, array by array. The same arrays give the same bytes: entries carry a fixed time.
 */
public final class NpzWriter implements AutoCloseable {
    /** Not 1980-01-01, the oldest zip time: Java then adds a time that depends on the local time zone. */
    private static final LocalDateTime ENTRY_TIME = LocalDateTime.of(1980, 2, 1, 0, 0);

    private final ZipOutputStream zip;
    private final boolean stored;

    private NpzWriter(OutputStream out, boolean stored) {
        this.zip = new ZipOutputStream(out);
        this.stored = stored;
    }

    /**
     * An archive without compression, like {@code numpy.savez}; its bytes depend on the arrays alone.
     *
     * @param out where the archive goes; closed with the writer
     */
    public static NpzWriter stored(OutputStream out) {
        return new NpzWriter(out, true);
    }

    /**
     * An archive with compression, like {@code numpy.savez_compressed}; its bytes depend on the arrays and on the
     * compression library of the Java runtime.
     *
     * @param out where the archive goes; closed with the writer
     */
    public static NpzWriter deflated(OutputStream out) {
        return new NpzWriter(out, false);
    }

    /**
     * Adds an array.
     *
     * @param name its name, without {@code .npy}
     * @param values the elements in C order
     * @param shape extents, whose product is the number of elements; none given means one dimension
     * @throws IllegalArgumentException if shape and length do not agree
     */
    public void add(String name, OffHeapArray values, long... shape) throws IOException {
        add(name, NpyWriter.encode(values, shape));
    }

    /**
     * Adds a single text as bytes, the way SciPy stores the format of a sparse matrix.
     *
     * @param name its name, without {@code .npy}
     * @param text ASCII characters, 1 or more
     */
    public void addText(String name, String text) throws IOException {
        add(name, NpyWriter.encodeText(text));
    }

    private void add(String name, NpyWriter.Encoded array) throws IOException {
        ZipEntry entry = new ZipEntry(name + ".npy");
        entry.setTimeLocal(ENTRY_TIME);
        if (stored) {
            // A stored entry begins with its sum, so the data is read twice instead of kept twice.
            CRC32 sum = new CRC32();
            array.writeTo(new CheckedOutputStream(OutputStream.nullOutputStream(), sum));
            entry.setMethod(ZipEntry.STORED);
            entry.setSize(array.bytes());
            entry.setCompressedSize(array.bytes());
            entry.setCrc(sum.getValue());
        }
        zip.putNextEntry(entry);
        array.writeTo(zip);
        zip.closeEntry();
    }

    /** Completes the archive and closes its stream. */
    @Override
    public void close() throws IOException {
        zip.close();
    }
}
