package dev.filigree.datasets.file;

import dev.filigree.datasets.DatasetException;
import dev.filigree.io.NpyReader;
import dev.filigree.io.NpzFile;
import dev.filigree.memory.FloatArray;
import dev.filigree.memory.LongArray;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * Reads samples from an archive of {@code numpy.savez}: {@code X}, numbers with one row per sample (more dimensions count
 * as one), and {@code y}, one integer per sample.
 */
final class NpzSampleReader {
    private static final String VALUES = "X";
    private static final String LABELS = "y";

    private final Path file;

    NpzSampleReader(Path file) {
        this.file = file;
    }

    FileSamples read() throws IOException {
        try (NpzFile archive = NpzFile.open(file);
                NpyReader values = archive.array(VALUES);
                NpyReader labels = archive.array(LABELS)) {
            int features = features(values.shape());
            long samples = values.shape().getFirst();
            if (labels.requireVector() != samples) {
                throw new DatasetException("%s: found %d labels in %s, expected %d, one per row of %s".formatted(file,
                        labels.count(), LABELS, samples, VALUES));
            }
            List<String> texts = texts(labels);
            FloatRows rows = new FloatRows(values.readFloats("samples of " + file), features);
            boolean usable = false;
            try {
                rows.requireFinite(file, texts.size());
                usable = true;
                return new FileSamples(rows, texts);
            } finally {
                if (!usable) {
                    rows.close();
                }
            }
        }
    }

    private int features(List<Long> shape) throws DatasetException {
        long features = shape.stream().skip(1).reduce(1L, (a, b) -> Math.min(a * b, Integer.MAX_VALUE));
        if (shape.size() < 2 || shape.getFirst() < 1 || shape.getFirst() > Integer.MAX_VALUE || features < 1
                || features > FileSamples.MOST_FEATURES) {
            throw new DatasetException("%s: %s has the shape %s, expected samples × features, 1 to %,d features"
                    .formatted(file, VALUES, shape, FileSamples.MOST_FEATURES));
        }
        return (int) features;
    }

    private static List<String> texts(NpyReader labels) throws IOException {
        Map<Long, String> known = new HashMap<>();
        try (LongArray values = labels.readLongs("labels")) {
            return LongStream.range(0, values.length())
                    .mapToObj(s -> known.computeIfAbsent(values.get(s), String::valueOf)).toList();
        }
    }

    private record FloatRows(FloatArray values, int features) implements FileSamples.Rows {
        @Override
        public void read(int sample, float[] row) {
            MemorySegment.copy(values.segment(), ValueLayout.JAVA_FLOAT, (long) sample * features * Float.BYTES, row, 0,
                    features);
        }

        void requireFinite(Path file, int samples) throws DatasetException {
            float[] row = new float[features];
            for (int s = 0; s < samples; s++) {
                read(s, row);
                for (int f = 0; f < features; f++) {
                    if (!Float.isFinite(row[f])) {
                        throw new DatasetException(
                                "%s: feature %d of sample %d is %s, expected a finite number in the range of float: repair"
                                        .formatted(file, f, s, row[f]) + " or leave out the sample");
                    }
                }
            }
        }

        @Override
        public void close() {
            values.close();
        }
    }
}
