package dev.filigree.bench;

import dev.filigree.dense.DenseBackends;
import dev.filigree.kernel.SparseKernels;
import dev.filigree.memory.FloatArray;
import dev.filigree.network.Activation;
import dev.filigree.network.Compute;
import dev.filigree.network.Dropout;
import dev.filigree.network.Initializer;
import dev.filigree.network.LayerSpec;
import dev.filigree.network.Loss;
import dev.filigree.network.Mlp;
import dev.filigree.network.Propagation;
import dev.filigree.network.UpdateStep;
import dev.filigree.parallel.WorkerPool;
import dev.filigree.topology.Sparsity;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * A network around one layer, run as training runs it. The layer stands between one input and one output neuron, for
 * a network's first layer passes no delta on; what this frame costs is measured on a network without the layer.
 */
final class LayerNetwork implements AutoCloseable {
    /** What the products of a sparse layer run on. */
    enum Products {
        /** Always sparse: where dense ones are faster is what is measured. */
        SPARSE(1.0),
        /** What a user gets who does not choose. */
        AUTO(null);

        private final @Nullable Double denseAbove;

        Products(@Nullable Double denseAbove) {
            this.denseAbove = denseAbove;
        }
    }

    /** Too small to lead the weights anywhere in a few thousand steps. */
    private static final UpdateStep STEP = new UpdateStep.Sgd(1e-6f, 0.9f, false, 0, 0);

    private final Mlp mlp;
    private final Propagation propagation;
    private final int[] labels;
    private final Loss.Score score = new Loss.Score();

    private LayerNetwork(List<LayerSpec> specs, Products products, int batch, WorkerPool pool) {
        mlp = Mlp.random(1, specs, new Initializer(Initializer.Distribution.HE_UNIFORM, Initializer.Fan.TOPOLOGY), 1,
                new Compute(SparseKernels.best(), DenseBackends.best(), products.denseAbove));
        try {
            propagation = new Propagation(mlp, pool, Loss.MEAN_SQUARED_ERROR, batch);
        } catch (RuntimeException | Error e) {
            mlp.close();
            throw e;
        }
        labels = new int[batch];
        FloatArray input = propagation.input().values();
        SplittableRandom random = new SplittableRandom(1);
        for (int sample = 0; sample < batch; sample++) {
            input.set(propagation.input().index(0, sample), (float) random.nextDouble());
        }
    }

    /** Nanoseconds of the three passes. */
    record Nanos(double forward, double backward, double step) {
        Nanos minus(Nanos frame) {
            return new Nanos(forward - frame.forward, backward - frame.backward, step - frame.step);
        }
    }

    /**
     * With the layer.
     *
     * @param density share of the connections that exist; null for a dense layer
     */
    static LayerNetwork around(Shape shape, @Nullable Double density, Products products, int batch, WorkerPool pool) {
        Sparsity sparsity = density == null ? null : new Sparsity.Density(density);
        boolean dense = density == null;
        return new LayerNetwork(
                List.of(hidden(shape.inputs(), complete(dense)), hidden(shape.outputs(), sparsity), output(dense)),
                products, batch, pool);
    }

    /**
     * Without the layer. What the frame does follows its width, so one of the mean width stands for the two sides of
     * the layer.
     */
    static LayerNetwork frame(Shape shape, boolean dense, int batch, WorkerPool pool) {
        int width = (shape.inputs() + shape.outputs()) / 2;
        return new LayerNetwork(List.of(hidden(width, complete(dense)), output(dense)), Products.SPARSE, batch,
                pool);
    }

    private static LayerSpec hidden(int neurons, @Nullable Sparsity sparsity) {
        return new LayerSpec(neurons, sparsity, Activation.leakyRelu(0.1f), Dropout.NONE);
    }

    private static LayerSpec output(boolean dense) {
        return new LayerSpec(1, complete(dense), Activation.LINEAR, Dropout.NONE);
    }

    private static @Nullable Sparsity complete(boolean dense) {
        return dense ? null : new Sparsity.Density(1);
    }

    /** Existing connections of the layer. */
    long connections() {
        return mlp.layer(1).connections();
    }

    /** Whether the layer's products run on the dense backend. */
    boolean hasDenseProducts() {
        return mlp.layer(1).hasDenseProducts();
    }

    /** Runs one training step. */
    Nanos run() {
        long start = System.nanoTime();
        propagation.forward();
        long forward = System.nanoTime();
        propagation.learn(labels, labels.length, score, STEP);
        long end = System.nanoTime();
        return new Nanos(forward - start, end - forward, end - start);
    }

    @Override
    public void close() {
        propagation.close();
        mlp.close();
    }
}
