package dev.filigree.cli.run;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.filigree.network.Activation;
import dev.filigree.network.Dropout;
import dev.filigree.network.Initializer;
import dev.filigree.network.LayerSpec;
import dev.filigree.topology.Sparsity;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the network is to be. Sparse layers follow either {@code epsilon} or {@code density}; if both are null, all
 * layers are dense.
 *
 * @param hidden neurons of each hidden layer
 * @param epsilon Erdős–Rényi by epsilon, for every sparse layer
 * @param density share of the connections that exist: one for every sparse layer, or one for all
 * @param sparseOutput whether the output layer is sparse too
 * @param activation of the hidden layers; the output layer is linear
 * @param dropout after each hidden layer, in [0, 1)
 * @param init how weights are drawn
 * @param fanIn what counts as fan-in for that
 */
public record NetworkSettings(List<Integer> hidden, @Nullable Double epsilon, @Nullable List<Double> density,
        boolean sparseOutput, ActivationChoice activation, double dropout, Init init, FanIn fanIn) {
    /** How weights are drawn; see {@link Initializer.Distribution}. */
    public enum Init {
        /** Uniform, scaled by fan-in. */
        HE_UNIFORM(Initializer.Distribution.HE_UNIFORM),
        /** Uniform, scaled by fan-in and fan-out. */
        XAVIER(Initializer.Distribution.XAVIER),
        /** Normal, scaled by fan-in. */
        NORMAL(Initializer.Distribution.NORMAL);

        private final Initializer.Distribution distribution;

        Init(Initializer.Distribution distribution) {
            this.distribution = distribution;
        }

        @JsonValue
        @Override
        public String toString() {
            return KebabCase.of(this);
        }
    }

    /** What counts as fan-in; see {@link Initializer.Fan}. */
    public enum FanIn {
        /** As if the layer were dense. */
        DENSE(Initializer.Fan.DENSE),
        /** The connections that exist. */
        TOPOLOGY(Initializer.Fan.TOPOLOGY);

        private final Initializer.Fan fan;

        FanIn(Initializer.Fan fan) {
            this.fan = fan;
        }

        @JsonValue
        @Override
        public String toString() {
            return KebabCase.of(this);
        }
    }

    /** Copies the lists. */
    public NetworkSettings {
        hidden = List.copyOf(hidden);
        density = density == null ? null : List.copyOf(density);
    }

    /** Whether every layer is dense. */
    public boolean allDense() {
        return epsilon == null && density == null;
    }

    /** Number of layers whose connections are sparse. */
    public int sparseLayers() {
        return allDense() ? 0 : hidden.size() + (sparseOutput ? 1 : 0);
    }

    /** How weights are drawn, in the engine's terms. */
    public Initializer initializer() {
        return new Initializer(init.distribution, fanIn.fan);
    }

    /**
     * The layers in the engine's terms, the output layer last.
     *
     * @param classes number of outputs
     */
    public List<LayerSpec> layers(int classes) {
        List<LayerSpec> specs = new ArrayList<>();
        for (int l = 0; l < hidden.size(); l++) {
            specs.add(new LayerSpec(hidden.get(l), sparsity(l), activation.ofLayer(l), new Dropout(dropout)));
        }
        specs.add(new LayerSpec(classes, sparseOutput ? sparsity(hidden.size()) : null, Activation.LINEAR,
                Dropout.NONE));
        return specs;
    }

    private @Nullable Sparsity sparsity(int layer) {
        if (epsilon != null) {
            return new Sparsity.Epsilon(epsilon);
        }
        if (density != null) {
            return new Sparsity.Density(density.get(density.size() == 1 ? 0 : layer));
        }
        return null;
    }
}
