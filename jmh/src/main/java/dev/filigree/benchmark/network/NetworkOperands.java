package dev.filigree.benchmark.network;

import dev.filigree.memory.FloatArray;
import dev.filigree.memory.IntArray;
import dev.filigree.network.Activation;
import dev.filigree.network.Compute;
import dev.filigree.network.Dropout;
import dev.filigree.network.Initializer;
import dev.filigree.network.Layer;
import dev.filigree.network.LayerSpec;
import dev.filigree.network.Mlp;
import dev.filigree.topology.LayerTopology;
import dev.filigree.topology.Sparsity;
import dev.filigree.training.Samples;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The samples a network is trained or evaluated on, and the sparse network with which all contenders start. */
@State(Scope.Benchmark)
@SuppressWarnings("NullAway.Init") // JMH calls the set-up before anything else
public class NetworkOperands {
    /** Neurons of every layer from the input side; the output layer has all its connections. */
    @Param("784-1000-1000-1000-10")
    public String layers;

    /** Erdős–Rényi parameter of the sparse layers. */
    @Param("20")
    public double epsilon;

    /** Samples of the data set. */
    @Param("10000")
    public int samples;

    /** Samples per step. */
    @Param("128")
    public int batch;

    /** Threads that share each call. */
    @Param("1")
    public int threads;

    private Samples data;
    private IntArray order;

    /** Draws the samples. */
    @Setup(Level.Trial)
    public void draw() {
        int[] neurons = neurons();
        data = RandomSamples.draw(samples, neurons[0], neurons[neurons.length - 1]);
        order = RandomSamples.order(samples);
    }

    /** Frees them. */
    @TearDown(Level.Trial)
    public void close() {
        data.features().close();
        data.labels().close();
        order.close();
    }

    Samples data() {
        return data;
    }

    IntArray order() {
        return order;
    }

    /** The sparse network; the same parameters give the same one. */
    Mlp sparse() {
        return network(new Sparsity.Epsilon(epsilon));
    }

    /** The network with all connections, which computes what the sparse one does until it has learned something. */
    Mlp dense() {
        Mlp dense = network(null);
        try (Mlp sparse = sparse()) {
            for (int l = 0; l < dense.depth(); l++) {
                copy(sparse.layer(l), dense.layer(l));
            }
        }
        return dense;
    }

    private Mlp network(@Nullable Sparsity sparsity) {
        int[] neurons = neurons();
        int last = neurons.length - 1;
        List<LayerSpec> specs = IntStream.rangeClosed(1, last)
                .mapToObj(l -> new LayerSpec(neurons[l], l < last ? sparsity : null,
                        l < last ? Activation.leakyRelu(0.1f) : Activation.LINEAR, Dropout.NONE))
                .toList();
        return Mlp.random(neurons[0], specs,
                new Initializer(Initializer.Distribution.HE_UNIFORM, Initializer.Fan.TOPOLOGY), 1,
                Compute.best());
    }

    private static void copy(Layer from, Layer to) {
        try (LayerTopology topology = from.copyTopology();
                FloatArray weights = from.copyWeights();
                FloatArray all = FloatArray.allocate(to.connections(), "dense copy")) {
            for (int j = 0; j < topology.outputs(); j++) {
                for (long k = topology.rowStart(j); k < topology.rowStart(j + 1); k++) {
                    all.set((long) j * topology.inputs() + topology.source(k), weights.get(k));
                }
            }
            to.setWeights(all);
        }
    }

    private int[] neurons() {
        if (!layers.matches("[1-9]\\d{0,8}(-[1-9]\\d{0,8})+")) {
            throw new IllegalArgumentException(
                    "layers is '%s', expected the neurons of two or more, such as 784-1000-10".formatted(layers));
        }
        return Arrays.stream(layers.split("-")).mapToInt(Integer::parseInt).toArray();
    }
}
