package dev.filigree.benchmark.layer;

import dev.filigree.kernel.SparseKernels;
import dev.filigree.kernel.TiledMatrix;

/** A layer's activations and deltas in the tiles that the kernels read and write. */
record TiledOperands(TiledMatrix x, TiledMatrix y, TiledMatrix delta, TiledMatrix inputDelta)
        implements
            AutoCloseable {
    /** Input and delta of the operands, and room for output and input delta. */
    static TiledOperands of(LayerOperands operands, SparseKernels kernels) {
        int inputs = operands.topology().inputs();
        int outputs = operands.topology().outputs();
        return new TiledOperands(tiled(operands.x(), inputs, operands.batch, kernels),
                matrix(outputs, operands.batch, kernels), tiled(operands.delta(), outputs, operands.batch, kernels),
                matrix(inputs, operands.batch, kernels));
    }

    private static TiledMatrix tiled(float[] values, int neurons, int batch, SparseKernels kernels) {
        TiledMatrix matrix = matrix(neurons, batch, kernels);
        for (int neuron = 0; neuron < neurons; neuron++) {
            for (int sample = 0; sample < batch; sample++) {
                matrix.set(neuron, sample, values[neuron * batch + sample]);
            }
        }
        return matrix;
    }

    private static TiledMatrix matrix(int neurons, int batch, SparseKernels kernels) {
        return new TiledMatrix(neurons, batch, kernels.tileLanes(batch), "benchmark operand");
    }

    @Override
    public void close() {
        x.close();
        y.close();
        delta.close();
        inputDelta.close();
    }
}
