package dev.filigree.network;

import java.util.ArrayList;
import java.util.List;

/**
 * Everything in a network that training changes: with it, training goes on to the bit as if it had not stopped. Owns
 * its layers: closing it closes them.
 *
 * @param layers from the input side
 * @param adamSteps steps of Adam since its moments were 0
 */
public record NetworkState(List<LayerState> layers, long adamSteps) implements AutoCloseable {
    /**
     * Checks that the layers fit.
     *
     * @throws IllegalArgumentException if there is no layer, the shapes do not chain, or some layers have second moments
     *     and others have none
     */
    public NetworkState {
        layers = List.copyOf(layers);
        if (layers.isEmpty() || adamSteps < 0) {
            throw new IllegalArgumentException("%d layers after %d steps of Adam, expected 1 or more and 0 or more"
                    .formatted(layers.size(), adamSteps));
        }
        for (int l = 1; l < layers.size(); l++) {
            if (layers.get(l).inputs() != layers.get(l - 1).outputs()) {
                throw new IllegalArgumentException("layer %d has %d inputs, but layer %d has %d outputs".formatted(l,
                        layers.get(l).inputs(), l - 1, layers.get(l - 1).outputs()));
            }
            if (layers.get(l).hasSecondMoments() != layers.get(0).hasSecondMoments()) {
                throw new IllegalArgumentException("some layers have second moments and others have none");
            }
        }
    }

    /**
     * A copy of what a network is now. Takes as much off-heap memory as its connections, weights and moments.
     *
     * @param mlp is not to be trained meanwhile
     * @return the copy, owned by the caller
     */
    public static NetworkState of(Mlp mlp) {
        List<LayerState> copies = new ArrayList<>();
        mlp.use().begin();
        try {
            for (Layer layer : mlp.layers()) {
                copies.add(layer.copyState());
            }
            return new NetworkState(copies, mlp.adamSteps());
        } catch (RuntimeException | Error e) {
            copies.forEach(LayerState::close);
            throw e;
        } finally {
            mlp.use().end();
        }
    }

    /**
     * A network in this state.
     *
     * @param specs its layers, as when it was made; the sparsity tells sparse from dense ones, its number is not used
     * @param compute what its products run on
     * @return the network, with memory of its own, owned by the caller
     * @throws IllegalArgumentException if the layers are others
     */
    public Mlp restore(List<LayerSpec> specs, Compute compute) {
        if (specs.size() != layers.size()) {
            throw new IllegalArgumentException(
                    "%d layers are specified, but the state has %d".formatted(specs.size(), layers.size()));
        }
        List<Layer> restored = new ArrayList<>();
        try {
            for (int l = 0; l < layers.size(); l++) {
                restored.add(layer(l, specs.get(l), compute));
                restored.getLast().restore(layers.get(l));
            }
            return new Mlp(restored, compute.kernels(), adamSteps);
        } catch (RuntimeException | Error e) {
            restored.forEach(Layer::close);
            throw e;
        }
    }

    private Layer layer(int index, LayerSpec spec, Compute compute) {
        LayerState state = layers.get(index);
        if (spec.neurons() != state.outputs() || (state.topology() == null && spec.sparsity() != null)) {
            throw new IllegalArgumentException("layer %d is specified %s with %d neurons, but the state is %s with %d"
                    .formatted(index, spec.sparsity() == null ? "dense" : "sparse", spec.neurons(),
                            state.topology() == null ? "dense" : "sparse", state.outputs()));
        }
        return state.topology() == null
                ? new DenseLayer(spec, state.inputs(), compute.kernels(), compute.backend())
                : SparseLayer.owning(state.topology().copy(), spec, index == 0, compute);
    }

    @Override
    public void close() {
        layers.forEach(LayerState::close);
    }
}
