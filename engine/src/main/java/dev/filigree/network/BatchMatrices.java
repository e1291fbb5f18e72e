package dev.filigree.network;

import dev.filigree.kernel.TiledMatrix;
import dev.filigree.parallel.TileSplit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The activations and deltas of a batch, and how workers share it: what a forward pass fills, and a backward pass reads and
 * fills.
 */
final class BatchMatrices implements AutoCloseable {
    private final TileSplit split;
    private final List<TiledMatrix> activations = new ArrayList<>();
    private final List<@Nullable TiledMatrix> preActivations = new ArrayList<>();
    private final List<TiledMatrix> deltas = new ArrayList<>();
    private final List<@Nullable Upstream> upstreams = new ArrayList<>();

    /** Zeros, for up to {@code batch} samples, in tiles of the width that suits the network's layers as they are now. */
    BatchMatrices(Mlp mlp, int batch, int workers) {
        int lanes = mlp.tileLanes(batch);
        split = TileSplit.of(workers, Math.ceilDiv(batch, lanes));
        try {
            activations.add(new TiledMatrix(mlp.inputs(), batch, lanes, "input"));
            for (Layer layer : mlp.layers()) {
                activations.add(new TiledMatrix(layer.outputs(), batch, lanes, "activations"));
                preActivations.add(layer.activation().needsPreActivation()
                        ? new TiledMatrix(layer.outputs(), batch, lanes, "pre-activations")
                        : null);
                deltas.add(new TiledMatrix(layer.outputs(), batch, lanes, "deltas"));
            }
            upstreams.add(null);
            for (int l = 1; l < mlp.depth(); l++) {
                upstreams.add(new Upstream(delta(l - 1), gate(l - 1), mlp.layer(l - 1).activation().kernelSlope()));
            }
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    /** How workers share the tiles. */
    TileSplit split() {
        return split;
    }

    /** The features. */
    TiledMatrix input() {
        return activations.getFirst();
    }

    /** The last layer's outputs. */
    TiledMatrix output() {
        return activations.getLast();
    }

    /** What a layer reads. */
    TiledMatrix x(int layer) {
        return activations.get(layer);
    }

    /** What a layer computes. */
    TiledMatrix y(int layer) {
        return activations.get(layer + 1);
    }

    /** What a layer computes before its activation; null where the derivative can be told without. */
    @Nullable
    TiledMatrix z(int layer) {
        return preActivations.get(layer);
    }

    /** The derivative of the loss by a layer's pre-activations. */
    TiledMatrix delta(int layer) {
        return deltas.get(layer);
    }

    /** What a layer's backward sweep hands on; null for the first layer. */
    @Nullable
    Upstream upstream(int layer) {
        return upstreams.get(layer);
    }

    /** Whose sign tells the derivative of a layer's activation. */
    TiledMatrix gate(int layer) {
        TiledMatrix z = z(layer);
        return z == null ? y(layer) : z;
    }

    @Override
    public void close() {
        activations.forEach(TiledMatrix::close);
        for (TiledMatrix z : preActivations) {
            if (z != null) {
                z.close();
            }
        }
        deltas.forEach(TiledMatrix::close);
    }
}
