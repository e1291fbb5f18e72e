package dev.filigree.topology.metrics.spectrum;

import dev.filigree.topology.LayerTopology;
import java.util.Arrays;

/** The biadjacency matrix A of a layer, 1 where there is a connection, times its transpose: of the smaller side. */
final class Biadjacency {
    private final LayerTopology layer;
    private final boolean toOutputs;
    private final double[] otherSide;

    Biadjacency(LayerTopology layer) {
        this.layer = layer;
        this.toOutputs = layer.outputs() <= layer.inputs();
        this.otherSide = new double[Math.max(layer.inputs(), layer.outputs())];
    }

    /** Rows and columns. */
    int size() {
        return Math.min(layer.inputs(), layer.outputs());
    }

    /** Writes the product with a vector into another one. */
    void multiply(double[] vector, double[] product) {
        if (toOutputs) {
            spread(vector, otherSide);
            gather(otherSide, product);
        } else {
            gather(vector, otherSide);
            spread(otherSide, product);
        }
    }

    /** From inputs to outputs. */
    private void gather(double[] inputs, double[] outputs) {
        for (int output = 0; output < layer.outputs(); output++) {
            double sum = 0;
            for (long k = layer.rowStart(output), end = layer.rowStart(output + 1); k < end; k++) {
                sum += inputs[layer.source(k)];
            }
            outputs[output] = sum;
        }
    }

    /** From outputs to inputs. */
    private void spread(double[] outputs, double[] inputs) {
        Arrays.fill(inputs, 0);
        for (int output = 0; output < layer.outputs(); output++) {
            for (long k = layer.rowStart(output), end = layer.rowStart(output + 1); k < end; k++) {
                inputs[layer.source(k)] += outputs[output];
            }
        }
    }
}
