package dev.filigree.cli;

import dev.filigree.io.NpzWriter;
import dev.filigree.memory.FloatArray;
import dev.filigree.memory.IntArray;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/** A data set that a few neurons learn in a moment: images of 5 × 5 pixels in ten classes, two pixels say which. */
final class TinyDataset {
    private static final int SIDE = 5;
    private static final int CLASSES = 10;

    private TinyDataset() {}

    /** Writes 200 training and 100 test images in the files of MNIST-like sets. */
    static Path write(Path folder, long seed) throws IOException {
        Files.createDirectories(folder);
        Random random = new Random(seed);
        writePart(folder, "train", 200, random);
        writePart(folder, "t10k", 100, random);
        return folder;
    }

    /** Writes 300 such images and their labels as X and y. */
    static void writeNpz(Path file, long seed) throws IOException {
        Random random = new Random(seed);
        try (NpzWriter out = NpzWriter.deflated(Files.newOutputStream(file));
                FloatArray values = FloatArray.allocate(300L * SIDE * SIDE, "images");
                IntArray labels = IntArray.allocate(300, "labels")) {
            for (int i = 0; i < 300; i++) {
                labels.set(i, i % CLASSES);
                for (int pixel = 0; pixel < SIDE * SIDE; pixel++) {
                    values.set((long) i * SIDE * SIDE + pixel, brightness(i % CLASSES, pixel, random));
                }
            }
            out.add("X", values, 300, SIDE * SIDE);
            out.add("y", labels);
        }
    }

    private static int brightness(int label, int pixel, Random random) {
        boolean bright = pixel == label || pixel == 2 * label + 5;
        return random.nextInt(100) + (bright ? 100 : 0);
    }

    private static void writePart(Path folder, String part, int count, Random random) throws IOException {
        ByteBuffer images = ByteBuffer.allocate(16 + count * SIDE * SIDE).putInt(0x803).putInt(count).putInt(SIDE)
                .putInt(SIDE);
        ByteBuffer labels = ByteBuffer.allocate(8 + count).putInt(0x801).putInt(count);
        for (int i = 0; i < count; i++) {
            int label = i % CLASSES;
            labels.put((byte) label);
            for (int pixel = 0; pixel < SIDE * SIDE; pixel++) {
                images.put((byte) brightness(label, pixel, random));
            }
        }
        Files.write(folder.resolve(part + "-images-idx3-ubyte"), images.array());
        Files.write(folder.resolve(part + "-labels-idx1-ubyte"), labels.array());
    }
}
