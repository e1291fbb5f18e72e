package dev.filigree.topology.model;

/** Which neurons of a side stand for each feature. */
final class FeatureCopies {
    private final int[][] neurons;

    /**
     * Gives every neuron a feature.
     *
     * @param features number of features
     * @param width number of neurons: with as many or more the features repeat, with fewer they are thinned out evenly
     */
    FeatureCopies(int features, int width) {
        neurons = new int[features][];
        int[] copies = new int[features];
        for (int neuron = 0; neuron < width; neuron++) {
            copies[feature(neuron, width)]++;
        }
        for (int f = 0; f < features; f++) {
            neurons[f] = new int[copies[f]];
        }
        for (int neuron = width - 1; neuron >= 0; neuron--) {
            int feature = feature(neuron, width);
            neurons[feature][--copies[feature]] = neuron;
        }
    }

    private int feature(int neuron, int width) {
        return width < neurons.length ? (int) ((long) neuron * neurons.length / width) : neuron % neurons.length;
    }

    /** The neurons that stand for a feature, ascending; read only. */
    int[] of(int feature) {
        return neurons[feature];
    }
}
