package dev.filigree.cli.run;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.filigree.datasets.Dataset;
import dev.filigree.network.Activation;
import dev.filigree.network.Dropout;
import dev.filigree.network.Initializer;
import dev.filigree.network.LayerSpec;
import dev.filigree.topology.ErdosRenyiKernel;
import dev.filigree.topology.LayerTopology;
import dev.filigree.topology.NetworkTopology;
import dev.filigree.topology.Sparsity;
import dev.filigree.topology.model.TopologyModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What the network is to be. Sparse layers follow either {@code epsilon} or {@code density}; if both are null, all
 * layers are dense.
 *
 * @param hidden neurons of each hidden layer
 * @param epsilon Erdős–Rényi by epsilon, for every sparse layer
 * @param density share of the connections that exist: one for every sparse layer, or one for all
 * @param distribution how one density for all is spread over the sparse layers
 * @param topologyModel how the first connections of sparse layers are chosen
 * @param sparseOutput whether the output layer is sparse too
 * @param activation of the hidden layers; the output layer is linear
 * @param dropout after each hidden layer, in [0, 1)
 * @param init how weights are drawn
 * @param fanIn what counts as fan-in for that
 */
public record NetworkSettings(List<Integer> hidden, @Nullable Double epsilon, @Nullable List<Double> density,
        Distribution distribution, TopologyChoice topologyModel, boolean sparseOutput, ActivationChoice activation,
        double dropout, Init init, FanIn fanIn) {
    /** How a density is spread over layers. */
    public enum Distribution {
        /** Every layer has it. */
        UNIFORM,
        /** All layers together have it; see {@link ErdosRenyiKernel}. */
        ERK;

        @JsonValue
        @Override
        public String toString() {
            return KebabCase.of(this);
        }
    }

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

    /** Copies the lists. Older records have no distribution and no model. */
    public NetworkSettings {
        hidden = List.copyOf(hidden);
        density = density == null ? null : List.copyOf(density);
        distribution = Objects.requireNonNullElse(distribution, Distribution.UNIFORM);
        topologyModel = Objects.requireNonNullElse(topologyModel, TopologyChoice.ERDOS_RENYI);
    }

    /** As this, with the layers of a saved network: as wide, and sparse by as much. */
    public NetworkSettings like(NetworkTopology topology) {
        List<LayerTopology> hiddenLayers = topology.layers().subList(0, topology.depth() - 1);
        LayerTopology output = topology.layer(topology.depth() - 1);
        boolean sparse = output.density() < 1;
        List<Double> densities = topology.layers().subList(0, topology.depth() - (sparse ? 0 : 1)).stream()
                .map(LayerTopology::density).toList();
        boolean dense = densities.stream().allMatch(each -> each == 1);
        return new NetworkSettings(hiddenLayers.stream().map(LayerTopology::outputs).toList(), null,
                dense ? null : densities, Distribution.UNIFORM, topologyModel, sparse, activation, dropout, init,
                fanIn);
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
     * What draws the first connections of each sparse layer.
     *
     * @param training the samples that the network will learn from
     */
    public IntFunction<TopologyModel> models(Dataset training) {
        return topologyModel.models(training, hidden.size());
    }

    /**
     * The layers in the engine's terms, the output layer last.
     *
     * @param features number of inputs
     * @param classes number of outputs
     */
    public List<LayerSpec> layers(int features, int classes) {
        List<? extends Sparsity> sparsities = sparsities(features, classes);
        List<LayerSpec> specs = new ArrayList<>();
        for (int l = 0; l <= hidden.size(); l++) {
            Sparsity sparsity = l < sparsities.size() ? sparsities.get(l) : null;
            specs.add(l < hidden.size()
                    ? new LayerSpec(hidden.get(l), sparsity, activation.ofLayer(l), new Dropout(dropout))
                    : new LayerSpec(classes, sparsity, Activation.LINEAR, Dropout.NONE));
        }
        return specs;
    }

    /** Of the sparse layers. */
    private List<? extends Sparsity> sparsities(int features, int classes) {
        int layers = sparseLayers();
        if (epsilon != null) {
            return Collections.nCopies(layers, new Sparsity.Epsilon(epsilon));
        }
        List<Double> given = density == null ? List.of() : density;
        if (distribution == Distribution.ERK && !given.isEmpty()) {
            int[] widths = IntStream.concat(IntStream.of(features),
                    IntStream.concat(hidden.stream().mapToInt(Integer::intValue), IntStream.of(classes)))
                    .limit(layers + 1).toArray();
            return Arrays.stream(ErdosRenyiKernel.densities(widths, given.getFirst())).mapToObj(Sparsity.Density::new)
                    .toList();
        }
        return IntStream.range(0, layers).mapToObj(l -> new Sparsity.Density(given.get(given.size() == 1 ? 0 : l)))
                .toList();
    }
}
