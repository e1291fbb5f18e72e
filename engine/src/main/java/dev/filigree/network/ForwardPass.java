package dev.filigree.network;

import dev.filigree.kernel.TiledMatrix;
import dev.filigree.parallel.TileSplit;
import dev.filigree.parallel.WorkerPool;

/**
 * Computes the outputs of batches, layer by layer.
 *
 * <p>A worker that shares its tiles with no other one needs nothing that others compute, so it takes them through all layers
 * without waiting, but for those whose products are dense and take the batch as a whole.
 */
final class ForwardPass {
    private final Mlp mlp;
    private final WorkerPool pool;
    private final BatchMatrices matrices;
    private final TileSplit split;
    private final WorkerPool.Task prepareTask = this::prepare;
    private final WorkerPool.Task productTask = this::product;
    private final WorkerPool.Task activationTask = this::activation;
    private final WorkerPool.Task layersTask = this::layers;

    // The layers that the running task is to compute.
    private int from;
    private int to;

    private boolean training;
    private long dropoutKey;

    ForwardPass(Mlp mlp, WorkerPool pool, BatchMatrices matrices) {
        this.mlp = mlp;
        this.pool = pool;
        this.matrices = matrices;
        this.split = matrices.split();
    }

    /**
     * Computes all layers.
     *
     * @param withDropout whether activations are dropped
     * @param key of the dropout masks
     */
    void run(boolean withDropout, long key) {
        training = withDropout;
        dropoutKey = key;
        for (from = 0; from < mlp.depth(); from = to) {
            to = from + 1;
            Layer layer = mlp.layer(from);
            if (split.members() == 1 && !layer.hasDenseProducts()) {
                while (to < mlp.depth() && !mlp.layer(to).hasDenseProducts()) {
                    to++;
                }
                pool.run(layersTask);
                continue;
            }
            if (layer.preparesInput()) {
                pool.run(prepareTask);
            }
            pool.run(productTask);
            if (layer.activationUnit().hasPass() || drops(layer)) {
                pool.run(activationTask);
            }
        }
    }

    /** Whether the last pass dropped activations of a layer. */
    boolean drops(Layer layer) {
        return training && layer.dropout().isActive();
    }

    /** Drops in a layer's matrix, its activations or their derivatives, what the last pass dropped. */
    void drop(int layer, TiledMatrix matrix, int tile, int fromNeuron, int toNeuron) {
        mlp.layer(layer).dropout().apply(mlp.kernels(), matrix, tile, fromNeuron, toNeuron,
                Dropout.layerKey(dropoutKey, layer));
    }

    private void prepare(int worker) {
        mlp.layer(from).prepareInput(worker, matrices.x(from));
    }

    private void product(int worker) {
        product(worker, from);
    }

    private void activation(int worker) {
        activation(worker, from);
    }

    private void layers(int worker) {
        for (int l = from; l < to; l++) {
            if (mlp.layer(l).preparesInput()) {
                mlp.layer(l).prepareInput(worker, matrices.x(l));
            }
            product(worker, l);
            activation(worker, l);
        }
    }

    private void product(int worker, int l) {
        Layer layer = mlp.layer(l);
        TiledMatrix z = matrices.z(l);
        if (z != null && layer.activationUnit().hasPass()) {
            layer.forward(worker, matrices.x(l), z, null);
        } else {
            layer.forward(worker, matrices.x(l), matrices.y(l), z);
        }
    }

    private void activation(int worker, int l) {
        Layer layer = mlp.layer(l);
        TiledMatrix y = matrices.y(l);
        int fromNeuron = split.from(worker, layer.outputs());
        int toNeuron = split.to(worker, layer.outputs());
        for (int tile = split.fromTile(worker); tile < split.toTile(worker); tile++) {
            if (layer.activationUnit().hasPass()) {
                layer.activationUnit().apply(matrices.gate(l), y, tile, fromNeuron, toNeuron);
            }
            if (drops(layer)) {
                drop(l, y, tile, fromNeuron, toNeuron);
            }
        }
    }
}
