package dev.filigree.cli.workloads;

/** What the samples of a workload look like. */
public enum DataShape {
    /** Fashion-MNIST, or synthetic samples of its shape where it is missing. */
    FASHION_MNIST(784, 60_000),
    /** Synthetic samples of the shape of CIFAR-10: colour images of 32 × 32 pixels. */
    CIFAR(3072, 50_000);

    /** Number of classes of all shapes. */
    static final int CLASSES = 10;

    /** Test samples of all shapes. */
    static final int TEST_SAMPLES = 10_000;

    private final int features;
    private final int trainingSamples;

    DataShape(int features, int trainingSamples) {
        this.features = features;
        this.trainingSamples = trainingSamples;
    }

    int features() {
        return features;
    }

    int trainingSamples() {
        return trainingSamples;
    }
}
