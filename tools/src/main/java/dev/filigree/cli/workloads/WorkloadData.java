package dev.filigree.cli.workloads;

import dev.filigree.datasets.DataSource;
import dev.filigree.datasets.DataSplits;
import dev.filigree.datasets.Dataset;
import dev.filigree.datasets.DatasetCatalogue;
import dev.filigree.datasets.Standardizer;
import dev.filigree.datasets.SyntheticImages;
import dev.filigree.datasets.ValidationSplit;
import dev.filigree.training.Samples;
import java.io.IOException;

/**
 * Standardized training and test samples of a workload. Owns the data sets: close it when done.
 *
 * @param description where the samples come from, in a few words
 * @param trainingSet all that was loaded
 * @param testSet all that was loaded
 * @param limit largest number of samples to use of each
 */
record WorkloadData(String description, Dataset trainingSet, Dataset testSet, int limit) implements AutoCloseable {
    private static final String FASHION_MNIST = "fashion-mnist";
    private static final long SEED = 1;

    /**
     * Loads or makes the data.
     *
     * @param catalogue where Fashion-MNIST is looked for
     * @param limit largest number of training and of test samples to use
     */
    static WorkloadData load(DataShape shape, DatasetCatalogue catalogue, int limit) throws IOException {
        if (shape != DataShape.FASHION_MNIST) {
            return synthetic(shape, "synthetic", limit);
        }
        DataSource source = catalogue.locate(FASHION_MNIST, null);
        if (source.isBundledSample()) {
            return synthetic(shape, "synthetic (fashion-mnist is missing)", limit);
        }
        DataSplits splits = catalogue.load(FASHION_MNIST, null, ValidationSplit.none());
        return standardized(new WorkloadData(FASHION_MNIST, splits.training(), splits.test(), limit));
    }

    private static WorkloadData synthetic(DataShape shape, String description, int limit) throws IOException {
        SyntheticImages images = new SyntheticImages(shape.features(), DataShape.CLASSES, SEED);
        int training = Math.min(limit, shape.trainingSamples());
        Dataset trainingSet = images.generate("synthetic training", 0, training);
        boolean generated = false;
        try {
            Dataset testSet = images.generate("synthetic test", training, Math.min(limit, DataShape.TEST_SAMPLES));
            generated = true;
            return standardized(new WorkloadData(description, trainingSet, testSet, limit));
        } finally {
            if (!generated) {
                trainingSet.close();
            }
        }
    }

    private static WorkloadData standardized(WorkloadData data) throws IOException {
        boolean standardized = false;
        try {
            Standardizer standardizer = Standardizer.fit(data.trainingSet);
            standardizer.apply(data.trainingSet);
            standardizer.apply(data.testSet);
            standardized = true;
            return data;
        } finally {
            if (!standardized) {
                data.close();
            }
        }
    }

    /** What is learned from. */
    Samples training() {
        return samples(trainingSet);
    }

    /** What is evaluated on after every epoch. */
    Samples test() {
        return samples(testSet);
    }

    private Samples samples(Dataset data) {
        return new Samples(data.values(), data.labels(), Math.min(limit, data.samples()), data.features());
    }

    /** Off-heap bytes of everything loaded. */
    long bytes() {
        return trainingSet.values().bytes() + trainingSet.labels().bytes() + testSet.values().bytes()
                + testSet.labels().bytes();
    }

    @Override
    public void close() {
        trainingSet.close();
        testSet.close();
    }
}
