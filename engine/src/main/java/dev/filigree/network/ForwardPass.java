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
    private int firstLayer;
    private int endLayer;

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
        for (firstLayer = 0; firstLayer < mlp.depth(); firstLayer = endLayer) {
            endLayer = firstLayer + 1;
            Layer layer = mlp.layer(firstLayer);
            if (split.members() == 1 && !layer.hasDenseProducts()) {
                while (endLayer < mlp.depth() && !mlp.layer(endLayer).hasDenseProducts()) {
                    endLayer++;
                }
                pool.run(layersTask);
                continue;
            }
            if (layer.preparesInput()) {
                pool.run(prepareTask);
            }
            pool.run(productTask);
            if (layer.activationUnit().hasPass() || drops(firstLayer)) {
                pool.run(activationTask);
            }
        }
    }

    /** Whether the last pass dropped activations of a layer. */
    boolean drops(int layer) {
        return training && mlp.layer(layer).dropout().isActive();
    }

    /** Drops in a layer's matrix, its activations or their derivatives, what the last pass dropped. */
    void drop(int layer, TiledMatrix matrix, int tile, int from, int to) {
        mlp.layer(layer).dropout().apply(mlp.kernels(), matrix, tile, from, to,
                Dropout.layerKey(dropoutKey, layer));
    }

    private void prepare(int worker) {
        prepare(worker, firstLayer);
    }

    private void product(int worker) {
        product(worker, firstLayer);
    }

    private void activation(int worker) {
        activation(worker, firstLayer);
    }

    private void layers(int worker) {
        for (int l = firstLayer; l < endLayer; l++) {
            prepare(worker, l);
            product(worker, l);
            activation(worker, l);
        }
    }

    private void prepare(int worker, int l) {
        mlp.layer(l).prepareInput(worker, matrices.x(l));
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
        TiledMatrix z = matrices.z(l);
        int from = split.from(worker, layer.outputs());
        int to = split.to(worker, layer.outputs());
        for (int tile = split.fromTile(worker); tile < split.toTile(worker); tile++) {
            if (layer.activationUnit().hasPass()) {
                layer.activationUnit().apply(z == null ? y : z, y, tile, from, to);
            }
            if (drops(l)) {
                drop(l, y, tile, from, to);
            }
        }
    }
}
