package dev.filigree.datasets;

import dev.filigree.memory.FloatArray;
import dev.filigree.memory.IntArray;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.BitSet;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Reads images and their labels from IDX files, the format of MNIST (LeCun, Cortes and Burges,
 * "The MNIST database of handwritten digits"): a magic number, the size of each dimension as a big-endian 32-bit
 * integer, then unsigned bytes. Files may be gzipped.
 *
 * <p>Pixels become {@code float} values from 0 to 255. They are read in small chunks straight to their place off the
 * heap.
 */
public final class IdxReader {
    /** Largest image in pixels, 4096 × 4096: one image is the least that is held on the heap. */
    private static final int MAX_FEATURES = 1 << 24;

    private static final int CHUNK_BYTES = 1 << 16;

    private final MessageDigest checksum;

    IdxReader() {
        try {
            checksum = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /**
     * Reads one pair of files.
     *
     * @param name what the samples are, for messages
     * @param images IDX images, raw or gzipped
     * @param labels IDX labels, raw or gzipped, as many as images
     * @param classes number of classes: labels go from 0 to {@code classes - 1}
     * @throws DatasetException if a file is missing, truncated, too long, of another kind or without samples, if the
     *         counts differ, or if a label is out of range
     */
    public static Dataset read(String name, Path images, Path labels, int classes) throws DatasetException {
        return new IdxReader().read(name, IdxFile.of(images), IdxFile.of(labels), classes);
    }

    Dataset read(String name, IdxFile images, IdxFile labels, int classes) throws DatasetException {
        return read(name, images, labels, classes, ValidationSplit.none()).training();
    }

    /** Reads one pair of files, labels first, and sends each sample to the part that {@code split} chooses for it. */
    TrainingParts read(String name, IdxFile images, IdxFile labels, int classes, ValidationSplit split)
            throws DatasetException {
        try (IntArray allLabels = readLabels(labels, classes);
                IdxInput in = IdxInput.open(images, IdxInput.Content.IMAGES, checksum)) {
            if (in.size(0) != allLabels.length()) {
                throw new DatasetException(
                        "%s: found %d images, expected %d, the number of labels in %s: take both files from the same set"
                                .formatted(in.name(), in.size(0), allLabels.length(), labels.name()));
            }
            if ((long) in.size(1) * in.size(2) > MAX_FEATURES) {
                throw new DatasetException("%s: found images of %d × %d pixels, expected at most %d pixels: scale them"
                        .formatted(in.name(), in.size(1), in.size(2), MAX_FEATURES));
            }
            int features = in.size(1) * in.size(2);
            BitSet heldOut = split.choose(allLabels, classes);
            int validationSamples = heldOut.cardinality();
            String place = " from " + images.name();
            try (Part training = new Part(in.size(0) - validationSamples, features, place);
                    Part validation = validationSamples == 0 ? null : new Part(validationSamples, features, place)) {
                readImages(in, allLabels, heldOut, training, validation == null ? training : validation);
                in.expectEnd();
                TrainingParts parts = new TrainingParts(training.dataset(name, classes),
                        validation == null ? null : validation.dataset(validationName(name), classes));
                training.handOver();
                if (validation != null) {
                    validation.handOver();
                }
                return parts;
            }
        }
    }

    /** SHA-256 of all uncompressed bytes read so far, in hexadecimal; starts anew afterwards. */
    String takeSha256() {
        return HexFormat.of().formatHex(checksum.digest());
    }

    private static String validationName(String trainingName) {
        return trainingName.replaceFirst(" training$", "") + " validation";
    }

    private IntArray readLabels(IdxFile file, int classes) throws DatasetException {
        try (IdxInput in = IdxInput.open(file, IdxInput.Content.LABELS, checksum)) {
            IntArray labels = IntArray.allocate(in.size(0), "labels while reading " + file.name());
            boolean read = false;
            try {
                byte[] chunk = new byte[CHUNK_BYTES];
                for (int start = 0, count; start < in.size(0); start += count) {
                    count = Math.min(chunk.length, in.size(0) - start);
                    in.read(chunk, count);
                    for (int i = 0; i < count; i++) {
                        int label = Byte.toUnsignedInt(chunk[i]);
                        if (label >= classes) {
                            throw new DatasetException(
                                    "%s: label of sample %d is %d, expected 0 to %d: check that the file is of this set"
                                            .formatted(file.name(), start + i, label, classes - 1));
                        }
                        labels.set(start + i, label);
                    }
                }
                in.expectEnd();
                read = true;
                return labels;
            } finally {
                if (!read) {
                    labels.close();
                }
            }
        }
    }

    private static void readImages(IdxInput in, IntArray labels, BitSet heldOut, Part training, Part validation)
            throws DatasetException {
        int samples = in.size(0);
        int features = in.size(1) * in.size(2);
        int perChunk = Math.max(1, CHUNK_BYTES / features);
        byte[] chunk = new byte[perChunk * features];
        float[] row = new float[features];
        for (int start = 0, count; start < samples; start += count) {
            count = Math.min(perChunk, samples - start);
            in.read(chunk, count * features);
            for (int i = 0; i < count; i++) {
                for (int f = 0, offset = i * features; f < features; f++) {
                    row[f] = chunk[offset + f] & 0xff;
                }
                Part part = heldOut.get(start + i) ? validation : training;
                part.add(row, labels.get(start + i));
            }
        }
    }

    /**
     * What a training file was read into.
     *
     * @param validation {@code null} if nothing was held out
     */
    record TrainingParts(Dataset training, @Nullable Dataset validation) {}

    /** Arrays being filled. Closing frees them unless they were handed over. */
    private static final class Part implements AutoCloseable {
        private final FloatArray values;
        private final IntArray labels;
        private final MemorySegment target;
        private final int features;
        private int next;
        private boolean handedOver;

        Part(int samples, int features, String place) {
            this.features = features;
            this.values = FloatArray.allocate((long) samples * features, "features" + place);
            boolean allocated = false;
            try {
                this.labels = IntArray.allocate(samples, "labels" + place);
                allocated = true;
            } finally {
                if (!allocated) {
                    values.close();
                }
            }
            this.target = values.segment();
        }

        void add(float[] row, int label) {
            MemorySegment.copy(row, 0, target, ValueLayout.JAVA_FLOAT, (long) next * features * Float.BYTES, features);
            labels.set(next++, label);
        }

        Dataset dataset(String name, int classes) {
            return new Dataset(name, values, labels, features, classes);
        }

        void handOver() {
            handedOver = true;
        }

        @Override
        public void close() {
            if (!handedOver) {
                values.close();
                labels.close();
            }
        }
    }
}
