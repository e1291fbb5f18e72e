package dev.filigree.network;

import dev.filigree.memory.FloatArray;
import dev.filigree.topology.LayerTopology;
import java.util.Arrays;

/**
 * What a network computes, written a second time in the plainest way: double precision, dense matrices, one sample
 * after the other. Shares no arithmetic with the engine.
 */
final class ReferenceMlp {
    private static final double STEP = 1e-6;

    private final Activation[] activations;
    private final double[][][] weights;
    private final double[][] bias;
    private final double[][] learned;
    private final boolean[][][] exists;

    /** What each activation is multiplied with in training, {@code [layer][sample][neuron]}; all ones at first. */
    private final double[][][] dropout;

    private ReferenceMlp(Mlp mlp, int samples) {
        int depth = mlp.depth();
        activations = new Activation[depth];
        weights = new double[depth][][];
        bias = new double[depth][];
        learned = new double[depth][];
        exists = new boolean[depth][][];
        dropout = new double[depth][samples][];
        for (int l = 0; l < depth; l++) {
            Layer layer = mlp.layer(l);
            activations[l] = layer.activation();
            weights[l] = new double[layer.outputs()][layer.inputs()];
            exists[l] = new boolean[layer.outputs()][layer.inputs()];
            bias[l] = new double[layer.outputs()];
            FloatArray parameters = layer.activationParameters();
            learned[l] = new double[parameters == null ? 0 : (int) parameters.length()];
            for (int p = 0; p < learned[l].length; p++) {
                learned[l][p] = parameters == null ? 0 : parameters.get(p);
            }
            for (int s = 0; s < samples; s++) {
                dropout[l][s] = new double[layer.outputs()];
                Arrays.fill(dropout[l][s], 1);
            }
        }
    }

    /** The same numbers as the network holds now. */
    static ReferenceMlp of(Mlp mlp, int samples) {
        ReferenceMlp reference = new ReferenceMlp(mlp, samples);
        for (int l = 0; l < mlp.depth(); l++) {
            try (LayerTopology topology = mlp.layer(l).copyTopology();
                    FloatArray values = mlp.layer(l).copyWeights()) {
                for (int j = 0; j < topology.outputs(); j++) {
                    reference.bias[l][j] = mlp.layer(l).bias().get(j);
                    for (long k = topology.rowStart(j); k < topology.rowStart(j + 1); k++) {
                        reference.exists[l][j][topology.source(k)] = true;
                        reference.weights[l][j][topology.source(k)] = values.get(k);
                    }
                }
            }
        }
        return reference;
    }

    void drop(int layer, int sample, int neuron, double factor) {
        dropout[layer][sample][neuron] = factor;
    }

    /** Outputs of one sample. */
    double[] forward(double[] x, int sample) {
        double[] in = x;
        for (int l = 0; l < weights.length; l++) {
            double[] out = new double[weights[l].length];
            for (int j = 0; j < out.length; j++) {
                out[j] = activate(l, j, preActivation(l, j, in)) * dropout[l][sample][j];
            }
            in = out;
        }
        return in;
    }

    private double preActivation(int layer, int neuron, double[] in) {
        double z = bias[layer][neuron];
        for (int i = 0; i < in.length; i++) {
            z += weights[layer][neuron][i] * in[i];
        }
        return z;
    }

    private double activate(int layer, int neuron, double z) {
        return switch (activations[layer].kind()) {
            case TANH -> Math.tanh(z);
            case SIGMOID -> 1 / (1 + Math.exp(-z));
            case PIECEWISE_LINEAR -> z > 0 ? z : activations[layer].slope() * z;
            case SRELU -> {
                double left = leftThreshold(layer, neuron);
                double right = rightThreshold(layer, neuron);
                yield Math.clamp(z, left, right) + learned[layer][4 * neuron + 1] * Math.min(z - left, 0)
                        + learned[layer][4 * neuron + 3] * Math.max(z - right, 0);
            }
        };
    }

    private double leftThreshold(int layer, int neuron) {
        return learned[layer][4 * neuron];
    }

    private double rightThreshold(int layer, int neuron) {
        return leftThreshold(layer, neuron) + Math.abs(learned[layer][4 * neuron + 2]);
    }

    private double distanceToKink(int layer, int neuron, double z) {
        return activations[layer].kind() == Activation.Kind.SRELU
                ? Math.min(Math.abs(z - leftThreshold(layer, neuron)), Math.abs(z - rightThreshold(layer, neuron)))
                : Math.abs(z);
    }

    /** Smallest distance of a pre-activation from a kink. */
    double distanceToKinks(double[][] x) {
        double nearest = Double.POSITIVE_INFINITY;
        for (int s = 0; s < x.length; s++) {
            double[] in = x[s];
            for (int l = 0; l < weights.length; l++) {
                double[] out = new double[weights[l].length];
                for (int j = 0; j < out.length; j++) {
                    double z = preActivation(l, j, in);
                    nearest = Math.min(nearest, distanceToKink(l, j, z));
                    out[j] = activate(l, j, z) * dropout[l][s][j];
                }
                in = out;
            }
        }
        return nearest;
    }

    /** Mean loss of a batch. */
    double loss(Loss loss, double[][] x, int[] labels) {
        double sum = 0;
        for (int s = 0; s < x.length; s++) {
            double[] y = forward(x[s], s);
            double total = 0;
            for (int c = 0; c < y.length; c++) {
                double difference = y[c] - (c == labels[s] ? 1 : 0);
                total += loss == Loss.SOFTMAX_CROSS_ENTROPY
                        ? Math.exp(y[c])
                        : difference * difference / y.length;
            }
            sum += loss == Loss.SOFTMAX_CROSS_ENTROPY ? Math.log(total) - y[labels[s]] : total;
        }
        return sum / x.length;
    }

    /**
     * Central differences of the loss by a layer's existing weights, in incoming order; of large layers by an even
     * sample of about forty, NaN in between.
     */
    double[] weightGradient(int layer, Loss loss, double[][] x, int[] labels) {
        int connections = 0;
        for (boolean[] row : exists[layer]) {
            for (boolean there : row) {
                connections += there ? 1 : 0;
            }
        }
        double[] result = new double[connections];
        int step = 1 + connections / 40;
        int k = 0;
        for (int j = 0; j < weights[layer].length; j++) {
            for (int i = 0; i < weights[layer][j].length; i++) {
                if (exists[layer][j][i]) {
                    result[k] = k % step == 0 ? slope(weights[layer][j], i, loss, x, labels) : Double.NaN;
                    k++;
                }
            }
        }
        return result;
    }

    /** Central differences of the loss by the weights of all places of a layer, {@code [output][input]}. */
    double[][] denseGradient(int layer, Loss loss, double[][] x, int[] labels) {
        double[][] result = new double[weights[layer].length][weights[layer][0].length];
        for (int j = 0; j < result.length; j++) {
            for (int i = 0; i < result[j].length; i++) {
                result[j][i] = slope(weights[layer][j], i, loss, x, labels);
            }
        }
        return result;
    }

    /** Central differences of the loss by a layer's biases. */
    double[] biasGradient(int layer, Loss loss, double[][] x, int[] labels) {
        double[] result = new double[bias[layer].length];
        for (int j = 0; j < result.length; j++) {
            result[j] = slope(bias[layer], j, loss, x, labels);
        }
        return result;
    }

    /** Central differences of the loss by what a layer's activation has learned. */
    double[] activationGradient(int layer, Loss loss, double[][] x, int[] labels) {
        double[] result = new double[learned[layer].length];
        for (int p = 0; p < result.length; p++) {
            result[p] = slope(learned[layer], p, loss, x, labels);
        }
        return result;
    }

    private double slope(double[] parameters, int index, Loss loss, double[][] x, int[] labels) {
        double kept = parameters[index];
        parameters[index] = kept + STEP;
        double above = loss(loss, x, labels);
        parameters[index] = kept - STEP;
        double below = loss(loss, x, labels);
        parameters[index] = kept;
        return (above - below) / (2 * STEP);
    }
}
