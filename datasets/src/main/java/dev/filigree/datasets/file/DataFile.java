package dev.filigree.datasets.file;

import dev.filigree.datasets.DataSource;
import dev.filigree.datasets.DataSplits;
import dev.filigree.datasets.Dataset;
import dev.filigree.datasets.DatasetException;
import dev.filigree.datasets.ValidationSplit;
import dev.filigree.memory.ArrayGroup;
import dev.filigree.memory.FloatArray;
import dev.filigree.memory.IntArray;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A data set in a file, or in one for training and one for the test. Its labels, any integers and in CSV files any texts,
 * become the classes 0 and up in ascending order.
 *
 * @param file holds the samples; its name ends as a {@link FileFormat} says
 * @param testFile holds the samples to be judged by; null to take them from {@code file}
 * @param testShare of the samples that are taken then, above 0 and below 1; every class gives its share
 * @param labelColumn of CSV files: a name of the header, or a number from 0; null for the last column
 */
public record DataFile(Path file, @Nullable Path testFile, double testShare, @Nullable String labelColumn) {
    /** 16 MiB: so much is allocated for any file. */
    private static final long UNQUESTIONED_VALUES = 1L << 22;

    /** Sparse texts of real data sets are up to some hundred times larger when every 0 is written out. */
    private static final long VALUES_PER_BYTE = 256;

    /**
     * Checks the share.
     *
     * @throws IllegalArgumentException if it is out of range
     */
    public DataFile {
        if (!(testShare > 0 && testShare < 1)) {
            throw new IllegalArgumentException(
                    "the test share is %s, expected more than 0 and less than 1".formatted(testShare));
        }
    }

    /**
     * Reads the samples.
     *
     * @param validation what to hold out of the training samples
     * @param seed of the choice of the test samples; the same seed gives the same
     * @return the parts, owned by the caller
     * @throws IOException if a file is missing, is not what its name promises, holds a value that is not finite or a label
     *         without a class, or if the two files do not fit together
     */
    public DataSplits load(ValidationSplit validation, long seed) throws IOException {
        try (FileSamples samples = FileFormat.read(file, labelColumn);
                FileSamples others = testFile == null ? null : FileFormat.read(testFile, labelColumn)) {
            int features = others == null ? samples.rows().features() : commonFeatures(samples, others);
            ClassLabels labels = ClassLabels.of(file, samples);
            int[] classes = labels.classes(file, samples);
            requireSpace(samples, file, features);
            if (testFile != null && others != null) {
                requireSpace(others, testFile, features);
                int[] otherClasses = labels.classes(testFile, others);
                return splits(new Part(samples, classes, IntStream.range(0, classes.length).toArray()),
                        new Part(others, otherClasses, IntStream.range(0, otherClasses.length).toArray()), labels,
                        features, validation);
            }
            requireTestShare(classes.length);
            BitSet chosen = choose(ValidationSplit.fraction(testShare, seed), classes, labels.count());
            return splits(new Part(samples, classes, indices(chosen, classes.length, false)),
                    new Part(samples, classes, indices(chosen, classes.length, true)), labels, features, validation);
        }
    }

    private void requireTestShare(int samples) throws DatasetException {
        long wanted = Math.round(testShare * samples);
        if (wanted < 1 || wanted >= samples) {
            throw new DatasetException(
                    "%s: a test share of %s would take %d of the %d samples, expected 1 to %d: choose another share"
                            .formatted(file, testShare, wanted, samples, samples - 1));
        }
    }

    private int commonFeatures(FileSamples samples, FileSamples others) throws DatasetException {
        int features = Math.max(samples.rows().features(), others.rows().features());
        if (!samples.rows().fits(features) || !others.rows().fits(features)) {
            throw new DatasetException("%s: found %d features, expected %d as in %s".formatted(testFile,
                    others.rows().features(), samples.rows().features(), file));
        }
        return features;
    }

    /** A feature far behind the others must not become an allocation. */
    private static void requireSpace(FileSamples samples, Path file, int features) throws IOException {
        long values = (long) samples.count() * features;
        if (values > UNQUESTIONED_VALUES && values / VALUES_PER_BYTE > Files.size(file)) {
            throw new DatasetException(
                    "%s: %,d samples × %,d features are far more values than its %,d bytes say: check the largest index"
                            .formatted(file, samples.count(), features, Files.size(file)));
        }
    }

    /** Some of the samples of a file. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Part(FileSamples samples, int[] classes, int[] chosen) {
        Part of(BitSet heldOut, boolean wanted) {
            return new Part(samples, classes,
                    Arrays.stream(indices(heldOut, chosen.length, wanted)).map(k -> chosen[k]).toArray());
        }

        Dataset dataset(String name, int features, int classCount) {
            ArrayGroup arrays = new ArrayGroup();
            FloatArray values = arrays.floats((long) chosen.length * features, "features of " + name);
            IntArray labels = arrays.ints(chosen.length, "labels of " + name);
            return arrays.orClose(() -> {
                MemorySegment target = values.segment();
                float[] row = new float[features];
                for (int s = 0; s < chosen.length; s++) {
                    samples.rows().read(chosen[s], row);
                    MemorySegment.copy(row, 0, target, ValueLayout.JAVA_FLOAT, (long) s * features * Float.BYTES,
                            features);
                    labels.set(s, classes[chosen[s]]);
                }
                return new Dataset(name, values, labels, features, classCount);
            });
        }
    }

    private DataSplits splits(Part all, Part test, ClassLabels labels, int features, ValidationSplit validation)
            throws IOException {
        String name = FileFormat.baseName(file);
        String sha256 = sha256();
        BitSet heldOut = choose(validation, Arrays.stream(all.chosen()).map(s -> all.classes()[s]).toArray(),
                labels.count());
        List<Dataset> open = new ArrayList<>();
        try {
            Dataset training = all.of(heldOut, false).dataset(name + " training", features, labels.count());
            open.add(training);
            Dataset validating = null;
            if (!heldOut.isEmpty()) {
                validating = all.of(heldOut, true).dataset(name + " validation", features, labels.count());
                open.add(validating);
            }
            Dataset testing = test.dataset(name + " test", features, labels.count());
            open.add(testing);
            DataSplits splits = new DataSplits(name, training, validating, testing, source(name, labels), sha256);
            open.clear();
            return splits;
        } finally {
            open.forEach(Dataset::close);
        }
    }

    private DataSource source(String name, ClassLabels labels) {
        Path folder = file.toAbsolutePath().getParent();
        String test = testFile == null
                ? String.format(Locale.ROOT, "a share of %s held out for the test", testShare)
                : "test samples from " + testFile;
        return new DataSource(name, folder, "%s, %s; %s".formatted(file, test, labels.sentence()));
    }

    private String sha256() throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Path each : testFile == null ? List.of(file) : List.of(file, testFile)) {
                try (InputStream in = new DigestInputStream(Files.newInputStream(each), digest)) {
                    in.transferTo(OutputStream.nullOutputStream());
                }
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static BitSet choose(ValidationSplit split, int[] classes, int count) throws DatasetException {
        try (IntArray labels = IntArray.copyOf(classes, "labels to choose from")) {
            return split.choose(labels, count);
        }
    }

    private static int[] indices(BitSet chosen, int count, boolean wanted) {
        return IntStream.range(0, count).filter(s -> chosen.get(s) == wanted).toArray();
    }
}
