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
    private final DenseProducts products;
    private final FloatArray weights;
    private final Moments moments;

    DenseLayer(LayerSpec spec, int inputs, SparseKernels kernels, DenseBackend backend) {
        super(spec, inputs, kernels);
        this.products = new DenseProducts(inputs, outputs(), kernels, backend);
        this.weights = arrays.floats(connections(), "dense weights");
        this.moments = new Moments(arrays, connections(), "dense velocity");
        try {
            partition();
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    /** What computes the layer's products. */
    DenseBackend backend() {
        return products.backend();
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
        return moments.first().copy();
    }

    @Override
    public @Nullable FloatArray copySecondMoment() {
        FloatArray second = moments.second();
        return second == null ? null : second.copy();
    }

    @Override
    void setMoments(LearnedValues incoming) {
        moments.copyFrom(incoming);
    }

    @Override
    @Nullable
    LayerTopology copyStructure() {
        return null;
    }

    @Override
    FloatArray ownedWeights() {
        return weights;
    }

    @Override
    Moments weightMoments() {
        return moments;
    }

    @Override
    void refresh(int worker) {
        // The weights are where they are read.
    }

    @Override
    void keepSecondMoments(boolean kept) {
        super.keepSecondMoments(kept);
        moments.keepSecond(kept);
    }

    @Override
    public void setWeights(FloatArray incoming) {
        weights.copyFrom(incoming);
    }

    @Override
    public long bytes() {
        return super.bytes() + products.bytes();
    }

    @Override
    void partition() {
        products.partition(split().workers(), split().tiles(), tileLanes());
    }

    @Override
    public Products products() {
        return Products.DENSE;
    }

    @Override
    boolean preparesInput() {
        return true;
    }

    @Override
    void prepareInput(int worker, TiledMatrix x) {
        products.widenInput(worker, x);
    }

    @Override
    void prepareDelta(int worker, TiledMatrix delta) {
        products.widenDelta(worker, delta);
    }

    @Override
    void forward(int worker, TiledMatrix x, TiledMatrix y, @Nullable TiledMatrix z) {
        products.forward(worker, weights, bias(), x, y, z, activation().kernelSlope());
    }

    @Override
    @Nullable
    SweepPlan plan() {
        return null;
    }

    @Override
    int longest() {
        return 0;
    }

    @Override
    void sweep(int worker, int round, TiledMatrix x, @Nullable Upstream upstream, TiledMatrix delta,
            SweepMemory memory, UpdateStep step) {
        if (upstream != null) {
            products.inputDelta(worker, weights, upstream, delta);
        }
    }

    @Override
    void move(int worker, int round, SweepMemory memory, UpdateStep step) {
        throw new IllegalStateException("dense products are not computed in rounds");
    }

    @Override
    void updateWeights(int worker, TiledMatrix x, TiledMatrix delta, UpdateStep step) {
        products.update(worker, weights, moments, null, x, delta, step);
    }

    @Override
    public void close() {
        super.close();
        products.close();
    }
}
