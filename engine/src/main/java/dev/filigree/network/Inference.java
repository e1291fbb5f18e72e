package dev.filigree.network;

import dev.filigree.dense.DenseBackend;
import dev.filigree.kernel.SampleProduct;
import dev.filigree.memory.ArrayGroup;
import dev.filigree.memory.FloatArray;
import dev.filigree.parallel.ExclusiveUse;
import dev.filigree.topology.LayerTopology;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs one sample at a time through a network, on the calling thread and without allocating: for latency, where
 * {@link Propagation} is for throughput. Its outputs are the same but for rounding.
 *
 * <p>Holds a copy of the network as it was, which may go on training meanwhile. One thread at a time may use it; others
 * are refused with an {@link IllegalStateException}.
 */
public final class Inference implements AutoCloseable {
    /** A layer's copy; dense if it has a backend, else sparse. */
    private record Stage(ActivationUnit activation, @Nullable LayerTopology topology, @Nullable DenseBackend backend,
            FloatArray weights, FloatArray bias, FloatArray y) {
        void run(FloatArray x) {
            if (topology != null) {
                SampleProduct.sparse(topology, weights, bias, x, y);
            } else if (backend != null) {
                y.copyFrom(bias);
                backend.gemm(false, false, (int) y.length(), 1, (int) x.length(), weights.address(), (int) x.length(),
                        x.address(), 1, 1, y.address(), 1);
            }
            activation.apply(y);
        }
    }

    private final ArrayGroup arrays = new ArrayGroup();
    private final List<LayerTopology> topologies = new ArrayList<>();
    private final Stage[] stages;
    private final FloatArray input;
    private final ExclusiveUse use = new ExclusiveUse("the inference");

    /**
     * Copies a network.
     *
     * @param mlp stays the caller's; not needed afterwards
     */
    public Inference(Mlp mlp) {
        stages = new Stage[mlp.depth()];
        mlp.use().begin();
        try {
            input = arrays.floats(mlp.inputs(), "inference input");
            for (int l = 0; l < stages.length; l++) {
                stages[l] = stage(mlp.layer(l));
            }
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        } finally {
            mlp.use().end();
        }
    }

    private Stage stage(Layer layer) {
        LayerTopology topology = null;
        DenseBackend backend = null;
        switch (layer) {
            case SparseLayer sparse -> {
                topology = sparse.copyTopology();
                topologies.add(topology);
            }
            case DenseLayer dense -> backend = dense.backend();
        }
        FloatArray bias = arrays.floats(layer.outputs(), "inference bias");
        bias.copyFrom(layer.bias());
        return new Stage(layer.activationUnit().copy(arrays), topology, backend, arrays.add(layer::copyWeights), bias,
                arrays.floats(layer.outputs(), "inference activations"));
    }

    /**
     * Computes the outputs of one sample.
     *
     * @param features one per input
     * @param outputs one per output; overwritten
     */
    public void run(float[] features, float[] outputs) {
        use.begin();
        try {
            compute(features, outputs);
        } finally {
            use.end();
        }
    }

    private void compute(float[] features, float[] outputs) {
        FloatArray x = input;
        FloatArray last = stages[stages.length - 1].y();
        if (features.length != x.length() || outputs.length != last.length()) {
            throw new IllegalArgumentException("%d features and room for %d outputs, but the network has %d and %d"
                    .formatted(features.length, outputs.length, x.length(), last.length()));
        }
        for (int i = 0; i < features.length; i++) {
            x.set(i, features[i]);
        }
        for (Stage stage : stages) {
            stage.run(x);
            x = stage.y();
        }
        for (int i = 0; i < outputs.length; i++) {
            outputs[i] = last.get(i);
        }
    }

    @Override
    public void close() {
        use.close(() -> {
            topologies.forEach(LayerTopology::close);
            arrays.close();
        });
    }
}
