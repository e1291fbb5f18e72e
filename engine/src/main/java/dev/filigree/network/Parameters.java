package dev.filigree.network;

import dev.filigree.kernel.SparseKernels;
import dev.filigree.memory.FloatArray;

/**
 * All parameters of one kind of a layer, with their training state; a view that is valid until the layer is rewired.
 *
 * @param values the parameters
 * @param moments what the optimizer keeps of them
 */
record Parameters(FloatArray values, Moments moments) {
    /** Gradients that are summed up at a time: fixed, so that the sum does not depend on the number of workers. */
    private static final int BLOCK = 4096;

    /** Number of blocks. */
    int blocks() {
        return (int) Math.ceilDiv(values.length(), BLOCK);
    }

    /** The sum of the squares of the gradients that are kept of a block's parameters. */
    double squares(int block) {
        FloatArray gradients = moments.gradients();
        long k = (long) block * BLOCK;
        long end = Math.min(k + BLOCK, gradients.length());
        // Four sums side by side: each addition need not wait for the one before.
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        for (; k + 4 <= end; k += 4) {
            a += square(gradients.get(k));
            b += square(gradients.get(k + 1));
            c += square(gradients.get(k + 2));
            d += square(gradients.get(k + 3));
        }
        for (; k < end; k++) {
            a += square(gradients.get(k));
        }
        return a + b + (c + d);
    }

    private static double square(double value) {
        return value * value;
    }

    /** Moves a worker's share along its kept gradients, multiplied by a factor. */
    void move(SparseKernels kernels, int worker, int workers, float factor, UpdateStep step) {
        FloatArray gradients = moments.gradients();
        long from = Layer.share(values.length(), worker, workers);
        long to = Layer.share(values.length(), worker + 1, workers);
        if (factor != 1) {
            kernels.parameters().scale(gradients, from, to, factor);
        }
        moments.move(kernels, values, gradients, 0, from, to, step);
    }
}
