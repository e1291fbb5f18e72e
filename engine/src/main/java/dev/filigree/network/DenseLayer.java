package dev.filigree.network;

import dev.filigree.dense.DenseBackend;
import dev.filigree.kernel.SparseKernels;
import dev.filigree.kernel.TiledMatrix;
import dev.filigree.memory.FloatArray;
import dev.filigree.topology.ErdosRenyi;
import dev.filigree.topology.LayerTopology;
import org.jspecify.annotations.Nullable;

/** A fully connected layer: its weights are one matrix, row-major by output neuron, and its products dense. */
public final class DenseLayer extends Layer {
    /** Rows of a product that one call computes: fixed, so that the bits do not depend on the number of workers. */
    private static final int CHUNK = 256;

    private final DenseBackend backend;
    private final FloatArray weights;
    private final FloatArray velocity;
    private final FloatArray gradient;

    DenseLayer(LayerSpec spec, int inputs, SparseKernels kernels, DenseBackend backend) {
        super(spec, inputs, kernels);
        this.backend = backend;
        this.weights = arrays.floats(connections(), "dense weights");
        this.velocity = arrays.floats(connections(), "dense velocity");
        this.gradient = arrays.floats(connections(), "dense gradient");
    }

    @Override
    public long connections() {
        return (long) inputs() * outputs();
    }

    @Override
    public LayerTopology copyTopology() {
        return ErdosRenyi.complete(inputs(), outputs());
    }

    @Override
    public FloatArray copyWeights() {
        return weights.copy();
    }

    @Override
    public FloatArray copyVelocity() {
        return velocity.copy();
    }

    @Override
    public void setWeights(FloatArray incoming) {
        weights.copyFrom(incoming);
    }

    @Override
    public long bytes() {
        return super.bytes() + weights.bytes() + velocity.bytes() + gradient.bytes();
    }

    @Override
    void partition() {
        // Shares are computed where they are needed.
    }

    @Override
    void forward(int worker, TiledMatrix x, TiledMatrix y, @Nullable TiledMatrix z, int tiles) {
        int chunks = Math.ceilDiv(outputs(), CHUNK);
        int lanes = x.tileLanes();
        for (int unit = first(worker, tiles * chunks); unit < first(worker + 1, tiles * chunks); unit++) {
            int tile = unit / chunks;
            int from = unit % chunks * CHUNK;
            int to = Math.min(from + CHUNK, outputs());
            backend.gemm(false, false, to - from, lanes, inputs(), weights.address() + 4L * from * inputs(), inputs(),
                    x.tileAddress(tile), lanes, 0, y.tileAddress(tile) + 4L * from * lanes, lanes);
            kernels.biasActivation(y, z, bias(), tile, from, to, activation().kernelSlope());
        }
    }

    @Override
    void backward(int worker, TiledMatrix x, @Nullable Upstream upstream, TiledMatrix delta, int tiles,
            UpdateStep step) {
        if (upstream != null) {
            backpropagate(worker, upstream, delta, tiles);
        }
        gradient(worker, x, delta, tiles);
    }

    private void backpropagate(int worker, Upstream upstream, TiledMatrix delta, int tiles) {
        TiledMatrix inputDelta = upstream.delta();
        int chunks = Math.ceilDiv(inputs(), CHUNK);
        int lanes = delta.tileLanes();
        for (int unit = first(worker, tiles * chunks); unit < first(worker + 1, tiles * chunks); unit++) {
            int tile = unit / chunks;
            int from = unit % chunks * CHUNK;
            int to = Math.min(from + CHUNK, inputs());
            backend.gemm(true, false, to - from, lanes, outputs(), weights.address() + 4L * from, inputs(),
                    delta.tileAddress(tile), lanes, 0, inputDelta.tileAddress(tile) + 4L * from * lanes, lanes);
            kernels.gate(inputDelta, upstream.gate(), tile, from, to, upstream.slope());
        }
    }

    private void gradient(int worker, TiledMatrix x, TiledMatrix delta, int tiles) {
        int chunks = Math.ceilDiv(outputs(), CHUNK);
        int lanes = x.tileLanes();
        for (int chunk = first(worker, chunks); chunk < first(worker + 1, chunks); chunk++) {
            int from = chunk * CHUNK;
            int to = Math.min(from + CHUNK, outputs());
            for (int tile = 0; tile < tiles; tile++) {
                backend.gemm(false, true, to - from, inputs(), lanes, delta.tileAddress(tile) + 4L * from * lanes,
                        lanes, x.tileAddress(tile), lanes, tile == 0 ? 0 : 1,
                        gradient.address() + 4L * from * inputs(), inputs());
            }
        }
    }

    @Override
    void updateWeights(int worker, int workerCount, UpdateStep step) {
        kernels.momentum(weights, velocity, gradient, 0, share(connections(), worker, workerCount),
                share(connections(), worker + 1, workerCount), step.rate(), step.momentum(), step.l2(), step.decay(),
                step.nesterov());
    }

    private int first(int worker, int units) {
        return (int) ((long) units * worker / workers());
    }
}
