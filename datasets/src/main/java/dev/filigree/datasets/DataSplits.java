package dev.filigree.datasets;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A data set in its parts, and what identifies it. Owns the parts: closing it closes them.
 *
 * @param name name of the data set in the catalogue, or of its file without ending
 * @param training the samples to learn from
 * @param validation samples held out of the training set, or {@code null} if none were
 * @param test the samples to be judged by
 * @param source where the data came from
 * @param sha256 SHA-256 of the data, 64 lower-case hexadecimal digits: over the uncompressed bytes of the training
 *        labels, training images, test labels and test images files, in this order; of a set that a user gives, over its
 *        file as stored and the file of its test samples
 */
public record DataSplits(String name, Dataset training, @Nullable Dataset validation, Dataset test, DataSource source,
        String sha256) implements AutoCloseable {
    /**
     * Checks that the parts fit together.
     *
     * @throws IllegalArgumentException if their numbers of features or classes differ
     */
    public DataSplits {
        checkFits(training, test);
        if (validation != null) {
            checkFits(training, validation);
        }
    }

    /**
     * Standardizes every part in place with the means and deviations of the training part.
     *
     * @return what was applied
     * @throws DatasetException if a value of any part is NaN or infinite; nothing is changed then
     */
    public Standardizer standardize() throws DatasetException {
        return scale(Standardizer.fit(training));
    }

    /**
     * Brings every part in place into the range of the training part, {@link Standardizer#range}.
     *
     * @return what was applied
     * @throws DatasetException if a value of any part is NaN or infinite; nothing is changed then
     */
    public Standardizer scaleToRange() throws DatasetException {
        return scale(Standardizer.range(training));
    }

    private Standardizer scale(Standardizer standardizer) throws DatasetException {
        Standardizer.checkFinite(test);
        if (validation != null) {
            Standardizer.checkFinite(validation);
        }
        standardizer.scale(training);
        standardizer.scale(test);
        if (validation != null) {
            standardizer.scale(validation);
        }
        return standardizer;
    }

    /**
     * The same samples with some of the features.
     *
     * @param chosen numbers of features, in the order they are to have
     * @return with memory of its own, owned by the caller
     * @throws DatasetException if there is no such feature
     */
    public DataSplits select(int[] chosen) throws DatasetException {
        List<Dataset> open = new ArrayList<>();
        try {
            Dataset selectedTraining = training.select(chosen);
            open.add(selectedTraining);
            Dataset selectedValidation = null;
            if (validation != null) {
                selectedValidation = validation.select(chosen);
                open.add(selectedValidation);
            }
            Dataset selectedTest = test.select(chosen);
            open.add(selectedTest);
            DataSplits selected = new DataSplits(name, selectedTraining, selectedValidation, selectedTest, source,
                    sha256);
            open.clear();
            return selected;
        } finally {
            open.forEach(Dataset::close);
        }
    }

    /** Closes all parts. */
    @Override
    public void close() {
        training.close();
        test.close();
        if (validation != null) {
            validation.close();
        }
    }

    private static void checkFits(Dataset training, Dataset other) {
        if (other.features() != training.features() || other.classes() != training.classes()) {
            throw new IllegalArgumentException("%s does not fit %s".formatted(other, training));
        }
    }
}
