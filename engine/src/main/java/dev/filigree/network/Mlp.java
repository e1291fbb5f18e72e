package dev.filigree.network;

import dev.filigree.kernel.SparseKernels;
import dev.filigree.memory.FloatArray;
import dev.filigree.parallel.ExclusiveUse;
import dev.filigree.random.RandomStreams;
import dev.filigree.random.RandomStreams.Purpose;
import dev.filigree.topology.ErdosRenyi;
import dev.filigree.topology.LayerTopology;
import dev.filigree.topology.NetworkTopology;
import dev.filigree.topology.Sparsity;
import dev.filigree.topology.model.TopologyModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * A multilayer perceptron of sparse and dense layers. Owns its layers' memory: close it when done.
 *
 * <p>One thread at a time may train, run, copy or close it; others are refused meanwhile with an
 * {@link IllegalStateException}. Its layers are not guarded so: use them on the thread that trains, or when none does.
 */
public final class Mlp implements AutoCloseable {
    private final List<Layer> layers;
    private final SparseKernels kernels;
    private final SweepMemory sweepMemory;
    private final ExclusiveUse use = new ExclusiveUse("the network");
    private long adamSteps;
    private @Nullable ForwardPass lastPass;

    private Mlp(List<Layer> layers, SparseKernels kernels) {
        this(layers, kernels, 0);
    }

    /** Takes ownership of the layers. */
    Mlp(List<Layer> layers, SparseKernels kernels, long adamSteps) {
        this.layers = List.copyOf(layers);
        this.kernels = kernels;
        this.sweepMemory = new SweepMemory(kernels);
        this.adamSteps = adamSteps;
    }

    /**
     * A network of Erdős–Rényi topology and random weights; biases start at 0.
     *
     * @param inputs number of features
     * @param specs the layers from the input side, the output layer last
     * @param initializer how weights are drawn
     * @param seed the same seed gives the same network
     * @param compute what its products run on
     */
    public static Mlp random(int inputs, List<LayerSpec> specs, Initializer initializer, long seed,
            Compute compute) {
        return random(inputs, specs, layer -> TopologyModel.ERDOS_RENYI, initializer, seed, compute);
    }

    /**
     * A network of random topology and weights; biases start at 0.
     *
     * @param inputs number of features
     * @param specs the layers from the input side, the output layer last
     * @param models draws the connections of each sparse layer, by its index
     * @param initializer how weights are drawn
     * @param seed the same seed gives the same network
     * @param compute what its products run on
     */
    public static Mlp random(int inputs, List<LayerSpec> specs, IntFunction<TopologyModel> models,
            Initializer initializer, long seed, Compute compute) {
        MemoryNeed.require(specs, l -> {
            LayerSpec spec = specs.get(l);
            int width = l == 0 ? inputs : specs.get(l - 1).neurons();
            return spec.sparsity() == null
                    ? (long) width * spec.neurons()
                    : spec.sparsity().connections(width, spec.neurons());
        });
        return drawn(build(inputs, specs, compute,
                (l, width, sparsity) -> models.apply(l).generate(width, specs.get(l).neurons(), sparsity,
                        RandomStreams.key(seed, Purpose.TOPOLOGY, l))),
                initializer, seed);
    }

    /**
     * A network of given connections and random weights; biases start at 0.
     *
     * @param specs as in {@link #of}
     * @param topology as in {@link #of}
     * @param initializer how weights are drawn
     * @param seed the same seed gives the same weights
     * @param compute what its products run on
     */
    public static Mlp initialized(List<LayerSpec> specs, NetworkTopology topology, Initializer initializer, long seed,
            Compute compute) {
        return drawn(of(specs, topology, compute), initializer, seed);
    }

    private static Mlp drawn(Mlp mlp, Initializer initializer, long seed) {
        try {
            for (int l = 0; l < mlp.depth(); l++) {
                Layer layer = mlp.layer(l);
                Initializer.Draw draw = initializer.draw(layer.inputs(), layer.outputs(), layer.connections());
                drawWeights(layer, draw, RandomStreams.of(seed, Purpose.WEIGHTS, l));
                layer.activationUnit().initialize(RandomStreams.of(seed, Purpose.ACTIVATION, l));
            }
        } catch (RuntimeException | Error e) {
            mlp.close();
            throw e;
        }
        return mlp;
    }

    private static void drawWeights(Layer layer, Initializer.Draw draw, SplittableRandom random) {
        try (FloatArray weights = FloatArray.allocate(layer.connections(), "initial weights")) {
            for (long k = 0; k < weights.length(); k++) {
                weights.set(k, draw.next(random));
            }
            layer.setWeights(weights);
        }
    }

    /**
     * A network of given connections; all weights, biases and learned parameters of activations are zero.
     *
     * @param specs the layers; the sparsity tells sparse from dense ones, its number is not used
     * @param topology the connections, copied; a dense layer's must be complete
     * @param compute what its products run on
     */
    public static Mlp of(List<LayerSpec> specs, NetworkTopology topology, Compute compute) {
        if (specs.size() != topology.depth()) {
            throw new IllegalArgumentException(
                    "%d layers are specified, but the topology has %d".formatted(specs.size(), topology.depth()));
        }
        for (int l = 0; l < specs.size(); l++) {
            LayerTopology layer = topology.layer(l);
            if (layer.outputs() != specs.get(l).neurons()) {
                throw new IllegalArgumentException("layer %d is specified with %d neurons, but the topology has %d"
                        .formatted(l, specs.get(l).neurons(), layer.outputs()));
            }
            if (specs.get(l).sparsity() == null && layer.connections() < (long) layer.inputs() * layer.outputs()) {
                throw new IllegalArgumentException("layer %d is dense, but its topology has only %,d of %,d connections"
                        .formatted(l, layer.connections(), (long) layer.inputs() * layer.outputs()));
            }
        }
        MemoryNeed.require(specs, l -> topology.layer(l).connections());
        return build(topology.layer(0).inputs(), specs, compute,
                (l, width, sparsity) -> topology.layer(l).copy());
    }

    /** Makes the connections of one sparse layer. */
    private interface Connections {
        LayerTopology of(int layer, int width, Sparsity sparsity);
    }

    private static Mlp build(int inputs, List<LayerSpec> specs, Compute compute, Connections connections) {
        if (inputs < 1 || specs.isEmpty()) {
            throw new IllegalArgumentException("a network needs at least one input and one layer");
        }
        if (specs.getLast().dropout().isActive()) {
            throw new IllegalArgumentException(
                    "the output layer has %s, but nothing follows it; leave its dropout at 0"
                            .formatted(specs.getLast().dropout()));
        }
        List<@Nullable LayerTopology> sparse = new ArrayList<>();
        List<Layer> layers = new ArrayList<>();
        try {
            boolean anySparseProducts = false;
            for (int l = 0; l < specs.size(); l++) {
                int width = l == 0 ? inputs : specs.get(l - 1).neurons();
                Sparsity sparsity = specs.get(l).sparsity();
                LayerTopology topology = sparsity == null ? null : connections.of(l, width, sparsity);
                sparse.add(topology);
                anySparseProducts |= topology != null && compute.preferred(topology, l == 0) != Products.DENSE;
            }
            for (int l = 0; l < specs.size(); l++) {
                int width = l == 0 ? inputs : specs.get(l - 1).neurons();
                LayerSpec spec = specs.get(l);
                LayerTopology topology = sparse.set(l, null);
                // Sparse kernels are faster than a matrix product of so few rows, and need no change of layout.
                if (topology == null && anySparseProducts && spec.neurons() <= CostModel.NARROW) {
                    topology = ErdosRenyi.complete(width, spec.neurons());
                }
                layers.add(topology == null
                        ? new DenseLayer(spec, width, compute.kernels(), compute.backend())
                        : SparseLayer.owning(topology, spec, l == 0, compute));
            }
        } catch (RuntimeException | Error e) {
            layers.forEach(Layer::close);
            for (LayerTopology topology : sparse) {
                if (topology != null) {
                    topology.close();
                }
            }
            throw e;
        }
        return new Mlp(layers, compute.kernels());
    }

    /** The layers from the input side. */
    public List<Layer> layers() {
        return layers;
    }

    /** Layer {@code index}, 0 at the input side. */
    public Layer layer(int index) {
        return layers.get(Objects.checkIndex(index, layers.size()));
    }

    /** Number of layers. */
    public int depth() {
        return layers.size();
    }

    /** What computes the sparse products. */
    public SparseKernels kernels() {
        return kernels;
    }

    /** Number of features. */
    public int inputs() {
        return layers.get(0).inputs();
    }

    /** Number of outputs of the last layer. */
    public int outputs() {
        return layers.get(layers.size() - 1).outputs();
    }

    /** Connections of all layers. */
    public long connections() {
        return layers.stream().mapToLong(Layer::connections).sum();
    }

    /** Off-heap bytes of all layers and of the working memory of their sweeps. */
    public long bytes() {
        return layers.stream().mapToLong(Layer::bytes).sum() + sweepMemory.bytes();
    }

    /** Who trains, runs, copies or closes the network. */
    public ExclusiveUse use() {
        return use;
    }

    /** A pass of a batch begins; of those before nothing can be learned any more. */
    void begin(ForwardPass pass) {
        lastPass = pass;
    }

    /** Whether a pass was the last. */
    boolean hasRun(ForwardPass pass) {
        return lastPass == pass;
    }

    /** What the layers use in turn while they learn. */
    SweepMemory sweepMemory() {
        return sweepMemory;
    }

    /**
     * Whether to keep the second moments that Adam needs, 4 bytes per parameter; when that changes, all moments start
     * at 0. {@link Propagation#learn} sees to it by itself.
     */
    public void keepSecondMoments(boolean kept) {
        use.begin();
        try {
            // Called once per step: an iterator would leave garbage every time.
            for (int l = 0; l < layers.size(); l++) {
                layers.get(l).keepSecondMoments(kept);
            }
            if (!kept) {
                adamSteps = 0;
            }
        } finally {
            use.end();
        }
    }

    /** As {@link #keepSecondMoments}, the gradients that a step clipped by norm needs. */
    void keepGradients(boolean kept) {
        for (int l = 0; l < layers.size(); l++) {
            layers.get(l).keepGradients(kept);
        }
    }

    /** The first layer with a parameter that is not finite since the last step; -1 if there is none. */
    int takeNonFiniteLayer() {
        int first = -1;
        for (int l = layers.size() - 1; l >= 0; l--) {
            first = layers.get(l).takeFinite() ? first : l;
        }
        return first;
    }

    /** Steps of Adam since its moments were 0. */
    public long adamSteps() {
        return adamSteps;
    }

    void countAdamStep() {
        adamSteps++;
    }

    /** A copy of the connections; the caller closes it. */
    public NetworkTopology copyTopology() {
        List<LayerTopology> copies = new ArrayList<>();
        use.begin();
        try {
            layers.forEach(layer -> copies.add(layer.copyTopology()));
            return new NetworkTopology(copies);
        } catch (RuntimeException | Error e) {
            copies.forEach(LayerTopology::close);
            throw e;
        } finally {
            use.end();
        }
    }

    /**
     * Samples per tile for a batch: the kernels' width where a layer's products are sparse; the whole batch, which
     * suits one large matrix product, where all are dense.
     */
    int tileLanes(int batch) {
        boolean sparse = layers.stream().anyMatch(layer -> !layer.hasDenseProducts());
        int lanes = kernels.tileLanes(batch);
        return sparse ? lanes : Math.ceilDiv(batch, lanes) * lanes;
    }

    @Override
    public void close() {
        use.close(() -> {
            layers.forEach(Layer::close);
            sweepMemory.close();
        });
    }
}
