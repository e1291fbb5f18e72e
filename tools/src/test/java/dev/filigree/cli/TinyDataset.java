package dev.filigree.cli;

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

    private static void writePart(Path folder, String part, int count, Random random) throws IOException {
        ByteBuffer images = ByteBuffer.allocate(16 + count * SIDE * SIDE).putInt(0x803).putInt(count).putInt(SIDE)
                .putInt(SIDE);
        ByteBuffer labels = ByteBuffer.allocate(8 + count).putInt(0x801).putInt(count);
        for (int i = 0; i < count; i++) {
            int label = i % CLASSES;
            labels.put((byte) label);
            for (int pixel = 0; pixel < SIDE * SIDE; pixel++) {
                boolean bright = pixel == label || pixel == 2 * label + 5;
                images.put((byte) (random.nextInt(100) + (bright ? 100 : 0)));
            }
        }
        Files.write(folder.resolve(part + "-images-idx3-ubyte"), images.array());
        Files.write(folder.resolve(part + "-labels-idx1-ubyte"), labels.array());
    }
}
