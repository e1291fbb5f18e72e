package dev.filigree.datasets;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/** Writes small IDX files. */
final class IdxTestFiles {
    /** Pixels of every test image. */
    static final int FEATURES = 6;

    private IdxTestFiles() {}

    /** Images of 2 × 3 pixels; pixel {@code f} of image {@code s} is {@code (seed + 10 * s + f) % 256}. */
    static byte[] images(int count, int seed) {
        ByteBuffer buffer = ByteBuffer.allocate(16 + count * FEATURES);
        buffer.putInt(0x803).putInt(count).putInt(2).putInt(3);
        for (int i = 0; i < count * FEATURES; i++) {
            buffer.put((byte) (seed + 10 * (i / FEATURES) + i % FEATURES));
        }
        return buffer.array();
    }

    /** Labels 0, 1, … {@code classes - 1}, 0, 1, … */
    static byte[] labels(int count, int classes) {
        ByteBuffer buffer = ByteBuffer.allocate(8 + count);
        buffer.putInt(0x801).putInt(count);
        for (int i = 0; i < count; i++) {
            buffer.put((byte) (i % classes));
        }
        return buffer.array();
    }

    static byte[] gzip(byte[] content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            out.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static Path write(Path folder, String name, byte[] content) {
        try {
            return Files.write(Files.createDirectories(folder).resolve(name), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A complete set of ten classes, 20 training and 10 test images; {@code seed} is its first pixel. */
    static void writeSet(Path folder, int seed) {
        write(folder, "train-images-idx3-ubyte", images(20, seed));
        write(folder, "train-labels-idx1-ubyte", labels(20, 10));
        write(folder, "t10k-images-idx3-ubyte", images(10, seed));
        write(folder, "t10k-labels-idx1-ubyte", labels(10, 10));
    }
}
